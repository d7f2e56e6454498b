package scenario

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"quarterdeck/sandbox/internal/kube"
)

// Stage is a cluster on which scenarios are played. Each has a namespace of its own, named after it.
type Stage struct {
	Library    Library
	Kubeconfig string
}

const (
	expectTries    = 12
	expectInterval = 5 * time.Second
)

// wholeCluster are the kubectl verbs that take no namespace: manifests name their own.
var wholeCluster = []string{"apply", "cordon", "uncordon"}

// Load applies the scenario, carries out its steps and, unless told not to, waits until its symptom is visible.
func (s Stage) Load(ctx context.Context, one Scenario, wait bool) error {
	return s.inFolder(one, func(kubectl kube.Kubectl) error {
		if err := run(ctx, kubectl, one.ID, "apply -f manifest.yaml"); err != nil {
			return err
		}
		for _, step := range one.Steps {
			if err := sleep(ctx, time.Duration(step.AfterSeconds)*time.Second); err != nil {
				return err
			}
			if err := run(ctx, kubectl, one.ID, step.Kubectl); err != nil {
				return err
			}
		}
		if !wait {
			return nil
		}
		return sleep(ctx, time.Duration(one.WaitSeconds)*time.Second)
	})
}

// Fix applies the reference fix and verifies it.
func (s Stage) Fix(ctx context.Context, one Scenario) error {
	if len(one.ReferenceFix) == 0 {
		return errors.New("it has no reference fix: mending it takes more than commands, or nothing is broken")
	}
	err := s.inFolder(one, func(kubectl kube.Kubectl) error {
		for _, command := range one.ReferenceFix {
			if err := run(ctx, kubectl, one.ID, command); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.Verify(ctx, one)
}

// Verify checks that the fault is gone.
func (s Stage) Verify(ctx context.Context, one Scenario) error {
	if len(one.Verify) == 0 {
		return errors.New("it has no verify checks")
	}
	return s.inFolder(one, func(kubectl kube.Kubectl) error {
		for _, check := range one.Verify {
			if err := verify(ctx, kubectl, one.ID, check); err != nil {
				return fmt.Errorf("not recovered: %w", err)
			}
		}
		return nil
	})
}

// verify tries once, or for a minute where the output has to become something.
func verify(ctx context.Context, kubectl kube.Kubectl, namespace string, check Check) error {
	arguments, err := arguments(namespace, check.Kubectl)
	if err != nil {
		return err
	}
	if check.Expect == "" {
		_, err := kubectl.Run(ctx, nil, arguments...)
		return err
	}
	expected, err := regexp.Compile(check.Expect)
	if err != nil {
		return err
	}
	for try := range expectTries {
		var output string
		if output, err = kubectl.Run(ctx, nil, arguments...); err == nil {
			if expected.MatchString(strings.TrimSpace(output)) {
				return nil
			}
			err = fmt.Errorf("kubectl %s prints %q, which %q does not match", check.Kubectl, strings.TrimSpace(output), check.Expect)
		}
		if try == expectTries-1 {
			break
		}
		if waited := sleep(ctx, expectInterval); waited != nil {
			return errors.Join(err, waited)
		}
	}
	return err
}

// slots limits the short commands that run at once: each kubectl is a process of its own, and the machine also has a cluster to run.
// Verify does not count, since its commands mostly wait.
var slots = make(chan struct{}, 4)

func run(ctx context.Context, kubectl kube.Kubectl, namespace, command string) error {
	slots <- struct{}{}
	defer func() { <-slots }()
	arguments, err := arguments(namespace, command)
	if err != nil {
		return err
	}
	_, err = kubectl.Run(ctx, nil, arguments...)
	return err
}

func arguments(namespace, command string) ([]string, error) {
	words, err := Words(command)
	if err != nil {
		return nil, err
	}
	if len(words) == 0 {
		return nil, errors.New("an empty kubectl command")
	}
	if slices.Contains(wholeCluster, words[0]) {
		return words, nil
	}
	return append([]string{"--namespace=" + namespace}, words...), nil
}

// inFolder lays the scenario's files out in a folder, since its commands name them.
func (s Stage) inFolder(one Scenario, use func(kube.Kubectl) error) error {
	dir, err := os.MkdirTemp("", "qd-scenario-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a folder in /tmp
	folder, err := fs.Sub(s.Library.files, one.ID)
	if err != nil {
		return err
	}
	files, err := fs.Glob(folder, "*.yaml")
	if err != nil {
		return err
	}
	for _, file := range files {
		content, err := fs.ReadFile(folder, file)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, file), content, 0o600); err != nil {
			return err
		}
	}
	return use(kube.Kubectl{Kubeconfig: s.Kubeconfig, Dir: dir})
}

func sleep(ctx context.Context, duration time.Duration) error {
	select {
	case <-time.After(duration):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Package addons builds the programs that a cluster needs besides Kubernetes' own, and deploys those that run in pods.
package addons

import (
	_ "embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"quarterdeck/sandbox/internal/problem"
	"quarterdeck/sandbox/internal/state"
)

// Program is a Go program that is built once into the cache.
type Program struct {
	Name    string
	Package string
	Version string
}

// The programs, each in the newest release that was tried with this Kubernetes.
var (
	CoreDNS       = Program{Name: "coredns", Package: "github.com/coredns/coredns", Version: "v1.15.0"}
	MetricsServer = Program{Name: "metrics-server", Package: "sigs.k8s.io/metrics-server/cmd/metrics-server", Version: "v0.9.0"}
	Kwok          = Program{Name: "kwok", Package: "sigs.k8s.io/kwok/cmd/kwok", Version: "v0.8.0"}
)

//go:embed pause/main.go.txt
var pauseSource []byte

func binaryDir() string { return filepath.Join(state.Cache(), "bin") }

// Path is where the cache keeps the program.
func (p Program) Path() string { return filepath.Join(binaryDir(), p.Name+"-"+p.Version) }

// Cached tells whether it has been built.
func (p Program) Cached() bool {
	_, err := os.Stat(p.Path())
	return err == nil
}

// Ensure builds the program unless the cache has it.
func (p Program) Ensure(tell func(string)) (string, error) {
	if p.Cached() {
		return p.Path(), nil
	}
	tell(fmt.Sprintf("building %s %s (once; a minute or two)", p.Name, p.Version))
	return p.Path(), build(p.Name, p.Path(), func(scratch string) *exec.Cmd {
		command := goCommand("install", "-ldflags=-s -w", p.Package+"@"+p.Version)
		command.Dir = scratch
		command.Env = append(command.Env, "GOBIN="+scratch, "GOFLAGS=-mod=mod")
		return command
	})
}

// EnsurePause builds the tiny program that every pod's sandbox runs.
func EnsurePause() (string, error) {
	target := filepath.Join(binaryDir(), "pause-1")
	if _, err := os.Stat(target); err == nil {
		return target, nil
	}
	return target, build("pause", target, func(scratch string) *exec.Cmd {
		command := goCommand("build", "-trimpath", "-ldflags=-s -w", "-o", filepath.Join(scratch, "pause"), filepath.Join(scratch, "main.go"))
		command.Dir = scratch
		// A file on the command line needs no module, and a GOFLAGS meant for modules would only disturb.
		command.Env = append(command.Env, "GO111MODULE=off", "GOFLAGS=")
		return command
	})
}

// build runs the command in a scratch folder of the cache and moves the result into place in one step.
func build(name, target string, prepare func(scratch string) *exec.Cmd) error {
	if err := os.MkdirAll(binaryDir(), 0o755); err != nil {
		return err
	}
	scratch, err := os.MkdirTemp(binaryDir(), "building-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch) //nolint:errcheck // the next build uses another folder
	if err := os.WriteFile(filepath.Join(scratch, "main.go"), pauseSource, 0o644); err != nil {
		return err
	}
	output, err := prepare(scratch).CombinedOutput()
	if err != nil {
		return problem.New(name + " can't be built").Because(lastLines(string(output)) + " (" + err.Error() + ")").
			Try("check that the Go module proxy can be reached (`go env GOPROXY`), or start without addons: `qd-sandbox up --no-addons`")
	}
	return os.Rename(filepath.Join(scratch, name), target)
}

func goCommand(args ...string) *exec.Cmd {
	command := exec.Command("go", args...)
	command.Env = append(os.Environ(), "CGO_ENABLED=0")
	return command
}

func lastLines(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(lines[max(0, len(lines)-3):], "; ")
}

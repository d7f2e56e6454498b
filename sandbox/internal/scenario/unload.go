package scenario

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/client-go/kubernetes"

	"quarterdeck/sandbox/internal/kube"
)

const namespacePatience = 2 * time.Minute

// Unload removes all that the scenario made, and waits until its namespace is gone.
func (s Stage) Unload(ctx context.Context, one Scenario, wait bool) error {
	err := s.inFolder(one, func(kubectl kube.Kubectl) error {
		for _, command := range one.Cleanup {
			// It undoes what the fault may or may not have left (a finalizer, say), so it is allowed to find nothing.
			_ = run(ctx, kubectl, one.ID, command)
		}
		failures := run(ctx, kubectl, one.ID, "delete namespace "+one.ID+" --ignore-not-found --wait=false")
		outside, err := s.clusterScoped(one)
		failures = errors.Join(failures, err)
		for _, object := range outside {
			_, err := kubectl.Run(ctx, nil, "delete", object.kind, object.name, "--ignore-not-found", "--wait=false")
			failures = errors.Join(failures, err)
		}
		return failures
	})
	if err != nil || !wait {
		return err
	}
	client, err := kube.Client(s.Kubeconfig)
	if err != nil {
		return err
	}
	return awaitGone(ctx, client, one.ID)
}

type object struct{ kind, name string }

// clusterScoped lists the scenario's objects that do not go with its namespace.
func (s Stage) clusterScoped(one Scenario) ([]object, error) {
	files, err := fs.Glob(s.Library.files, one.ID+"/*.yaml")
	if err != nil {
		return nil, err
	}
	var found []object
	for _, file := range files {
		content, err := fs.ReadFile(s.Library.files, file)
		if err != nil {
			return nil, err
		}
		decoder := yaml.NewYAMLOrJSONDecoder(bytes.NewReader(content), 4096)
		for {
			var head metav1.PartialObjectMetadata
			err := decoder.Decode(&head)
			if err == io.EOF {
				break
			}
			if err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
			if head.Kind != "" && head.Kind != "Namespace" && head.Namespace == "" {
				found = append(found, object{strings.ToLower(head.Kind), head.Name})
			}
		}
	}
	return found, nil
}

func awaitGone(ctx context.Context, client kubernetes.Interface, namespace string) error {
	ctx, cancel := context.WithTimeout(ctx, namespacePatience)
	defer cancel()
	for {
		_, err := client.CoreV1().Namespaces().Get(ctx, namespace, metav1.GetOptions{})
		if apierrors.IsNotFound(err) {
			return nil
		}
		if waited := sleep(ctx, 250*time.Millisecond); waited != nil {
			return fmt.Errorf("namespace %s is still there after %s; something holds it: see `qd-sandbox kubectl get namespace %s -o yaml`", namespace, namespacePatience, namespace)
		}
	}
}

// Loaded tells which of the scenarios are on the cluster.
func (s Stage) Loaded(ctx context.Context, all []Scenario) (map[string]bool, error) {
	client, err := kube.Client(s.Kubeconfig)
	if err != nil {
		return nil, err
	}
	namespaces, err := client.CoreV1().Namespaces().List(ctx, metav1.ListOptions{})
	if err != nil {
		return nil, err
	}
	present := map[string]bool{}
	for _, namespace := range namespaces.Items {
		present[namespace.Name] = true
	}
	loaded := map[string]bool{}
	for _, one := range all {
		loaded[one.ID] = present[one.ID]
	}
	return loaded, nil
}

package scenario

import (
	"context"
	"errors"
	"slices"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"quarterdeck/sandbox/internal/kube"
)

// system are the namespaces that every cluster has.
var system = []string{"default", "kube-system", "kube-public", "kube-node-lease"}

// inDefault are the kinds that people leave in the namespace default, which itself can't be deleted.
const inDefault = "deployments,statefulsets,daemonsets,replicasets,jobs,cronjobs,pods,ingresses,networkpolicies,persistentvolumeclaims,poddisruptionbudgets,horizontalpodautoscalers,resourcequotas,limitranges"

// Reset takes every scenario off, then every other namespace that a fresh cluster doesn't have, and lets all nodes take pods again.
func (s Stage) Reset(ctx context.Context) ([]string, error) {
	all, err := s.Library.All()
	if err != nil {
		return nil, err
	}
	loaded, err := s.Loaded(ctx, all)
	if err != nil {
		return nil, err
	}
	var removed []string
	var failures error
	for _, one := range all {
		if loaded[one.ID] {
			removed = append(removed, one.ID)
			failures = errors.Join(failures, s.Unload(ctx, one, false))
		}
	}
	others, err := s.clearRest(ctx)
	return append(removed, others...), errors.Join(failures, err)
}

func (s Stage) clearRest(ctx context.Context) ([]string, error) {
	client, err := kube.Client(s.Kubeconfig)
	if err != nil {
		return nil, err
	}
	namespaces, err := client.CoreV1().Namespaces().List(ctx, metav1.ListOptions{})
	if err != nil {
		return nil, err
	}
	kubectl := kube.Kubectl{Kubeconfig: s.Kubeconfig}
	var removed []string
	var failures error
	for _, namespace := range namespaces.Items {
		if slices.Contains(system, namespace.Name) {
			continue
		}
		if namespace.DeletionTimestamp == nil {
			removed = append(removed, namespace.Name)
			failures = errors.Join(failures, client.CoreV1().Namespaces().Delete(ctx, namespace.Name, metav1.DeleteOptions{}))
		}
		defer func() { failures = errors.Join(failures, awaitGone(ctx, client, namespace.Name)) }()
	}
	for _, command := range [][]string{
		{"--namespace=default", "delete", inDefault, "--all", "--wait=false"},
		{"--namespace=default", "delete", "services", "--field-selector=metadata.name!=kubernetes", "--wait=false"},
		{"--namespace=default", "delete", "configmaps", "--field-selector=metadata.name!=kube-root-ca.crt", "--wait=false"},
		{"--namespace=default", "delete", "secrets", "--all", "--wait=false"},
		{"uncordon", "--selector="},
	} {
		_, err := kubectl.Run(ctx, nil, command...)
		failures = errors.Join(failures, err)
	}
	return removed, failures
}

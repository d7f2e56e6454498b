package scenario

import (
	"context"
	"errors"
	"slices"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/kubernetes"

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
	var removed, going []string
	var failures error
	for _, namespace := range namespaces.Items {
		if slices.Contains(system, namespace.Name) {
			continue
		}
		going = append(going, namespace.Name)
		if namespace.DeletionTimestamp == nil {
			removed = append(removed, namespace.Name)
			failures = errors.Join(failures, client.CoreV1().Namespaces().Delete(ctx, namespace.Name, metav1.DeleteOptions{}))
		}
	}
	failures = errors.Join(failures, s.clearDefault(ctx), uncordonAll(ctx, client))
	for _, name := range going {
		failures = errors.Join(failures, awaitGone(ctx, client, name))
	}
	return removed, failures
}

func (s Stage) clearDefault(ctx context.Context) error {
	kubectl := kube.Kubectl{Kubeconfig: s.Kubeconfig}
	var failures error
	for _, kinds := range [][]string{
		{inDefault, "--all"},
		{"services", "--field-selector=metadata.name!=kubernetes"},
		{"configmaps", "--field-selector=metadata.name!=kube-root-ca.crt"},
		{"secrets", "--all"},
	} {
		_, err := kubectl.Run(ctx, nil, append([]string{"delete", "--namespace=default", "--wait=false"}, kinds...)...)
		failures = errors.Join(failures, err)
	}
	return failures
}

func uncordonAll(ctx context.Context, client kubernetes.Interface) error {
	nodes, err := client.CoreV1().Nodes().List(ctx, metav1.ListOptions{FieldSelector: "spec.unschedulable=true"})
	if err != nil {
		return err
	}
	var failures error
	for _, node := range nodes.Items {
		_, err := client.CoreV1().Nodes().Patch(ctx, node.Name, types.MergePatchType, []byte(`{"spec":{"unschedulable":null}}`), metav1.PatchOptions{})
		failures = errors.Join(failures, err)
	}
	return failures
}

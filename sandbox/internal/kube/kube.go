// Package kube asks a cluster the few things that the sandbox needs to know of it.
package kube

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
)

const pollInterval = 100 * time.Millisecond

// Client connects with the kubeconfig; no request limit of its own, since every cluster here is a throw-away.
func Client(kubeconfig string) (*kubernetes.Clientset, error) {
	settings, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return nil, err
	}
	settings.QPS = -1
	return kubernetes.NewForConfig(settings)
}

// AwaitNodes waits until that many nodes are Ready.
func AwaitNodes(ctx context.Context, client kubernetes.Interface, count int) error {
	var last error
	return poll(ctx, func() (bool, error) {
		var nodes *corev1.NodeList
		if nodes, last = client.CoreV1().Nodes().List(ctx, metav1.ListOptions{}); last != nil {
			return false, last
		}
		ready := 0
		for _, node := range nodes.Items {
			if nodeReady(node) {
				ready++
			}
		}
		return ready >= count, fmt.Errorf("%d of %d nodes are Ready", ready, count)
	})
}

func nodeReady(node corev1.Node) bool {
	for _, condition := range node.Status.Conditions {
		if condition.Type == corev1.NodeReady {
			return condition.Status == corev1.ConditionTrue
		}
	}
	return false
}

// AwaitDeployment waits until the Deployment is Available.
func AwaitDeployment(ctx context.Context, client kubernetes.Interface, namespace, name string) error {
	return poll(ctx, func() (bool, error) {
		deployment, err := client.AppsV1().Deployments(namespace).Get(ctx, name, metav1.GetOptions{})
		if err != nil {
			return false, err
		}
		for _, condition := range deployment.Status.Conditions {
			if condition.Type == appsv1.DeploymentAvailable && condition.Status == corev1.ConditionTrue {
				return true, nil
			}
		}
		return false, fmt.Errorf("Deployment %s/%s is not Available", namespace, name)
	})
}

// AwaitServiceAccount waits until the controllers have made the account that every pod needs: before it, no pod can be created.
func AwaitServiceAccount(ctx context.Context, client kubernetes.Interface) error {
	return poll(ctx, func() (bool, error) {
		_, err := client.CoreV1().ServiceAccounts(corev1.NamespaceDefault).Get(ctx, "default", metav1.GetOptions{})
		return err == nil, err
	})
}

// poll asks until the answer is yes; when the context ends first, the last reason is the error.
func poll(ctx context.Context, ask func() (bool, error)) error {
	for {
		done, reason := ask()
		if done {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%w (%w)", reason, ctx.Err())
		case <-time.After(pollInterval):
		}
	}
}

// Kubectl runs this program's own kubectl against a cluster.
type Kubectl struct {
	Kubeconfig string
	Dir        string // where relative file names are looked up
}

// Run gives what kubectl printed; a failure carries its words.
func (k Kubectl) Run(ctx context.Context, stdin io.Reader, args ...string) (string, error) {
	program, err := os.Executable()
	if err != nil {
		return "", err
	}
	command := exec.CommandContext(ctx, program, append([]string{"kubectl", "--kubeconfig=" + k.Kubeconfig}, args...)...)
	command.Dir = k.Dir
	command.Stdin = stdin
	var output, complaint strings.Builder
	command.Stdout, command.Stderr = &output, &complaint
	if err := command.Run(); err != nil {
		return output.String(), fmt.Errorf("kubectl %s: %s (%w)", strings.Join(args, " "), strings.TrimSpace(complaint.String()), err)
	}
	return output.String(), nil
}

package addons

import (
	"context"
	"fmt"
	"strings"

	manifests "quarterdeck/sandbox/addons"
	"quarterdeck/sandbox/internal/images"
	"quarterdeck/sandbox/internal/kube"
)

// Archives builds the addons' programs and images where the cache lacks them, and gives the image archives.
func Archives(tell func(string)) ([]string, error) {
	programs := map[string]string{}
	for _, program := range []Program{CoreDNS, MetricsServer} {
		path, err := program.Ensure(tell)
		if err != nil {
			return nil, err
		}
		programs[program.Name] = path
	}
	return images.Programs(programs)
}

// Deploy applies the addons' manifests.
func Deploy(ctx context.Context, kubeconfig string) error {
	kubectl := kube.Kubectl{Kubeconfig: kubeconfig}
	all := manifests.CoreDNS + "\n---\n" + manifests.MetricsServer
	if _, err := kubectl.Run(ctx, strings.NewReader(all), "apply", "-f", "-"); err != nil {
		return fmt.Errorf("the addons can't be deployed: %w", err)
	}
	return nil
}

// Await waits until DNS and metrics answer.
func Await(ctx context.Context, kubeconfig string) error {
	client, err := kube.Client(kubeconfig)
	if err != nil {
		return err
	}
	for _, name := range []string{CoreDNS.Name, MetricsServer.Name} {
		if err := kube.AwaitDeployment(ctx, client, "kube-system", name); err != nil {
			return err
		}
	}
	return nil
}

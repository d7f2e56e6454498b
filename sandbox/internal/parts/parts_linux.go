package parts

import (
	"context"
	"os"

	"k8s.io/component-base/cli"
	proxy "k8s.io/kubernetes/cmd/kube-proxy/app"
	kubelet "k8s.io/kubernetes/cmd/kubelet/app"
)

func init() {
	// The kubelet sets up its own signal handler; a second one panics, so it gets a plain context.
	table[Kubelet] = func() { os.Exit(cli.Run(kubelet.NewKubeletCommand(context.Background()))) }
	table[Proxy] = func() { os.Exit(cli.Run(proxy.NewProxyCommand())) }
}

// Package parts holds the programs of a Kubernetes cluster, each reachable by the name it has upstream.
package parts

import (
	"os"
	"sort"

	"go.etcd.io/etcd/server/v3/etcdmain"
	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/logs/json/register"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllers "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
)

// The names by which the supervisor starts the parts.
const (
	Etcd              = "etcd"
	APIServer         = "kube-apiserver"
	ControllerManager = "kube-controller-manager"
	Scheduler         = "kube-scheduler"
	Kubelet           = "kubelet"
	Proxy             = "kube-proxy"
)

// table has the parts that run on every operating system; those of a real node are added on Linux.
var table = map[string]func(){
	Etcd:              func() { etcdmain.Main(os.Args) },
	APIServer:         func() { os.Exit(cli.Run(apiserver.NewAPIServerCommand())) },
	ControllerManager: func() { os.Exit(cli.Run(controllers.NewControllerManagerCommand())) },
	Scheduler:         func() { os.Exit(cli.Run(scheduler.NewSchedulerCommand())) },
}

// Lookup returns the program of that name. It reads its flags from os.Args, as upstream's main functions do.
func Lookup(name string) (func(), bool) {
	run, ok := table[name]
	return run, ok
}

// Names lists the parts in alphabetical order.
func Names() []string {
	names := make([]string, 0, len(table))
	for name := range table {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

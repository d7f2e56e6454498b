package commands

import (
	"context"

	"quarterdeck/sandbox/internal/addons"
	"quarterdeck/sandbox/internal/controlplane"
	"quarterdeck/sandbox/internal/kube"
	"quarterdeck/sandbox/internal/problem"
	"quarterdeck/sandbox/internal/state"
	"quarterdeck/sandbox/internal/supervisor"
)

// internalCommands are the processes that make up a running cluster; people never type them.
var internalCommands = map[string]func([]string) error{
	supervisor.SuperviseCommand: func(args []string) error {
		return withArgument(args, func(name string) error { return supervisor.Supervise(state.Cluster{Name: name}, becomeReady) })
	},
	supervisor.RunCommand: func(args []string) error { return withArgument(args, supervisor.RunParts) },
	supervisor.JanitorCommand: func(args []string) error {
		return withArgument(args, func(name string) error { return supervisor.Janitor(state.Cluster{Name: name}) })
	},
}

func withArgument(args []string, run func(string) error) error {
	if len(args) != 1 {
		return problem.Usage("this is an internal command of qd-sandbox").Try("see `qd-sandbox --help`")
	}
	return run(args[0])
}

// becomeReady takes a cluster whose API server answers to the state in which a person can use it.
func becomeReady(ctx context.Context, record state.Record, tell func(string)) error {
	client, err := kube.Client(record.Kubeconfig)
	if err != nil {
		return err
	}
	if record.Mode == state.ModeControlPlane {
		if err := controlplane.CreateNodes(ctx, client, record.Nodes); err != nil {
			return err
		}
	}
	if record.Addons {
		// Before the node is there: their pods are scheduled the moment it is.
		if err := addons.Deploy(ctx, record.Kubeconfig); err != nil {
			return err
		}
	}
	tell("node Ready")
	if err := kube.AwaitNodes(ctx, client, record.Nodes); err != nil {
		return err
	}
	tell("controllers")
	if err := kube.AwaitServiceAccount(ctx, client); err != nil {
		return err
	}
	if !record.Addons {
		return nil
	}
	tell("CoreDNS and metrics-server Available")
	return addons.Await(ctx, record.Kubeconfig)
}

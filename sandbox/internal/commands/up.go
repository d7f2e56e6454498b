package commands

import (
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"quarterdeck/sandbox/internal/capability"
	"quarterdeck/sandbox/internal/problem"
	"quarterdeck/sandbox/internal/state"
	"quarterdeck/sandbox/internal/supervisor"
)

type upOptions struct {
	*options
	controlPlane bool
	noAddons     bool
	with         string
	nodes        int
	timeout      time.Duration
}

func upCommand(shared *options) *cobra.Command {
	up := &upOptions{options: shared}
	command := &cobra.Command{
		Use: "up", Short: "Start a cluster and wait until it can be used", Args: exactly(0, "no arguments"),
		RunE: func(command *cobra.Command, _ []string) error { return up.run(command) },
	}
	flags := command.Flags()
	flags.BoolVar(&up.controlPlane, "control-plane", false, "only an API server with controllers; nodes and pods are played (needs no root)")
	flags.BoolVar(&up.noAddons, "no-addons", false, "without CoreDNS and metrics-server")
	flags.StringVar(&up.with, "with", "", "node, k3d, kind or control-plane; default: the best that this machine can run")
	flags.IntVar(&up.nodes, "nodes", 1, "how many nodes (control-plane, k3d)")
	flags.DurationVar(&up.timeout, "timeout", 3*time.Minute, "how long to wait for the cluster once everything is built")
	return command
}

func (u *upOptions) run(command *cobra.Command) error {
	wanted, err := u.wanted()
	if err != nil {
		return err
	}
	cluster := u.cluster()
	if err := supervisor.SweepAll(); err != nil {
		return err
	}
	if record, err := cluster.Load(); err == nil && runs(cluster, record) {
		return u.alreadyUp(cluster, record, wanted)
	}
	mode, why, err := capability.Look().Choose(wanted)
	if err != nil {
		return err
	}
	if err := u.checkNodes(mode); err != nil {
		return err
	}
	u.tell(fmt.Sprintf("cluster %s: %s (%s)", cluster.Name, mode, why))
	record := state.Record{Name: cluster.Name, Mode: mode, Why: why, Phase: state.Starting, Nodes: u.nodes, Kubeconfig: cluster.Kubeconfig()}
	record.Addons = mode == state.ModeNode && !u.noAddons
	if mode == state.ModeK3d || mode == state.ModeKind {
		return u.inDocker(command.Context(), cluster, record)
	}
	if err := u.prepare(cluster, record); err != nil {
		return err
	}
	record, err = supervisor.Await(cluster, u.timeout, u.tell)
	if err != nil {
		return err
	}
	return u.announce(record, false)
}

func (u *upOptions) wanted() (state.Mode, error) {
	wanted := state.Mode(u.with)
	if u.controlPlane {
		if u.with != "" && wanted != state.ModeControlPlane {
			return "", problem.Usage("--control-plane and --with " + u.with + " contradict each other").Try("give one of them")
		}
		wanted = state.ModeControlPlane
	}
	switch wanted {
	case "", state.ModeNode, state.ModeK3d, state.ModeKind, state.ModeControlPlane:
		return wanted, nil
	}
	return "", problem.Usage("--with " + u.with + " is not known").Try("use node, k3d, kind or control-plane")
}

func (u *upOptions) checkNodes(mode state.Mode) error {
	if u.nodes < 1 {
		return problem.Usage("--nodes must be at least 1").Try("leave it out for one node")
	}
	if u.nodes > 1 && (mode == state.ModeNode || mode == state.ModeKind) {
		return problem.Usage(fmt.Sprintf("%s has one node, so --nodes %d can't be had", mode, u.nodes)).Try("add --control-plane (played nodes) or --with k3d")
	}
	return nil
}

func runs(cluster state.Cluster, record state.Record) bool {
	if record.Mode == state.ModeK3d || record.Mode == state.ModeKind {
		return record.Phase == state.Ready
	}
	return cluster.Alive()
}

func (u *upOptions) alreadyUp(cluster state.Cluster, record state.Record, wanted state.Mode) error {
	if wanted != "" && wanted != record.Mode {
		return problem.New(fmt.Sprintf("cluster %s is already up as %s, not %s", cluster.Name, record.Mode, wanted)).
			Try("end it with `qd-sandbox down --name " + cluster.Name + "`, or give the new one another --name")
	}
	record, err := supervisor.Await(cluster, u.timeout, u.tell)
	if err != nil {
		return err
	}
	return u.announce(record, true)
}

func (u *upOptions) announce(record state.Record, already bool) error {
	type answer struct {
		state.Record
		Already bool `json:"already"`
	}
	return u.print(answer{record, already}, func(out io.Writer) {
		if already {
			fmt.Fprintf(out, "%s is up already (%s)\n", record.Name, record.Mode)
		} else {
			fmt.Fprintf(out, "%s is up after %.1f s (%s)\n", record.Name, record.Seconds, record.Mode)
		}
		fmt.Fprintf(out, "kubeconfig: %s\n", record.Kubeconfig)
	})
}

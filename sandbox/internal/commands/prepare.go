package commands

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"quarterdeck/sandbox/internal/addons"
	"quarterdeck/sandbox/internal/capability"
	"quarterdeck/sandbox/internal/config"
	"quarterdeck/sandbox/internal/controlplane"
	"quarterdeck/sandbox/internal/docker"
	"quarterdeck/sandbox/internal/images"
	"quarterdeck/sandbox/internal/network"
	"quarterdeck/sandbox/internal/pki"
	"quarterdeck/sandbox/internal/problem"
	"quarterdeck/sandbox/internal/state"
	"quarterdeck/sandbox/internal/supervisor"
)

// prepare builds what the cache lacks, writes the cluster's folder and hands it to a supervisor.
func (u *upOptions) prepare(cluster state.Cluster, record state.Record) error {
	program, err := os.Executable()
	if err != nil {
		return err
	}
	settings := config.Settings{Cluster: cluster, Program: program}
	archives, err := u.build(record, &settings)
	if err != nil {
		return err
	}
	settings.NodeImages = archives
	record.StartedAt = time.Now() // building is told apart: it happens once
	if err := freshFolder(cluster); err != nil {
		return err
	}
	if record.Mode == state.ModeNode {
		return startNode(cluster, record, settings)
	}
	return startControlPlane(cluster, record, settings)
}

// build fills the cache and gives the image archives that the node imports.
func (u *upOptions) build(record state.Record, settings *config.Settings) ([]string, error) {
	if record.Mode == state.ModeControlPlane {
		program, err := addons.Kwok.Ensure(u.tell)
		settings.KwokProgram = program
		return nil, err
	}
	pause, err := addons.EnsurePause()
	if err != nil {
		return nil, err
	}
	archives, err := images.Programs(map[string]string{"pause": pause})
	if err != nil {
		return nil, err
	}
	// In the order in which they are needed: pause by every pod, the addons' at once, the rest by whoever loads a scenario.
	if record.Addons {
		more, err := addons.Archives(u.tell)
		if err != nil {
			return nil, err
		}
		archives = append(archives, more...)
	}
	more, err := images.Workloads()
	return append(archives, more...), err
}

// freshFolder removes what a former cluster of that name left (its logs, mostly).
func freshFolder(cluster state.Cluster) error {
	if err := os.RemoveAll(cluster.Dir()); err != nil {
		return fmt.Errorf("the folder of the former cluster can't be removed: %w", err)
	}
	for _, folder := range []string{"log", "run", "etcd", "kubelet", "containerd", "cni"} {
		if err := os.MkdirAll(cluster.Path(folder), 0o700); err != nil {
			return err
		}
	}
	return nil
}

func startNode(cluster state.Cluster, record state.Record, settings config.Settings) error {
	if err := checkSocketLength(cluster); err != nil {
		return err
	}
	index, err := state.FreeIndex(cluster.Name, network.InUse)
	if err != nil {
		return err
	}
	record.Index = index
	settings.HostIP, settings.NodeIP = config.HostIP(index), config.NodeIP(index)
	settings.CgroupRoot = "/" + cluster.Cgroup()
	settings.RestrictOOM = !capability.MayLowerOOMScore()
	record.Server = fmt.Sprintf("https://%s:%d", settings.NodeIP, config.APIPort)
	if err := writeIdentities(cluster, settings.NodeIP, settings.HostIP, record.Server); err != nil {
		return err
	}
	if err := config.WriteFiles(settings); err != nil {
		return err
	}
	record.Issuer = settings.IssuerAt(settings.HostIP, config.IssuerPort)
	if err := config.WriteAuthentication(settings, record.Issuer); err != nil {
		return err
	}
	return supervisor.Start(cluster, record, config.NodePlan(settings))
}

func startControlPlane(cluster state.Cluster, record state.Record, settings config.Settings) error {
	ports, err := controlplane.FreePorts()
	if err != nil {
		return err
	}
	stages, err := controlplane.CopyStages(cluster.Path("stages"))
	if err != nil {
		return err
	}
	record.Ports, settings.Ports, settings.KwokStageFiles = ports, ports, stages
	record.Server = fmt.Sprintf("https://127.0.0.1:%d", ports.APIServer)
	if err := writeIdentities(cluster, "127.0.0.1", "127.0.0.1", record.Server); err != nil {
		return err
	}
	record.Issuer = settings.IssuerAt("127.0.0.1", ports.Issuer)
	if err := config.WriteAuthentication(settings, record.Issuer); err != nil {
		return err
	}
	return supervisor.Start(cluster, record, config.ControlPlanePlan(settings))
}

// longestSocketPath is the kernel's limit for the path of a Unix socket.
const longestSocketPath = 107

func checkSocketLength(cluster state.Cluster) error {
	socket := config.ContainerdSocket(cluster) + ".ttrpc"
	if len(socket) <= longestSocketPath {
		return nil
	}
	return problem.New("the state folder's path is too long").
		Because(fmt.Sprintf("the socket %s would have %d characters, and the kernel allows %d", socket, len(socket), longestSocketPath)).
		Try("set QUARTERDECK_STATE to a shorter path")
}

// writeIdentities makes certificates and a kubeconfig for every user of the cluster.
func writeIdentities(cluster state.Cluster, address, hostAddress, server string) error {
	dir := cluster.Path("pki")
	if err := pki.WriteCluster(dir, cluster.NodeName(), address, hostAddress); err != nil {
		return fmt.Errorf("certificates can't be made: %w", err)
	}
	for _, user := range pki.Users {
		if err := pki.WriteKubeconfig(cluster.Path(user+".kubeconfig"), dir, cluster.NodeName(), server, user); err != nil {
			return err
		}
	}
	return pki.WriteKubeconfig(cluster.Kubeconfig(), dir, cluster.NodeName(), server, pki.Admin)
}

// inDocker lets k3d or kind make the cluster; it lives in the Docker daemon and needs no supervisor.
func (u *upOptions) inDocker(ctx context.Context, cluster state.Cluster, record state.Record) error {
	if err := freshFolder(cluster); err != nil {
		return err
	}
	record.StartedAt = time.Now()
	if err := cluster.Save(record); err != nil {
		return err
	}
	err := docker.Run(ctx, docker.Up(record.Mode, cluster, u.nodes-1, u.timeout), u.tell)
	record.Phase, record.Seconds = state.Ready, time.Since(record.StartedAt).Seconds()
	if err != nil {
		record.Phase, record.Reason = state.Failed, err.Error()
	}
	if err := errors.Join(err, cluster.Save(record)); err != nil {
		return err
	}
	return u.announce(record, false)
}

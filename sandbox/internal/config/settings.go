// Package config writes the files and command lines that the parts of a cluster run with.
package config

import (
	"fmt"
	"path/filepath"

	"quarterdeck/sandbox/internal/state"
)

// Ranges that every cluster uses: they only exist inside its own network namespace.
const (
	ServiceRange = "10.96.0.0/16"
	ClusterDNS   = "10.96.0.10"
	PodRange     = "10.244.0.0/16"
	NodePodRange = "10.244.0.0/24"
	APIPort      = 6443
)

// Settings is all that the files depend on.
type Settings struct {
	Cluster        state.Cluster
	Program        string // this executable, which is every part
	NodeIP         string
	HostIP         string
	CgroupRoot     string // absolute, as the kubelet wants it
	RestrictOOM    bool   // the machine may not lower OOM scores
	NodeImages     []string
	Ports          state.Ports
	KwokProgram    string
	KwokStageFiles []string
}

// HostIP is the host's end of the cluster's link.
func HostIP(index int) string { return fmt.Sprintf("10.251.%d.1", index) }

// NodeIP is the node's end of it.
func NodeIP(index int) string { return fmt.Sprintf("10.251.%d.2", index) }

func (s Settings) pki(name string) string { return s.Cluster.Path("pki", name) }

func (s Settings) kubeconfig(user string) string { return s.Cluster.Path(user + ".kubeconfig") }

// ContainerdSocket is where the node's containerd listens.
func ContainerdSocket(cluster state.Cluster) string {
	return filepath.Join(cluster.Dir(), "run", "containerd.sock")
}

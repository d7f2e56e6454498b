// Package docker builds the command lines by which k3d and kind make clusters where a Docker daemon answers.
package docker

import (
	"fmt"
	"strconv"
	"time"

	"quarterdeck/sandbox/internal/state"
)

// stand-ins are public images under our names: scenarios ask for local/NAME:1, and Debian's programs are not on such a machine.
var standIns = [][2]string{
	{"busybox:1.37", "local/busybox:1"},
	{"nginx:1.29", "local/nginx:1"},
	{"python:3.14-slim", "local/python:1"},
	{"redis:8", "local/redis:1"},
}

// Cluster is what k3d and kind call a sandbox cluster.
func Cluster(cluster state.Cluster) string { return "quarterdeck-" + cluster.Name }

// Up lists the commands that make the cluster, in order. extraNodes are workers beside the first node.
func Up(mode state.Mode, cluster state.Cluster, extraNodes int, patience time.Duration) [][]string {
	name := Cluster(cluster)
	var lines [][]string
	if mode == state.ModeK3d {
		lines = append(lines,
			[]string{"k3d", "cluster", "create", name, "--wait", "--timeout", wholeSeconds(patience),
				"--agents", strconv.Itoa(extraNodes), "--kubeconfig-update-default=false", "--kubeconfig-switch-context=false"},
			[]string{"k3d", "kubeconfig", "write", name, "--output", cluster.Kubeconfig()})
	} else {
		lines = append(lines, []string{"kind", "create", "cluster", "--name", name, "--kubeconfig", cluster.Kubeconfig(), "--wait", wholeSeconds(patience)})
	}
	return append(lines, images(mode, name)...)
}

func images(mode state.Mode, name string) [][]string {
	var lines [][]string
	load := []string{"kind", "load", "docker-image", "--name", name}
	if mode == state.ModeK3d {
		load = []string{"k3d", "image", "import", "--cluster", name}
	}
	for _, pair := range standIns {
		lines = append(lines, []string{"docker", "pull", pair[0]}, []string{"docker", "tag", pair[0], pair[1]})
		load = append(load, pair[1])
	}
	return append(lines, load)
}

// Down is the command that removes the cluster.
func Down(mode state.Mode, cluster state.Cluster) []string {
	if mode == state.ModeK3d {
		return []string{"k3d", "cluster", "delete", Cluster(cluster)}
	}
	return []string{"kind", "delete", "cluster", "--name", Cluster(cluster)}
}

func wholeSeconds(patience time.Duration) string { return fmt.Sprintf("%ds", int(patience.Seconds())) }

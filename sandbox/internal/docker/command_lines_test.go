package docker

import (
	"slices"
	"strings"
	"testing"
	"time"

	"quarterdeck/sandbox/internal/state"
)

func joined(lines [][]string) []string {
	var texts []string
	for _, line := range lines {
		texts = append(texts, strings.Join(line, " "))
	}
	return texts
}

func TestK3d(t *testing.T) {
	t.Setenv("QUARTERDECK_STATE", "/state")
	cluster := state.Cluster{Name: "demo"}
	lines := joined(Up(state.ModeK3d, cluster, 2, 90*time.Second))
	wanted := []string{
		"k3d cluster create quarterdeck-demo --wait --timeout 90s --agents 2 --kubeconfig-update-default=false --kubeconfig-switch-context=false",
		"k3d kubeconfig write quarterdeck-demo --output /state/sandbox/demo/kubeconfig",
		"docker pull busybox:1.37",
		"docker tag busybox:1.37 local/busybox:1",
		"k3d image import --cluster quarterdeck-demo local/busybox:1 local/nginx:1 local/python:1 local/redis:1",
	}
	for _, line := range wanted {
		if !slices.Contains(lines, line) {
			t.Errorf("lacks %q in\n%s", line, strings.Join(lines, "\n"))
		}
	}
	if got := strings.Join(Down(state.ModeK3d, cluster), " "); got != "k3d cluster delete quarterdeck-demo" {
		t.Error(got)
	}
}

func TestKind(t *testing.T) {
	t.Setenv("QUARTERDECK_STATE", "/state")
	cluster := state.Cluster{Name: "default"}
	lines := joined(Up(state.ModeKind, cluster, 0, 2*time.Minute))
	if lines[0] != "kind create cluster --name quarterdeck-default --kubeconfig /state/sandbox/default/kubeconfig --wait 120s" {
		t.Error(lines[0])
	}
	if last := lines[len(lines)-1]; last != "kind load docker-image --name quarterdeck-default local/busybox:1 local/nginx:1 local/python:1 local/redis:1" {
		t.Error(last)
	}
	if got := strings.Join(Down(state.ModeKind, cluster), " "); got != "kind delete cluster --name quarterdeck-default" {
		t.Error(got)
	}
}

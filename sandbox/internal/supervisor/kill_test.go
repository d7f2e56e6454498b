//go:build integration && linux

package supervisor

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"quarterdeck/sandbox/internal/cgroup"
	"quarterdeck/sandbox/internal/state"
)

// These tests start real nodes (root and the Debian packages of `qd-sandbox capabilities --packages` are needed) and end them the hard way:
//
//	go test -tags integration ./internal/supervisor -run Kill -v
//
// QD_SANDBOX names a program that is built already.

var killed = state.Cluster{Name: "killtest"}

const tidyPatience = 15 * time.Second

func TestKillSupervisor(t *testing.T) {
	sandbox := program(t)
	before := lookAtHost(t)
	record, node := startWithPod(t, sandbox)
	kill(t, record.Supervisor)
	t.Logf("tidy %s after kill -9 of the supervisor", awaitTidy(t, before, node).Round(time.Millisecond))
	awaitPhase(t, state.Stopped, "its supervisor was killed") // the janitor writes it once everything else is gone
}

func TestKillSupervisorAndJanitor(t *testing.T) {
	sandbox := program(t)
	before := lookAtHost(t)
	record, node := startWithPod(t, sandbox)
	kill(t, janitorOf(t))
	kill(t, record.Supervisor)
	awaitNoProcess(t, node) // the kernel's part needs no janitor
	if len(cgroup.Find(killed.Cgroup())) == 0 {
		t.Fatal("nobody was there to remove the cgroups, yet they are gone: the test proves nothing")
	}
	output := run(t, sandbox, "status", "--name", killed.Name)
	if !strings.Contains(output, "its supervisor was killed") {
		t.Fatalf("status does not say what happened:\n%s", output)
	}
	awaitTidy(t, before, node)
}

func TestKillNode(t *testing.T) {
	sandbox := program(t)
	before := lookAtHost(t)
	record, node := startWithPod(t, sandbox)
	kill(t, record.NodePID)
	awaitTidy(t, before, node)
	awaitPhase(t, state.Failed, "was killed")
}

func TestKillCriticalPart(t *testing.T) {
	sandbox := program(t)
	before := lookAtHost(t)
	record, node := startWithPod(t, sandbox)
	kill(t, pidOf(t, record, "kube-apiserver"))
	awaitTidy(t, before, node)
	awaitPhase(t, state.Failed, "kube-apiserver was ended by signal 9")
}

func TestKillOtherPart(t *testing.T) {
	sandbox := program(t)
	before := lookAtHost(t)
	record, node := startWithPod(t, sandbox)
	kill(t, pidOf(t, record, "kube-scheduler"))
	time.Sleep(time.Second)
	output := run(t, sandbox, "status", "--name", killed.Name)
	for _, wanted := range []string{"killtest: ready", "was ended by signal 9", "last lines of kube-scheduler"} {
		if !strings.Contains(output, wanted) {
			t.Fatalf("status lacks %q:\n%s", wanted, output)
		}
	}
	run(t, sandbox, "down", "--name", killed.Name)
	awaitTidy(t, before, node)
}

// host is what a cluster could leave behind.
type host struct{ mounts, links, cgroups, files []string }

func lookAtHost(t *testing.T) host {
	t.Helper()
	mounts, err := os.ReadFile("/proc/self/mounts")
	if err != nil {
		t.Fatal(err)
	}
	interfaces, err := net.Interfaces()
	if err != nil {
		t.Fatal(err)
	}
	seen := host{mounts: strings.Split(string(mounts), "\n"), cgroups: cgroupDirs(t)}
	// Where containerd, CNI and the kubelet write at fixed paths.
	for _, pattern := range []string{"/run/netns/*", "/run/containerd/*", "/run/containerd/s/*", "/var/lib/cni/*/*", "/var/lib/kubelet/*/*", "/var/log/containers/*", "/opt/containerd/*", "/usr/libexec/kubernetes/*"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		seen.files = append(seen.files, files...)
	}
	for _, one := range interfaces {
		seen.links = append(seen.links, one.Name)
	}
	return seen
}

// cgroupDirs leaves out what other clusters on this machine do meanwhile.
func cgroupDirs(t *testing.T) []string {
	t.Helper()
	var dirs []string
	for _, depth := range []string{"/sys/fs/cgroup/*", "/sys/fs/cgroup/*/*"} {
		found, err := filepath.Glob(depth)
		if err != nil {
			t.Fatal(err)
		}
		for _, dir := range found {
			if info, err := os.Stat(dir); err == nil && info.IsDir() {
				dirs = append(dirs, dir)
			}
		}
	}
	return dirs
}

// startWithPod starts a node with a running pod, so that there are containers, mounts and cgroups to leave behind.
func startWithPod(t *testing.T, sandbox string) (state.Record, []string) {
	t.Helper()
	t.Cleanup(func() { _ = exec.Command(sandbox, "down", "--name", killed.Name).Run() })
	run(t, sandbox, "up", "--name", killed.Name, "--no-addons", "--with", "node")
	kubectl := []string{"kubectl", "--name=" + killed.Name}
	run(t, sandbox, append(kubectl, "run", "sleeper", "--image=local/busybox:1", "--", "sleep", "86400")...)
	run(t, sandbox, append(kubectl, "wait", "--for=condition=Ready", "pod/sleeper", "--timeout=60s")...)
	record, err := killed.Load()
	if err != nil {
		t.Fatal(err)
	}
	var node []string
	for _, kind := range []string{"pid", "net", "mnt", "uts"} {
		link, err := os.Readlink(fmt.Sprintf("/proc/%d/ns/%s", record.NodePID, kind))
		if err != nil {
			t.Fatal(err)
		}
		node = append(node, link)
	}
	t.Logf("%d processes in the node, %d cgroup parents, link qd%d", len(inside(node)), len(cgroup.Find(killed.Cgroup())), record.Index)
	return record, node
}

// inside lists the processes that are in the node's namespaces or cgroups (pods have namespaces of their own) or that mention its folder.
func inside(node []string) []string {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return []string{err.Error()}
	}
	var found []string
	for _, entry := range entries {
		command, err := os.ReadFile("/proc/" + entry.Name() + "/cmdline")
		if err != nil || len(command) == 0 {
			continue // not a process, or none of user space
		}
		group, _ := os.ReadFile("/proc/" + entry.Name() + "/cgroup") // the process may have ended since
		belongs := strings.Contains(string(command), killed.Dir()) || strings.Contains(string(group), killed.Cgroup())
		for _, kind := range []string{"pid", "net", "mnt", "uts"} {
			link, err := os.Readlink("/proc/" + entry.Name() + "/ns/" + kind)
			belongs = belongs || (err == nil && slices.Contains(node, link))
		}
		if belongs {
			found = append(found, entry.Name()+" "+strings.ReplaceAll(string(command), "\x00", " "))
		}
	}
	return found
}

func awaitNoProcess(t *testing.T, node []string) {
	t.Helper()
	await(t, func() string { return strings.Join(inside(node), "\n") })
}

// awaitTidy waits until the host is as it was, and gives how long that took.
func awaitTidy(t *testing.T, before host, node []string) time.Duration {
	t.Helper()
	began := time.Now()
	await(t, func() string {
		after := lookAtHost(t)
		left := inside(node)
		left = append(left, added(before.mounts, after.mounts)...)
		left = append(left, added(before.links, after.links)...)
		left = append(left, added(before.cgroups, after.cgroups)...)
		left = append(left, added(before.files, after.files)...)
		return strings.Join(left, "\n")
	})
	return time.Since(began)
}

func await(t *testing.T, whatIsLeft func() string) {
	t.Helper()
	deadline := time.Now().Add(tidyPatience)
	for {
		left := whatIsLeft()
		if left == "" {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("left behind after %s:\n%s", tidyPatience, left)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func added(before, after []string) []string {
	var more []string
	for _, one := range after {
		if !slices.Contains(before, one) {
			more = append(more, one)
		}
	}
	return more
}

func awaitPhase(t *testing.T, phase state.Phase, reason string) {
	t.Helper()
	await(t, func() string {
		record, err := killed.Load()
		if err == nil && record.Phase == phase && strings.Contains(record.Reason, reason) {
			return ""
		}
		return fmt.Sprintf("phase %q because %q (%v)", record.Phase, record.Reason, err)
	})
}

func janitorOf(t *testing.T) int {
	t.Helper()
	entries, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		command, err := os.ReadFile(entry)
		if err == nil && strings.HasSuffix(string(command), "\x00"+JanitorCommand+"\x00"+killed.Name+"\x00") {
			var pid int
			if _, err := fmt.Sscanf(entry, "/proc/%d/cmdline", &pid); err != nil {
				t.Fatal(err)
			}
			return pid
		}
	}
	t.Fatal("there is no janitor")
	return 0
}

func pidOf(t *testing.T, record state.Record, name string) int {
	t.Helper()
	for _, part := range record.Parts {
		if part.Name == name && part.PID > 1 {
			return part.PID
		}
	}
	t.Fatalf("%s has no process", name)
	return 0
}

func kill(t *testing.T, pid int) {
	t.Helper()
	if pid <= 1 {
		t.Fatalf("process id %d", pid)
	}
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
}

func run(t *testing.T, program string, args ...string) string {
	t.Helper()
	output, err := exec.Command(program, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", filepath.Base(program), strings.Join(args, " "), err, output)
	}
	return string(output)
}

func program(t *testing.T) string {
	t.Helper()
	if built := os.Getenv("QD_SANDBOX"); built != "" {
		return built
	}
	built := filepath.Join(t.TempDir(), "qd-sandbox")
	run(t, "go", "build", "-o", built, "quarterdeck/sandbox")
	return built
}

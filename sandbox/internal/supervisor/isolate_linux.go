package supervisor

import (
	"fmt"
	"os"
	"strconv"
	"strings"

	"quarterdeck/sandbox/internal/cgroup"
	"quarterdeck/sandbox/internal/config"
	"quarterdeck/sandbox/internal/network"
	"quarterdeck/sandbox/internal/parts"
	"quarterdeck/sandbox/internal/state"
)

const apiServerPart = parts.APIServer

// isolateRunner gives the node its cgroup and its link. The runner waits for the link before it starts anything,
// so every process of the cluster is born inside the cgroup.
func (s *supervisor) isolateRunner() error {
	if s.record.Mode != state.ModeNode {
		return nil
	}
	pid := s.runner.Process.Pid
	if err := cgroup.Enter(s.cluster.Cgroup(), pid); err != nil {
		return err
	}
	return network.Connect(s.record.Index, pid, config.HostIP(s.record.Index))
}

// hostPID finds the process that has the inner id in the pid namespace of the node's first process; 0 when it has ended.
func hostPID(node, inner int) int {
	namespace, err := os.Readlink(fmt.Sprintf("/proc/%d/ns/pid", node))
	if err != nil {
		return 0
	}
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return 0
	}
	for _, entry := range entries {
		pid, err := strconv.Atoi(entry.Name())
		if err != nil || innerPID(pid) != inner {
			continue
		}
		if own, err := os.Readlink(fmt.Sprintf("/proc/%d/ns/pid", pid)); err == nil && own == namespace {
			return pid
		}
	}
	return 0
}

// innerPID is the process's id in its innermost pid namespace.
func innerPID(pid int) int {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "NSpid:"); ok {
			fields := strings.Fields(rest)
			if len(fields) < 2 {
				return 0
			}
			inner, _ := strconv.Atoi(fields[len(fields)-1]) // the kernel writes numbers
			return inner
		}
	}
	return 0
}

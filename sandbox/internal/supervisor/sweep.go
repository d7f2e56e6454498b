package supervisor

import (
	"errors"
	"fmt"
	"os"
	"syscall"
	"time"

	"quarterdeck/sandbox/internal/cgroup"
	"quarterdeck/sandbox/internal/network"
	"quarterdeck/sandbox/internal/state"
)

const cgroupPatience = 10 * time.Second

// clean removes what the kernel does not remove by itself when a cluster's processes are gone.
func clean(cluster state.Cluster, record state.Record) error {
	switch record.Mode {
	case state.ModeNode:
		return errors.Join(cgroup.Remove(cluster.Cgroup(), cgroupPatience), network.Remove(record.Index))
	case state.ModeControlPlane:
		return nil // its processes die with the supervisor and it has nothing else
	default:
		return nil
	}
}

// Sweep tidies up after a supervisor that was killed together with its janitor. It does nothing while a supervisor lives,
// and nothing for a cluster that ended properly.
func Sweep(cluster state.Cluster) (bool, error) {
	record, err := cluster.Load()
	if err != nil || record.Phase == state.Stopped || record.Phase == state.Failed || supervisedElsewhere(record.Mode) {
		return false, ignoreMissing(err)
	}
	lock, free, err := cluster.Acquire()
	if err != nil || !free {
		return false, err
	}
	defer lock.Release() //nolint:errcheck // closing the file is all it does
	return true, sweepLocked(cluster, record)
}

func sweepLocked(cluster state.Cluster, record state.Record) error {
	if err := clean(cluster, record); err != nil {
		return fmt.Errorf("cluster %s was not tidied up: %w", cluster.Name, err)
	}
	record.Phase, record.Step = state.Stopped, ""
	record.Reason = "its supervisor was killed; what was left of it has been removed"
	endParts(record.Parts)
	return cluster.Save(record)
}

// EndedWithCluster is what is said of parts that were well until the cluster ended.
const EndedWithCluster = "ended with the cluster"

func endParts(parts []state.Part) {
	for i := range parts {
		parts[i].PID = 0
		if parts[i].State != stateDead {
			parts[i].State, parts[i].Detail = stateDead, EndedWithCluster
		}
	}
}

// SweepAll sweeps every cluster of this user.
func SweepAll() error {
	clusters, err := state.List()
	if err != nil {
		return err
	}
	var failures error
	for _, cluster := range clusters {
		_, err := Sweep(cluster)
		failures = errors.Join(failures, err)
	}
	return failures
}

func supervisedElsewhere(mode state.Mode) bool {
	return mode == state.ModeK3d || mode == state.ModeKind
}

func ignoreMissing(err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}

// Stop ends a supervised cluster and waits until nothing of it is left but its folder.
func Stop(cluster state.Cluster) error {
	record, err := cluster.Load()
	if err != nil {
		return ignoreMissing(err)
	}
	if cluster.Alive() && record.Supervisor > 1 {
		if err := signalAndWait(cluster, record.Supervisor, syscall.SIGTERM, 20*time.Second); err != nil {
			if err := signalAndWait(cluster, record.Supervisor, syscall.SIGKILL, 10*time.Second); err != nil {
				return err
			}
		}
	}
	_, err = Sweep(cluster)
	return err
}

func signalAndWait(cluster state.Cluster, pid int, signal syscall.Signal, patience time.Duration) error {
	if err := syscall.Kill(pid, signal); err != nil && !errors.Is(err, syscall.ESRCH) {
		return fmt.Errorf("the supervisor (process %d) can't be told to end: %w", pid, err)
	}
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if !cluster.Alive() {
			return nil
		}
	}
	return fmt.Errorf("the supervisor (process %d) did not end within %s", pid, patience)
}

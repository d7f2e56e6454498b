// Package cgroup keeps all cgroups of a cluster below one parent per hierarchy, so that one sweep removes them.
package cgroup

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// leaf holds the cluster's own processes: in cgroup v2 only leaves may have any, and pods are siblings of it.
const leaf = "node"

// hierarchy is one mounted cgroup file system.
type hierarchy struct {
	path    string
	unified bool // cgroup v2
}

func hierarchies() ([]hierarchy, error) {
	file, err := os.Open("/proc/self/mounts")
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var found []hierarchy
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		if len(fields) > 2 && (fields[2] == "cgroup" || fields[2] == "cgroup2") {
			found = append(found, hierarchy{path: fields[1], unified: fields[2] == "cgroup2"})
		}
	}
	return found, lines.Err()
}

// Enter makes the parent cgroup in every hierarchy and moves the process into a leaf of it.
func Enter(parent string, pid int) error {
	all, err := hierarchies()
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return errors.New("no cgroup file system is mounted")
	}
	for _, one := range all {
		if err := one.enter(parent, pid); err != nil {
			return fmt.Errorf("cgroup %s: %w", filepath.Join(one.path, parent), err)
		}
	}
	return nil
}

func (h hierarchy) enter(parent string, pid int) error {
	dir := filepath.Join(h.path, parent)
	inner := filepath.Join(dir, leaf)
	if err := os.MkdirAll(inner, 0o755); err != nil {
		return err
	}
	if h.unified {
		if err := delegate(h.path, dir); err != nil {
			return err
		}
	} else if err := inheritCpuset(h.path, dir, inner); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(inner, "cgroup.procs"), []byte(strconv.Itoa(pid)), 0o644)
}

// delegate hands every controller of a v2 hierarchy down to the children of each folder given.
func delegate(dirs ...string) error {
	for _, dir := range dirs {
		available, err := os.ReadFile(filepath.Join(dir, "cgroup.controllers"))
		if err != nil {
			return err
		}
		for _, controller := range strings.Fields(string(available)) {
			// One at a time: a controller that can't be delegated here must not keep the others away. The kubelet says which it misses.
			_ = os.WriteFile(filepath.Join(dir, "cgroup.subtree_control"), []byte("+"+controller), 0o644)
		}
	}
	return nil
}

// inheritCpuset fills what v1 leaves empty: a cpuset without CPUs and memory takes no process.
func inheritCpuset(root string, dirs ...string) error {
	for _, file := range []string{"cpuset.cpus", "cpuset.mems"} {
		value, err := os.ReadFile(filepath.Join(root, file))
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		for _, dir := range dirs {
			if err := os.WriteFile(filepath.Join(dir, file), value, 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}

// Find lists the parent cgroups that exist under that name.
func Find(parent string) []string {
	all, err := hierarchies()
	if err != nil {
		return nil
	}
	var found []string
	for _, one := range all {
		dir := filepath.Join(one.path, parent)
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			found = append(found, dir)
		}
	}
	return found
}

// Remove kills whatever is still in the cluster's cgroups and removes them, in at most the time given.
func Remove(parent string, patience time.Duration) error {
	deadline := time.Now().Add(patience)
	for {
		var left error
		for _, dir := range Find(parent) {
			if err := removeTree(dir); err != nil {
				left = err
			}
		}
		if left == nil {
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("cgroups of %s are still busy: %w", parent, left)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func removeTree(dir string) error {
	var dirs []string
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() {
			dirs = append(dirs, path)
		}
		return nil // a cgroup that vanishes while we look is what we want
	})
	if err != nil {
		return err
	}
	var left error
	for i := len(dirs) - 1; i >= 0; i-- {
		killMembers(dirs[i])
		if err := syscall.Rmdir(dirs[i]); err != nil && !errors.Is(err, syscall.ENOENT) {
			left = fmt.Errorf("%s: %w", dirs[i], err)
		}
	}
	return left
}

func killMembers(dir string) {
	members, err := os.ReadFile(filepath.Join(dir, "cgroup.procs"))
	if err != nil {
		return
	}
	for _, text := range strings.Fields(string(members)) {
		if pid, err := strconv.Atoi(text); err == nil && pid > 1 && pid != os.Getpid() {
			_ = syscall.Kill(pid, syscall.SIGKILL) // it may have ended by itself
		}
	}
}

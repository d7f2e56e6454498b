package supervisor

import (
	"fmt"
	"os"
	"syscall"

	"quarterdeck/sandbox/internal/config"
	"quarterdeck/sandbox/internal/network"
)

// namespaces of a node: containers, mounts, iptables rules and CNI bridges stay inside, and the kernel removes all of it with the first process.
const namespaces = syscall.CLONE_NEWNS | syscall.CLONE_NEWPID | syscall.CLONE_NEWNET | syscall.CLONE_NEWUTS

// runnerAttributes make the kernel kill the runner when the supervisor's thread ends, however it ends.
func runnerAttributes(node bool) *syscall.SysProcAttr {
	attributes := &syscall.SysProcAttr{Setsid: true, Pdeathsig: syscall.SIGKILL}
	if node {
		attributes.Cloneflags = namespaces
	}
	return attributes
}

func childAttributes(dieWithParent bool) *syscall.SysProcAttr {
	if !dieWithParent {
		return &syscall.SysProcAttr{Setsid: true}
	}
	return &syscall.SysProcAttr{Setsid: true, Pdeathsig: syscall.SIGKILL}
}

// hostFolders are written to by containerd, its CNI library and the kubelet at fixed paths. Each node gets empty ones of its own in memory:
// otherwise files would be left on the host, and two nodes would take each other's sockets.
var hostFolders = []string{"/run/netns", "/run/containerd", "/var/lib/cni", "/var/lib/kubelet", "/var/log/containers"}

func hideHostFolders() error {
	for _, folder := range hostFolders {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
		if err := syscall.Mount("tmpfs", folder, "tmpfs", syscall.MS_NOSUID|syscall.MS_NODEV, "mode=0755"); err != nil {
			return fmt.Errorf("%s can't be hidden from the node: %w", folder, err)
		}
	}
	return nil
}

// setUpNode makes the fresh namespaces into a machine: mounts of its own, /proc of its own processes, a host name and a network.
func setUpNode(plan config.Plan) error {
	if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("mounts can't be made private: %w", err)
	}
	// Shared again, but only among the node's own processes: pods may ask for mounts that propagate.
	if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_SHARED, ""); err != nil {
		return fmt.Errorf("mounts can't be shared inside the node: %w", err)
	}
	if err := syscall.Mount("proc", "/proc", "proc", syscall.MS_NOSUID|syscall.MS_NOEXEC|syscall.MS_NODEV, ""); err != nil {
		return fmt.Errorf("/proc can't be mounted: %w", err)
	}
	if err := hideHostFolders(); err != nil {
		return err
	}
	if err := syscall.Sethostname([]byte(plan.HostName)); err != nil {
		return fmt.Errorf("host name: %w", err)
	}
	// Debian keeps iptables and runc here, and a user's PATH may lack it.
	if err := os.Setenv("PATH", os.Getenv("PATH")+":/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin"); err != nil {
		return err
	}
	return network.SetUpNode(plan.NodeIP, plan.HostIP, linkPatience)
}

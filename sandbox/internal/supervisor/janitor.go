package supervisor

import (
	"io"
	"os"
	"os/exec"
	"syscall"
	"time"

	"quarterdeck/sandbox/internal/state"
)

// JanitorCommand and the other names by which this program starts itself again.
const (
	SuperviseCommand = "supervise"
	RunCommand       = "run-parts"
	JanitorCommand   = "janitor"
)

// startJanitor starts the process that outlives a killed supervisor. The supervisor keeps the writing end of a pipe, which the kernel closes
// when it ends; nothing is ever written to it.
func startJanitor(program string, cluster state.Cluster) (*os.File, error) {
	reader, writer, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer reader.Close()
	output, err := os.OpenFile(cluster.Log("janitor"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	defer output.Close()
	command := exec.Command(program, JanitorCommand, cluster.Name)
	command.Stdin, command.Stdout, command.Stderr = reader, output, output
	command.Dir = "/"
	command.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := command.Start(); err != nil {
		return nil, err
	}
	go command.Wait() //nolint:errcheck // only so that an early death leaves no zombie
	return writer, nil
}

// Janitor waits for the supervisor's end and tidies up unless that has been done.
func Janitor(cluster state.Cluster) error {
	if _, err := io.Copy(io.Discard, os.Stdin); err != nil {
		return err
	}
	// The lock goes with the supervisor's last file, which may be a moment after the pipe.
	for range 100 {
		done, err := Sweep(cluster)
		if done || err != nil {
			return err
		}
		if record, err := cluster.Load(); err != nil || record.Phase == state.Stopped || record.Phase == state.Failed {
			return ignoreMissing(err)
		}
		time.Sleep(20 * time.Millisecond)
	}
	return nil // a new supervisor has the lock, and it has swept before it started
}

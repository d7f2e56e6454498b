package supervisor

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
)

// spawn starts a program with its output in a log file. It stays below os/exec so that only reap waits for children.
func spawn(argv []string, dir, logFile string, dieWithParent bool) (int, error) {
	program, err := exec.LookPath(argv[0])
	if err != nil {
		return 0, err
	}
	output, err := os.OpenFile(logFile, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, err
	}
	defer output.Close()
	input, err := os.Open(os.DevNull)
	if err != nil {
		return 0, err
	}
	defer input.Close()
	return syscall.ForkExec(program, append([]string{filepath.Base(argv[0])}, argv[1:]...), &syscall.ProcAttr{
		Dir: dir, Env: os.Environ(), Files: []uintptr{input.Fd(), output.Fd(), output.Fd()}, Sys: childAttributes(dieWithParent),
	})
}

// reap collects every child that has ended; SIGCHLD may stand for several.
func (r *runner) reap() error {
	for {
		var status syscall.WaitStatus
		pid, err := syscall.Wait4(-1, &status, syscall.WNOHANG, nil)
		if errors.Is(err, syscall.EINTR) {
			continue
		}
		if err != nil || pid <= 0 {
			return nil // no children at all, or none that has ended
		}
		if err := r.ended(pid, status); err != nil {
			return err
		}
	}
}

func (r *runner) ended(pid int, status syscall.WaitStatus) error {
	if pid == r.loading {
		if status.ExitStatus() != 0 {
			return fmt.Errorf("the image %s can't be imported: ctr %s; see `qd-sandbox logs images`", r.images[0], describe(status))
		}
		r.imageLoaded()
		return nil
	}
	name, ours := r.running[pid]
	if !ours {
		return nil // an orphan that fell to us as the namespace's first process
	}
	delete(r.running, pid)
	r.well[name] = false
	r.prober.forget(name)
	r.send(event{Part: name, State: stateDead, Detail: describe(status)})
	for _, part := range r.plan.Parts {
		if part.Name == name && part.Critical {
			return fmt.Errorf("%s %s, and the cluster can't live without it", name, describe(status))
		}
	}
	return nil
}

func describe(status syscall.WaitStatus) string {
	if status.Signaled() {
		return fmt.Sprintf("was ended by signal %d (%s)", status.Signal(), status.Signal())
	}
	return fmt.Sprintf("exited with code %d", status.ExitStatus())
}

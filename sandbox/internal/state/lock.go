package state

import (
	"os"
	"syscall"
)

// Lock is held by a supervisor for its whole life. The kernel drops it when the process ends, however it ends,
// so it says "alive" more surely than a process id, which may have been given to somebody else.
type Lock struct{ file *os.File }

// Acquire takes the cluster's lock; false means that a supervisor lives.
func (c Cluster) Acquire() (*Lock, bool, error) {
	file, err := os.OpenFile(c.Path("lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, false, err
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = file.Close() // the flock error is the one that matters
		return nil, false, nil
	}
	return &Lock{file: file}, true, nil
}

// Release gives the lock back.
func (l *Lock) Release() error { return l.file.Close() }

// Alive tells whether a supervisor of the cluster runs.
func (c Cluster) Alive() bool {
	if _, err := os.Stat(c.Path("lock")); err != nil {
		return false
	}
	lock, free, err := c.Acquire()
	if err != nil || !free {
		return err == nil
	}
	_ = lock.Release() // nothing was written under it
	return false
}

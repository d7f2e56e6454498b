package supervisor

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"sync"
	"syscall"
	"time"

	"quarterdeck/sandbox/internal/config"
	"quarterdeck/sandbox/internal/state"
)

// Readiness is what a cluster must reach once its API server answers; it may deploy addons. tell names the step being waited for.
type Readiness func(ctx context.Context, record state.Record, tell func(step string)) error

// supervisor owns one cluster from its start to its end.
type supervisor struct {
	cluster state.Cluster
	program string
	log     *slog.Logger
	runner  *exec.Cmd
	mutex   sync.Mutex // guards record
	record  state.Record
	apiUp   milestone
	images  milestone
	fatal   string
}

// Supervise runs a prepared cluster until it is told to end or a critical part dies. `up` starts it as a process of its own.
func Supervise(cluster state.Cluster, ready Readiness) error {
	lock, err := acquirePatiently(cluster)
	if err != nil {
		return err
	}
	defer lock.Release() //nolint:errcheck // the process ends right after
	boss, err := newSupervisor(cluster)
	if err != nil {
		return err
	}
	pipe, err := startJanitor(boss.program, cluster)
	if err != nil {
		return boss.finish(state.Failed, fmt.Errorf("the janitor can't be started: %w", err))
	}
	defer pipe.Close()
	return boss.run(ready)
}

// acquirePatiently allows for a `status` that looks at the lock in this very moment.
func acquirePatiently(cluster state.Cluster) (*state.Lock, error) {
	for range 50 {
		lock, free, err := cluster.Acquire()
		if err != nil || free {
			return lock, err
		}
		time.Sleep(20 * time.Millisecond)
	}
	return nil, fmt.Errorf("cluster %s already has a supervisor", cluster.Name)
}

func newSupervisor(cluster state.Cluster) (*supervisor, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	record, err := cluster.Load()
	if err != nil {
		return nil, err
	}
	record.Supervisor = os.Getpid()
	boss := &supervisor{cluster: cluster, program: program, record: record, apiUp: newMilestone(), images: newMilestone(), log: slog.New(slog.NewTextHandler(os.Stderr, nil))}
	return boss, cluster.Save(record)
}

func (s *supervisor) run(ready Readiness) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	ended, err := s.startRunner()
	if err != nil {
		return s.finish(state.Failed, err)
	}
	if err := s.isolateRunner(); err != nil {
		s.killRunner(ended)
		return s.finish(state.Failed, err)
	}
	prepared := make(chan error, 1)
	go func() { prepared <- s.awaitReady(ctx, ready) }()
	for {
		select {
		case err := <-prepared:
			if err != nil && ctx.Err() == nil {
				// The cluster stays up so that it can be looked at; `up` reports what is missing.
				s.log.Error("not ready", "reason", err)
				s.update(func(record *state.Record) { record.Reason = err.Error() })
			}
			prepared = nil
		case <-ended:
			return s.finish(state.Failed, errors.New(s.deathReason()))
		case <-ctx.Done():
			s.killRunner(ended)
			return s.finish(state.Stopped, nil)
		}
	}
}

// startRunner starts the process below which the whole cluster lives, and follows its events.
func (s *supervisor) startRunner() (<-chan struct{}, error) {
	reader, writer, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	s.runner = exec.Command(s.program, RunCommand, s.cluster.Path("plan.json"))
	s.runner.Stdout, s.runner.Stderr = os.Stderr, os.Stderr
	s.runner.ExtraFiles = []*os.File{writer}
	s.runner.SysProcAttr = runnerAttributes(s.record.Mode == state.ModeNode)
	started, ended := make(chan error), make(chan struct{})
	go func() {
		// The death signal fires when the thread that forked ends: this goroutine keeps its thread for the runner's whole life.
		runtime.LockOSThread()
		started <- s.runner.Start()
		_ = writer.Close()
		_ = s.runner.Wait() // how it ended is told by its last event
		close(ended)
	}()
	if err := <-started; err != nil {
		return nil, fmt.Errorf("the cluster's first process can't be started: %w", err)
	}
	s.update(func(record *state.Record) { record.NodePID = s.runner.Process.Pid })
	go func() {
		if err := readEvents(reader, s.handle); err != nil {
			s.log.Error("events of the runner are unreadable", "reason", err)
		}
	}()
	return ended, nil
}

func (s *supervisor) killRunner(ended <-chan struct{}) {
	// In a pid namespace the kernel now kills everything inside; elsewhere each part's death signal does.
	_ = s.runner.Process.Kill() // it may have ended already
	<-ended
}

func (s *supervisor) handle(one event) {
	if one.Fatal != "" {
		s.log.Error("the cluster ends", "reason", one.Fatal)
		s.mutex.Lock()
		s.fatal = one.Fatal
		s.mutex.Unlock()
		return
	}
	s.log.Info(one.Part, "state", one.State, "detail", one.Detail)
	pid := 0
	if one.State == stateStarting {
		pid = s.hostPID(one.PID)
	}
	s.update(func(record *state.Record) {
		for i := range record.Parts {
			applyEvent(&record.Parts[i], one, pid)
		}
	})
	if one.State == stateRunning {
		switch one.Part {
		case apiServerPart:
			s.apiUp.reach()
		case config.AllImages:
			s.images.reach()
		}
	}
}

func (s *supervisor) hostPID(inner int) int {
	if s.record.Mode != state.ModeNode {
		return inner
	}
	return hostPID(s.runner.Process.Pid, inner)
}

func applyEvent(part *state.Part, one event, pid int) {
	if part.Name != one.Part {
		return
	}
	part.State, part.Detail, part.Since = one.State, one.Detail, time.Now()
	switch one.State {
	case stateStarting:
		part.PID = pid
	case stateDead:
		part.PID = 0
	}
}

func (s *supervisor) awaitReady(ctx context.Context, ready Readiness) error {
	if err := s.apiUp.await(ctx); err != nil {
		return err
	}
	tell := func(step string) { s.update(func(record *state.Record) { record.Step = step }) }
	if err := ready(ctx, s.snapshot(), tell); err != nil {
		return err
	}
	tell("images")
	if err := s.images.await(ctx); err != nil {
		return err
	}
	s.update(func(record *state.Record) {
		record.Phase, record.Step = state.Ready, ""
		record.Seconds = time.Since(record.StartedAt).Seconds()
	})
	s.log.Info("ready", "seconds", s.snapshot().Seconds)
	return nil
}

func (s *supervisor) snapshot() state.Record {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.record
}

func (s *supervisor) update(change func(*state.Record)) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	change(&s.record)
	if err := s.cluster.Save(s.record); err != nil {
		s.log.Error("state can't be written", "reason", err)
	}
}

func (s *supervisor) deathReason() string {
	time.Sleep(100 * time.Millisecond) // the last event may still be in the pipe
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.fatal != "" {
		return s.fatal
	}
	return "the cluster's first process was killed: " + s.runner.ProcessState.String()
}

// finish tidies up and writes how the cluster ended.
func (s *supervisor) finish(phase state.Phase, reason error) error {
	cleaned := clean(s.cluster, s.snapshot())
	s.update(func(record *state.Record) {
		record.Phase, record.Step, record.NodePID = phase, "", 0
		if reason != nil {
			record.Reason = reason.Error()
		}
		endParts(record.Parts)
	})
	s.log.Info("ended", "phase", phase, "reason", reason, "cleanup", cleaned)
	return errors.Join(reason, cleaned)
}

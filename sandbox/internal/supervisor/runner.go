package supervisor

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"syscall"
	"time"

	"quarterdeck/sandbox/internal/config"
)

// eventPipe is the file descriptor on which the supervisor listens.
const eventPipe = 3

const linkPatience = 15 * time.Second

// runner starts parts and reaps every process below it. All of it happens on one goroutine: as the first process of a pid namespace it also
// inherits orphans, and a second place that waits for children would steal exits from the first.
type runner struct {
	plan    config.Plan
	report  *json.Encoder
	running map[int]string // pid to part
	begun   map[string]bool
	well    map[string]bool
	probes  chan probeResult
	prober  *prober
	images  []string
	loading int // pid of the image import under way
}

// RunParts carries out the plan in the file until a critical part dies or the runner is told to stop.
func RunParts(planFile string) error {
	// Children get a death signal that fires when the *thread* that forked them ends, so the main one forks and never leaves.
	runtime.LockOSThread()
	run, err := newRunner(planFile)
	if err != nil {
		return err
	}
	if run.plan.HostName != "" {
		if err := setUpNode(run.plan); err != nil {
			return run.fail(fmt.Errorf("the node's namespaces can't be set up: %w", err))
		}
	}
	return run.fail(run.loop())
}

func newRunner(planFile string) (*runner, error) {
	data, err := os.ReadFile(planFile)
	if err != nil {
		return nil, err
	}
	run := &runner{
		running: map[int]string{}, begun: map[string]bool{}, well: map[string]bool{}, probes: make(chan probeResult),
		report: json.NewEncoder(os.NewFile(eventPipe, "events")),
	}
	if err := json.Unmarshal(data, &run.plan); err != nil {
		return nil, fmt.Errorf("%s: %w", planFile, err)
	}
	run.images = run.plan.Images
	run.prober, err = newProber(filepath.Join(run.plan.Dir, "pki"))
	// The pipe must not reach the parts: the supervisor takes its end for the end of the runner.
	syscall.CloseOnExec(eventPipe)
	return run, err
}

func (r *runner) fail(err error) error {
	if err == nil || errors.Is(err, errStopped) {
		return nil
	}
	r.send(event{Fatal: err.Error()})
	return err
}

func (r *runner) send(one event) {
	// Nobody listens when the supervisor is gone, and then this process is about to be killed as well.
	_ = r.report.Encode(one)
}

var errStopped = errors.New("told to stop")

func (r *runner) loop() error {
	children := make(chan os.Signal, 1)
	signal.Notify(children, syscall.SIGCHLD)
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, syscall.SIGINT)
	for {
		if err := r.startWhatCan(); err != nil {
			return err
		}
		select {
		case <-children:
			if err := r.reap(); err != nil {
				return err
			}
		case result := <-r.probes:
			r.note(result)
		case <-stop:
			r.killAll()
			return errStopped
		}
	}
}

// startWhatCan comes after every event. Images first: the last one may be what a part waits for, and no other event need follow.
func (r *runner) startWhatCan() error {
	if err := r.loadNextImage(); err != nil {
		return err
	}
	for _, part := range r.plan.Parts {
		if r.begun[part.Name] || !r.allWell(part.After) {
			continue
		}
		if err := r.start(part); err != nil {
			return err
		}
	}
	return nil
}

func (r *runner) allWell(names []string) bool {
	return !slices.ContainsFunc(names, func(name string) bool { return !r.well[name] })
}

func (r *runner) start(part config.Part) error {
	r.begun[part.Name] = true
	pid, err := spawn(part.Argv, r.plan.Dir, filepath.Join(r.plan.Dir, "log", part.Name+".log"), r.plan.HostName == "")
	if err != nil {
		return fmt.Errorf("%s can't be started: %w", part.Name, err)
	}
	r.running[pid] = part.Name
	r.send(event{Part: part.Name, State: stateStarting, PID: pid})
	go r.prober.watch(part, r.probes)
	return nil
}

func (r *runner) note(result probeResult) {
	if result.err != nil {
		r.send(event{Part: result.part, State: stateUnhealthy, Detail: result.err.Error()})
		return
	}
	r.well[result.part] = true
	r.send(event{Part: result.part, State: stateRunning})
}

// loadNextImage imports one image after the other: containerd unpacks them one by one anyway.
func (r *runner) loadNextImage() error {
	if len(r.images) == 0 {
		r.tellImagesLoaded()
		return nil
	}
	if !r.well[config.Containerd] || r.loading != 0 {
		return nil
	}
	argv := []string{"ctr", "--address", r.plan.Socket, "--namespace", "k8s.io", "images", "import", r.images[0]}
	pid, err := spawn(argv, r.plan.Dir, filepath.Join(r.plan.Dir, "log", "images.log"), r.plan.HostName == "")
	if err != nil {
		return fmt.Errorf("images can't be imported: %w", err)
	}
	r.loading = pid
	return nil
}

// imageLoaded notes that the import under way has succeeded. The first image is the one that pods can't start without.
func (r *runner) imageLoaded() {
	r.loading = 0
	r.images = r.images[1:]
	r.well[config.FirstImage] = true
}

func (r *runner) tellImagesLoaded() {
	if r.well[config.AllImages] {
		return
	}
	r.well[config.AllImages] = true
	r.send(event{Part: config.AllImages, State: stateRunning})
}

func (r *runner) killAll() {
	for pid := range r.running {
		_ = syscall.Kill(pid, syscall.SIGKILL) // it may have ended in this moment
	}
}

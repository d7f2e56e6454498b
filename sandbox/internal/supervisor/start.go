package supervisor

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"

	"quarterdeck/sandbox/internal/config"
	"quarterdeck/sandbox/internal/problem"
	"quarterdeck/sandbox/internal/state"
)

// Start hands a prepared cluster over to a supervisor process of its own.
func Start(cluster state.Cluster, record state.Record, plan config.Plan) error {
	encoded, err := json.MarshalIndent(plan, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(cluster.Path("plan.json"), encoded, 0o600); err != nil {
		return err
	}
	for _, part := range plan.Parts {
		record.Parts = append(record.Parts, state.Part{Name: part.Name, Critical: part.Critical, State: stateWaiting, Since: time.Now()})
	}
	if err := cluster.Save(record); err != nil {
		return err
	}
	return detach(cluster)
}

func detach(cluster state.Cluster) error {
	program, err := os.Executable()
	if err != nil {
		return err
	}
	output, err := os.OpenFile(cluster.Log("supervisor"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer output.Close()
	command := exec.Command(program, SuperviseCommand, cluster.Name)
	command.Stdout, command.Stderr = output, output
	command.Dir = "/"
	// A session of its own: neither Ctrl-C nor the end of the terminal reaches it.
	command.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := command.Start(); err != nil {
		return fmt.Errorf("the supervisor can't be started: %w", err)
	}
	return command.Process.Release()
}

// Await waits until the cluster is ready, telling each new step, and explains why it isn't when the time is over.
func Await(cluster state.Cluster, patience time.Duration, tell func(step string)) (state.Record, error) {
	var last string
	for deadline := time.Now().Add(patience); ; time.Sleep(40 * time.Millisecond) {
		record, err := cluster.Load()
		if err != nil {
			return record, err
		}
		switch {
		case record.Phase == state.Ready:
			return record, nil
		case record.Phase == state.Failed || record.Phase == state.Stopped:
			return record, ended(cluster, record)
		case record.Reason != "":
			return record, late(cluster, record, record.Reason)
		case time.Now().After(deadline):
			return record, late(cluster, record, "it still waits for "+waitingFor(record)+" after "+patience.String())
		case record.Supervisor > 1 && !cluster.Alive() && processGone(record.Supervisor):
			return record, ended(cluster, record)
		}
		if step := waitingFor(record); step != last {
			last = step
			tell(step)
		}
	}
}

func processGone(pid int) bool { return errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) }

func waitingFor(record state.Record) string {
	if record.Step != "" {
		return record.Step
	}
	var names []string
	for _, part := range record.Parts {
		if part.State != stateRunning {
			names = append(names, part.Name)
		}
	}
	return strings.Join(names, ", ")
}

func ended(cluster state.Cluster, record state.Record) error {
	reason := record.Reason
	if reason == "" {
		reason = "its supervisor ended; the last lines of its log: " + Tail(cluster.Log("supervisor"), 5)
	}
	return problem.New("cluster " + cluster.Name + " ended while starting").Because(reason).
		Try("read `qd-sandbox status --name " + cluster.Name + "` and `qd-sandbox logs --name " + cluster.Name + " PART`")
}

func late(cluster state.Cluster, record state.Record, reason string) error {
	return problem.New("cluster " + cluster.Name + " is not ready").Because(reason).
		Try("it keeps running (kubeconfig " + record.Kubeconfig + "); look with `qd-sandbox status --name " + cluster.Name + "`, end it with `qd-sandbox down --name " + cluster.Name + "`")
}

package commands

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"quarterdeck/sandbox/internal/problem"
	"quarterdeck/sandbox/internal/state"
	"quarterdeck/sandbox/internal/supervisor"
)

// linesOfTheDead is how much of a dead part's log `status` shows.
const linesOfTheDead = 8

// report is what `status` says of a cluster.
type report struct {
	state.Record
	Alive    bool              `json:"alive"`
	LastLogs map[string]string `json:"lastLogs,omitempty"` // of parts that are not well
}

func statusCommand(shared *options) *cobra.Command {
	return &cobra.Command{
		Use: "status", Short: "Show clusters and the health of their parts", Args: exactly(0, "no arguments"),
		RunE: func(command *cobra.Command, _ []string) error {
			if err := supervisor.SweepAll(); err != nil {
				return err
			}
			if command.Flags().Changed("name") {
				return showOne(shared)
			}
			return showAll(shared)
		},
	}
}

func showOne(shared *options) error {
	if !shared.cluster().Exists() {
		return noCluster(shared.name)
	}
	one, err := reportOn(shared.cluster())
	if err != nil {
		return err
	}
	return shared.print(one, one.write)
}

func showAll(shared *options) error {
	clusters, err := state.List()
	if err != nil {
		return err
	}
	reports := []report{}
	for _, cluster := range clusters {
		one, err := reportOn(cluster)
		if err != nil {
			return err
		}
		reports = append(reports, one)
	}
	return shared.print(reports, func(out io.Writer) {
		if len(reports) == 0 {
			fmt.Fprintln(out, "there is no cluster; `qd-sandbox up` starts one")
		}
		for _, one := range reports {
			one.write(out)
		}
	})
}

func noCluster(name string) error {
	return problem.New("there is no cluster " + name).Try("start it with `qd-sandbox up --name " + name + "`, or list clusters with `qd-sandbox status`")
}

func reportOn(cluster state.Cluster) (report, error) {
	record, err := cluster.Load()
	if err != nil {
		return report{}, err
	}
	answer := report{Record: record, Alive: runs(cluster, record), LastLogs: map[string]string{}}
	for _, part := range record.Parts {
		if part.State == "unhealthy" || (part.State == "dead" && part.Detail != supervisor.EndedWithCluster) {
			answer.LastLogs[part.Name] = supervisor.Tail(cluster.Log(part.Name), linesOfTheDead)
		}
	}
	return answer, nil
}

func (r report) write(out io.Writer) {
	fmt.Fprintf(out, "%s: %s, %s, %d node(s)", r.Name, r.Phase, r.Mode, r.Nodes)
	if r.Alive {
		fmt.Fprintf(out, ", up for %s", time.Since(r.StartedAt).Round(time.Second))
	}
	fmt.Fprintln(out)
	if r.Reason != "" {
		fmt.Fprintln(out, "  why:", r.Reason)
	}
	if r.Step != "" {
		fmt.Fprintln(out, "  waits for:", r.Step)
	}
	fmt.Fprintln(out, "  kubeconfig:", r.Kubeconfig)
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, part := range r.Parts {
		pid := ""
		if part.PID > 0 {
			pid = fmt.Sprintf("process %d", part.PID)
		}
		fmt.Fprintf(table, "  %s\t%s\t%s\t%s\n", part.Name, part.State, pid, part.Detail)
	}
	_ = table.Flush() // the same writer as above
	for name, lines := range r.LastLogs {
		fmt.Fprintf(out, "  last lines of %s:\n    %s\n", name, strings.ReplaceAll(lines, "\n", "\n    "))
	}
}

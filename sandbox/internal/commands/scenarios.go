package commands

import (
	"context"
	"fmt"
	"io"
	"sync"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"quarterdeck/sandbox/internal/problem"
	"quarterdeck/sandbox/internal/scenario"
)

// result is what became of one scenario.
type result struct {
	ID      string  `json:"id"`
	OK      bool    `json:"ok"`
	Seconds float64 `json:"seconds"`
	Error   string  `json:"error,omitempty"`
}

func loadCommand(shared *options) *cobra.Command {
	var noWait, all bool
	command := &cobra.Command{
		Use: "load SCENARIO…", Short: "Break something: apply scenarios, all at once, and wait until their symptoms show",
		RunE: func(command *cobra.Command, ids []string) error {
			return forEach(command.Context(), shared, allOr(all, ids), "is on the cluster", func(ctx context.Context, stage scenario.Stage, one scenario.Scenario) error {
				return stage.Load(ctx, one, !noWait)
			})
		},
	}
	command.Flags().BoolVar(&noWait, "no-wait", false, "return as soon as everything is applied")
	command.Flags().BoolVar(&all, "all", false, "every scenario")
	return command
}

func fixCommand(shared *options) *cobra.Command {
	return &cobra.Command{
		Use: "fix SCENARIO…", Short: "Mend scenarios in the known way and verify it", Args: atLeastOne("the id of a scenario"),
		RunE: func(command *cobra.Command, ids []string) error {
			return forEach(command.Context(), shared, ids, "is mended", func(ctx context.Context, stage scenario.Stage, one scenario.Scenario) error {
				return stage.Fix(ctx, one)
			})
		},
	}
}

func verifyCommand(shared *options) *cobra.Command {
	return &cobra.Command{
		Use: "verify SCENARIO…", Short: "Check whether scenarios have recovered", Args: atLeastOne("the id of a scenario"),
		RunE: func(command *cobra.Command, ids []string) error {
			return forEach(command.Context(), shared, ids, "has recovered", func(ctx context.Context, stage scenario.Stage, one scenario.Scenario) error {
				return stage.Verify(ctx, one)
			})
		},
	}
}

func unloadCommand(shared *options) *cobra.Command {
	var noWait bool
	command := &cobra.Command{
		Use: "unload SCENARIO…", Short: "Take scenarios off the cluster", Args: atLeastOne("the id of a scenario"),
		RunE: func(command *cobra.Command, ids []string) error {
			return forEach(command.Context(), shared, ids, "is off the cluster", func(ctx context.Context, stage scenario.Stage, one scenario.Scenario) error {
				return stage.Unload(ctx, one, !noWait)
			})
		},
	}
	command.Flags().BoolVar(&noWait, "no-wait", false, "do not wait until the namespaces are gone")
	return command
}

// allOr gives the marker for "all" that forEach understands.
func allOr(all bool, ids []string) []string {
	if all {
		return nil
	}
	if ids == nil {
		return []string{}
	}
	return ids
}

func openStage(shared *options) (scenario.Stage, error) {
	cluster := shared.cluster()
	record, err := cluster.Load()
	if err != nil {
		return scenario.Stage{}, noCluster(shared.name)
	}
	if !runs(cluster, record) {
		return scenario.Stage{}, problem.New("cluster " + shared.name + " does not run").Because(record.Reason).Try("start it with `qd-sandbox up --name " + shared.name + "`")
	}
	return scenario.Stage{Library: scenario.Open(), Kubeconfig: cluster.Kubeconfig()}, nil
}

// forEach does the same with several scenarios at once; ids nil means all of them.
func forEach(ctx context.Context, shared *options, ids []string, done string, do func(context.Context, scenario.Stage, scenario.Scenario) error) error {
	if ids != nil && len(ids) == 0 {
		return problem.Usage("this needs the id of a scenario").Try("`qd-sandbox scenarios` lists all")
	}
	library := scenario.Open()
	if ids == nil {
		var err error
		if ids, err = library.IDs(); err != nil {
			return err
		}
	}
	chosen, err := library.Select(ids)
	if err != nil {
		return err
	}
	stage, err := openStage(shared)
	if err != nil {
		return err
	}
	return shared.showResults(atOnce(ctx, stage, chosen, do), done)
}

func atOnce(ctx context.Context, stage scenario.Stage, chosen []scenario.Scenario, do func(context.Context, scenario.Stage, scenario.Scenario) error) []result {
	results := make([]result, len(chosen))
	var group sync.WaitGroup
	for i, one := range chosen {
		group.Go(func() {
			began := time.Now()
			err := do(ctx, stage, one)
			results[i] = result{ID: one.ID, OK: err == nil, Seconds: time.Since(began).Seconds()}
			if err != nil {
				results[i].Error = err.Error()
			}
		})
	}
	group.Wait()
	return results
}

func (o *options) showResults(results []result, done string) error {
	failed := 0
	for _, one := range results {
		if !one.OK {
			failed++
		}
	}
	err := o.print(results, func(out io.Writer) {
		for _, one := range results {
			if one.OK {
				fmt.Fprintf(out, "%s %s (%.0f s)\n", one.ID, done, one.Seconds)
			} else {
				fmt.Fprintf(out, "%s: %s\n", one.ID, one.Error)
			}
		}
	})
	if err != nil || failed == 0 {
		return err
	}
	if o.json() {
		return &silentFailure{}
	}
	return problem.New(fmt.Sprintf("%d of %d scenarios failed", failed, len(results)))
}

// silentFailure is an exit code without words, for JSON that has said everything.
type silentFailure struct{}

func (*silentFailure) Error() string { return "" }

func resetCommand(shared *options) *cobra.Command {
	return &cobra.Command{
		Use: "reset", Short: "Take everything off the cluster that a fresh one doesn't have", Args: exactly(0, "no arguments"),
		RunE: func(command *cobra.Command, _ []string) error {
			stage, err := openStage(shared)
			if err != nil {
				return err
			}
			removed, err := stage.Reset(command.Context())
			if err != nil {
				return problem.New("the cluster is not clean").From(err).Try("run `qd-sandbox reset` again, or start afresh: `qd-sandbox down` and `qd-sandbox up`")
			}
			return shared.print(map[string][]string{"removed": removed}, func(out io.Writer) {
				fmt.Fprintf(out, "the cluster is clean; %d namespace(s) removed\n", len(removed))
			})
		},
	}
}

// listed is a scenario in the list.
type listed struct {
	scenario.Scenario
	Fixable bool `json:"fixable"`
	Loaded  bool `json:"loaded"`
}

func scenariosCommand(shared *options) *cobra.Command {
	return &cobra.Command{
		Use: "scenarios", Short: "List the scenarios", Args: exactly(0, "no arguments"),
		RunE: func(command *cobra.Command, _ []string) error {
			all, err := scenario.Open().All()
			if err != nil {
				return err
			}
			loaded := map[string]bool{}
			if stage, err := openStage(shared); err == nil {
				if loaded, err = stage.Loaded(command.Context(), all); err != nil {
					return err
				}
			}
			list := []listed{}
			for _, one := range all {
				list = append(list, listed{Scenario: one, Fixable: len(one.ReferenceFix) > 0, Loaded: loaded[one.ID]})
			}
			return shared.print(list, func(out io.Writer) { writeScenarios(out, list) })
		},
	}
}

func writeScenarios(out io.Writer, list []listed) {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, one := range list {
		grade, mark := one.Difficulty, ""
		if one.Healthy {
			grade = "healthy"
		}
		if one.Loaded {
			mark = "(loaded)"
		}
		fmt.Fprintf(table, "%s\t%s\t%s %s\n", one.ID, grade, one.Title, mark)
	}
	_ = table.Flush() // the same writer as the answer
}

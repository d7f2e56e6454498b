package commands

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"quarterdeck/sandbox/internal/docker"
	"quarterdeck/sandbox/internal/state"
	"quarterdeck/sandbox/internal/supervisor"
)

// gone is what `down` says of each cluster.
type gone struct {
	Name    string  `json:"name"`
	Existed bool    `json:"existed"`
	Seconds float64 `json:"seconds"`
}

func downCommand(shared *options) *cobra.Command {
	var all bool
	command := &cobra.Command{
		Use: "down", Short: "End a cluster and remove all of it", Args: exactly(0, "no arguments"),
		RunE: func(command *cobra.Command, _ []string) error {
			clusters := []state.Cluster{shared.cluster()}
			if all {
				var err error
				if clusters, err = state.List(); err != nil {
					return err
				}
			}
			return down(command.Context(), shared, clusters)
		},
	}
	command.Flags().BoolVar(&all, "all", false, "every cluster of this user")
	return command
}

func down(ctx context.Context, shared *options, clusters []state.Cluster) error {
	answers := []gone{}
	var failures error
	for _, cluster := range clusters {
		began := time.Now()
		existed := cluster.Exists()
		failures = errors.Join(failures, end(ctx, shared, cluster))
		answers = append(answers, gone{Name: cluster.Name, Existed: existed, Seconds: time.Since(began).Seconds()})
	}
	if failures != nil {
		return failures
	}
	return shared.print(answers, func(out io.Writer) {
		if len(answers) == 0 {
			fmt.Fprintln(out, "there is no cluster")
		}
		for _, one := range answers {
			if one.Existed {
				fmt.Fprintf(out, "%s is gone (%.1f s)\n", one.Name, one.Seconds)
			} else {
				fmt.Fprintf(out, "there is no cluster %s\n", one.Name)
			}
		}
	})
}

func end(ctx context.Context, shared *options, cluster state.Cluster) error {
	record, err := cluster.Load()
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if record.Mode == state.ModeK3d || record.Mode == state.ModeKind {
		if err := docker.Run(ctx, [][]string{docker.Down(record.Mode, cluster)}, shared.tell); err != nil {
			return err
		}
	} else if err := supervisor.Stop(cluster); err != nil {
		return err
	}
	return removeFolder(cluster)
}

// removeFolder tries more than once: a janitor that has just been released may still be writing its last line.
func removeFolder(cluster state.Cluster) error {
	var err error
	for range 20 {
		if err = os.RemoveAll(cluster.Dir()); err == nil {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	return fmt.Errorf("the folder of cluster %s can't be removed: %w", cluster.Name, err)
}

package commands

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"quarterdeck/sandbox/internal/problem"
	"quarterdeck/sandbox/internal/supervisor"
)

func logsCommand(shared *options) *cobra.Command {
	var follow bool
	var lines int
	command := &cobra.Command{
		Use: "logs [PART]", Short: "Show the log of a part, or the last lines of all",
		RunE: func(command *cobra.Command, args []string) error {
			if len(args) == 0 {
				args = []string{"supervisor"}
				if !follow {
					return allLogs(shared, min(lines, 5))
				}
			}
			return partLog(command.Context(), shared, args[0], lines, follow)
		},
	}
	command.Flags().BoolVarP(&follow, "follow", "f", false, "go on showing what is written")
	command.Flags().IntVar(&lines, "lines", 200, "how many of the last lines")
	return command
}

func logNames(shared *options) []string {
	files, err := filepath.Glob(shared.cluster().Path("log", "*.log"))
	if err != nil {
		return nil // only a malformed pattern, and ours is fixed
	}
	var names []string
	for _, file := range files {
		names = append(names, strings.TrimSuffix(filepath.Base(file), ".log"))
	}
	return names
}

func allLogs(shared *options, lines int) error {
	if !shared.cluster().Exists() {
		return noCluster(shared.name)
	}
	tails := map[string]string{}
	for _, name := range logNames(shared) {
		tails[name] = supervisor.Tail(shared.cluster().Log(name), lines)
	}
	return shared.print(tails, func(out io.Writer) {
		for _, name := range logNames(shared) {
			fmt.Fprintf(out, "== %s\n%s\n", name, tails[name])
		}
	})
}

func partLog(ctx context.Context, shared *options, part string, lines int, follow bool) error {
	if !shared.cluster().Exists() {
		return noCluster(shared.name)
	}
	path := shared.cluster().Log(part)
	file, err := os.Open(path)
	if err != nil {
		return problem.New("there is no log of \"" + part + "\"").From(err).Try("the logs are: " + strings.Join(logNames(shared), ", "))
	}
	defer file.Close()
	fmt.Fprintln(shared.stdout, supervisor.Tail(path, lines))
	if !follow {
		return nil
	}
	if _, err := file.Seek(0, io.SeekEnd); err != nil {
		return err
	}
	for ctx.Err() == nil {
		if _, err := io.Copy(shared.stdout, file); err != nil {
			return err
		}
		time.Sleep(200 * time.Millisecond)
	}
	return nil
}

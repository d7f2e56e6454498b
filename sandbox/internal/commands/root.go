// Package commands is the command line of qd-sandbox: one file per group of commands.
package commands

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"quarterdeck/sandbox/internal/problem"
	"quarterdeck/sandbox/internal/state"
)

// options hold what every command understands.
type options struct {
	name   string
	output string
	stdout io.Writer
	stderr io.Writer
}

func (o *options) cluster() state.Cluster { return state.Cluster{Name: o.name} }

func (o *options) json() bool { return o.output == "json" }

// print writes a value as JSON, or lets the function write it for people.
func (o *options) print(value any, people func(io.Writer)) error {
	if !o.json() {
		people(o.stdout)
		return nil
	}
	encoder := json.NewEncoder(o.stdout)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}

// tell shows progress; it goes to standard error so that standard output stays the answer.
func (o *options) tell(step string) {
	if step != "" {
		fmt.Fprintln(o.stderr, "…", step)
	}
}

// Execute runs a command line and gives the exit code.
func Execute(arguments []string) int {
	shared := &options{stdout: os.Stdout, stderr: os.Stderr}
	if len(arguments) > 0 {
		if run, ok := internalCommands[arguments[0]]; ok {
			return shared.exitCode(run(arguments[1:]))
		}
		if arguments[0] == "kubectl" {
			return shared.exitCode(kubectl(arguments[1:]))
		}
	}
	root := newRoot(shared)
	root.SetArgs(arguments)
	return shared.exitCode(root.Execute())
}

func newRoot(shared *options) *cobra.Command {
	root := &cobra.Command{
		Use: "qd-sandbox", Short: "A real Kubernetes on this machine, to break and to mend",
		SilenceErrors: true, SilenceUsage: true,
		PersistentPreRunE: func(*cobra.Command, []string) error { return checkOptions(shared) },
		Args:              func(_ *cobra.Command, args []string) error { return noSuchCommand(args) },
		RunE:              func(command *cobra.Command, _ []string) error { return command.Help() },
	}
	name := os.Getenv("QUARTERDECK_SANDBOX")
	if name == "" {
		name = state.DefaultName
	}
	root.PersistentFlags().StringVar(&shared.name, "name", name, "which cluster (environment: QUARTERDECK_SANDBOX)")
	root.PersistentFlags().StringVarP(&shared.output, "output", "o", "text", "text or json")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error {
		return problem.Usage(err.Error()).Try("see `qd-sandbox --help`")
	})
	root.CompletionOptions.DisableDefaultCmd = true
	root.AddCommand(upCommand(shared), downCommand(shared), statusCommand(shared), loadCommand(shared), fixCommand(shared), verifyCommand(shared),
		unloadCommand(shared), resetCommand(shared), scenariosCommand(shared), logsCommand(shared), kubeconfigCommand(shared),
		capabilitiesCommand(shared), kubectlHelp())
	return root
}

func checkOptions(shared *options) error {
	if shared.output != "text" && shared.output != "json" {
		return problem.Usage("--output " + shared.output + " is not known").Try("use text or json")
	}
	return state.CheckName(shared.name)
}

func noSuchCommand(args []string) error {
	if len(args) == 0 {
		return nil
	}
	return problem.Usage("there is no command \"" + args[0] + "\"").Try("see `qd-sandbox --help`")
}

// exactly and atLeast are cobra's argument checks with our errors.
func exactly(count int, what string) cobra.PositionalArgs {
	return func(command *cobra.Command, args []string) error {
		if len(args) == count {
			return nil
		}
		return problem.Usage(fmt.Sprintf("`%s` takes %s, not %d arguments", command.Name(), what, len(args))).Try("see `qd-sandbox " + command.Name() + " --help`")
	}
}

func atLeastOne(what string) cobra.PositionalArgs {
	return func(command *cobra.Command, args []string) error {
		if len(args) > 0 {
			return nil
		}
		return problem.Usage("`" + command.Name() + "` needs " + what).Try("see `qd-sandbox " + command.Name() + " --help`")
	}
}

// exitCode shows the error, if there is one, and turns it into an exit code.
func (o *options) exitCode(err error) int {
	if err == nil {
		return problem.ExitOK
	}
	if _, said := errors.AsType[*silentFailure](err); said {
		return problem.ExitFailure
	}
	failure := problem.As(err)
	if o.json() {
		_ = json.NewEncoder(o.stdout).Encode(failure) // a closed standard output leaves only the exit code to tell
	} else {
		fmt.Fprintln(o.stderr, "qd-sandbox:", failure.Error())
	}
	return failure.Code
}

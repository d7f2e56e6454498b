package commands

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"quarterdeck/sandbox/internal/capability"
	"quarterdeck/sandbox/internal/parts"
	"quarterdeck/sandbox/internal/state"
)

func kubeconfigCommand(shared *options) *cobra.Command {
	return &cobra.Command{
		Use: "kubeconfig", Short: "Print the path of the cluster's kubeconfig", Args: exactly(0, "no arguments"),
		RunE: func(*cobra.Command, []string) error {
			cluster := shared.cluster()
			if !cluster.Exists() {
				return noCluster(cluster.Name)
			}
			return shared.print(map[string]string{"kubeconfig": cluster.Kubeconfig()}, func(out io.Writer) { fmt.Fprintln(out, cluster.Kubeconfig()) })
		},
	}
}

func capabilitiesCommand(shared *options) *cobra.Command {
	var packages bool
	command := &cobra.Command{
		Use: "capabilities", Short: "Show which kinds of cluster this machine can run, and what the others need", Args: exactly(0, "no arguments"),
		RunE: func(*cobra.Command, []string) error {
			if packages {
				names := capability.Packages()
				return shared.print(names, func(out io.Writer) { fmt.Fprintln(out, strings.Join(names, " ")) })
			}
			abilities := capability.Look().Abilities()
			return shared.print(abilities, func(out io.Writer) { writeAbilities(out, abilities) })
		},
	}
	command.Flags().BoolVar(&packages, "packages", false, "only the Debian packages that a real node needs")
	return command
}

func writeAbilities(out io.Writer, abilities []capability.Ability) {
	for _, ability := range abilities {
		answer := "yes"
		if !ability.Can {
			answer = "no"
		}
		fmt.Fprintf(out, "%-4s %-14s %s\n", answer, ability.Mode, ability.What)
		if len(ability.Missing) > 0 {
			fmt.Fprintf(out, "     needs %s\n", strings.Join(ability.Missing, " and "))
		}
		if ability.Install != "" {
			fmt.Fprintf(out, "     run: %s\n", ability.Install)
		}
	}
}

// kubectl runs the real kubectl on a sandbox cluster. It never falls back to the user's own kubeconfig, which may well be production.
func kubectl(args []string) error {
	name := os.Getenv("QUARTERDECK_SANDBOX")
	if name == "" {
		name = state.DefaultName
	}
	// Only as the first argument: kubectl has a --name of its own.
	if len(args) > 0 && strings.HasPrefix(args[0], "--name=") {
		name, args = strings.TrimPrefix(args[0], "--name="), args[1:]
	} else if len(args) > 1 && args[0] == "--name" {
		name, args = args[1], args[2:]
	}
	if err := state.CheckName(name); err != nil {
		return err
	}
	if !namesKubeconfig(args) {
		cluster := state.Cluster{Name: name}
		if !cluster.Exists() {
			return noCluster(name)
		}
		if err := os.Setenv("KUBECONFIG", cluster.Kubeconfig()); err != nil {
			return err
		}
	}
	os.Args = append([]string{"kubectl"}, args...)
	parts.Kubectl()
	return nil
}

func namesKubeconfig(args []string) bool {
	for _, argument := range args {
		if argument == "--" {
			return false
		}
		if argument == "--kubeconfig" || strings.HasPrefix(argument, "--kubeconfig=") {
			return true
		}
	}
	return false
}

func kubectlHelp() *cobra.Command {
	return &cobra.Command{Use: "kubectl [--name NAME] ARGS…", Short: "Run kubectl on the cluster", DisableFlagParsing: true}
}

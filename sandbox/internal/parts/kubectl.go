package parts

import (
	"os"

	_ "k8s.io/client-go/plugin/pkg/client/auth" // cloud logins, as in the released kubectl
	"k8s.io/component-base/cli"
	"k8s.io/component-base/logs"
	"k8s.io/kubectl/pkg/cmd"
	"k8s.io/kubectl/pkg/cmd/util"
)

// Kubectl runs the real kubectl on os.Args, whose first entry is the program's name, and exits non-zero where it fails.
func Kubectl() {
	// kubectl wants its verbosity before the command is built; an unreadable -v is reported by the command itself.
	_, _ = logs.GlogSetter(cmd.GetLogVerbosity(os.Args))
	if err := cli.RunNoErrOutput(cmd.NewDefaultKubectlCommand()); err != nil {
		util.CheckErr(err)
	}
}

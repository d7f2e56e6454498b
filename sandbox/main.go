// qd-sandbox is a whole Kubernetes in one program: by its first argument it is a part of the cluster (etcd, kube-apiserver, …, kubectl)
// or a command that builds, breaks and removes clusters made of those parts.
package main

import (
	"os"
	"path/filepath"

	"quarterdeck/sandbox/internal/commands"
	"quarterdeck/sandbox/internal/parts"
)

func main() {
	if filepath.Base(os.Args[0]) == "kubectl" {
		parts.Kubectl()
		return
	}
	if len(os.Args) > 1 {
		if run, ok := parts.Lookup(os.Args[1]); ok {
			os.Args = os.Args[1:]
			run()
			return
		}
	}
	os.Exit(commands.Execute(os.Args[1:]))
}

// Package state is what the sandbox remembers on disk: where each cluster lives, what runs in it and how it ended.
package state

import (
	"os"
	"path/filepath"
	"regexp"

	"quarterdeck/sandbox/internal/problem"
)

// DefaultName is the cluster that commands mean when no --name is given.
const DefaultName = "default"

var validName = regexp.MustCompile(`^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$`)

// CheckName refuses names that can't be part of a cgroup, host and folder name.
func CheckName(name string) error {
	if validName.MatchString(name) {
		return nil
	}
	return problem.Usage("the cluster name \"" + name + "\" can't be used").
		Because("it becomes part of a host name, a cgroup and a folder").
		Try("use 1 to 20 lower-case letters, digits and dashes, starting with a letter")
}

// Root is the folder of all clusters.
func Root() string {
	return filepath.Join(base("QUARTERDECK_STATE", "XDG_STATE_HOME", ".local/state"), "sandbox")
}

// Cache is the folder of images and programs that outlive clusters.
func Cache() string {
	return filepath.Join(base("QUARTERDECK_CACHE", "XDG_CACHE_HOME", ".cache"), "sandbox")
}

func base(own, xdg, home string) string {
	if dir := os.Getenv(own); dir != "" {
		return absolute(dir)
	}
	if dir := os.Getenv(xdg); dir != "" {
		return filepath.Join(absolute(dir), "quarterdeck")
	}
	dir, err := os.UserHomeDir()
	if err != nil {
		dir = os.TempDir()
	}
	return filepath.Join(dir, home, "quarterdeck")
}

func absolute(dir string) string {
	full, err := filepath.Abs(dir)
	if err != nil {
		return dir
	}
	return full
}

// Cluster is the place of one cluster; every path of it is asked for here.
type Cluster struct{ Name string }

// Dir is the cluster's own folder.
func (c Cluster) Dir() string { return filepath.Join(Root(), c.Name) }

// Path joins inside the cluster's folder.
func (c Cluster) Path(parts ...string) string {
	return filepath.Join(append([]string{c.Dir()}, parts...)...)
}

// Kubeconfig is the administrator's kubeconfig.
func (c Cluster) Kubeconfig() string { return c.Path("kubeconfig") }

// Log is the log file of a part (or of "supervisor").
func (c Cluster) Log(part string) string { return c.Path("log", part+".log") }

// Cgroup is the one parent of every cgroup the cluster makes.
func (c Cluster) Cgroup() string { return "quarterdeck-" + c.Name }

// NodeName is the node's name in Kubernetes and its host name.
func (c Cluster) NodeName() string {
	if c.Name == DefaultName {
		return "quarterdeck"
	}
	return "quarterdeck-" + c.Name
}

// Exists tells whether anything was ever written for the cluster.
func (c Cluster) Exists() bool {
	_, err := os.Stat(c.Path("state.json"))
	return err == nil
}

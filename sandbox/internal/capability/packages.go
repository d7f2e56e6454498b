// Package capability finds out what kind of cluster this machine can run, and what it would take to run a better one.
package capability

import (
	"os/exec"
	"sort"
	"strings"
)

// Need is something on the machine that a real node can't do without.
type Need struct {
	Package string   // Debian's name
	Files   []string // any of these shows that it is there; a bare name is looked up in PATH and in the sbin folders
	For     string
}

// Needs is the one list of Debian packages that a real node uses.
var Needs = []Need{
	{Package: "containerd", Files: []string{"containerd"}, For: "runs containers"},
	{Package: "runc", Files: []string{"runc"}, For: "starts each container"},
	{Package: "containernetworking-plugins", Files: []string{"/usr/lib/cni/bridge"}, For: "pod network"},
	{Package: "iptables", Files: []string{"iptables"}, For: "Services"},
	{Package: "conntrack", Files: []string{"conntrack"}, For: "Services over UDP"},
	{Package: "busybox-static", Files: []string{"/usr/bin/busybox"}, For: "image local/busybox:1"},
	{Package: "nginx-light", Files: []string{"/usr/sbin/nginx"}, For: "image local/nginx:1"},
	{Package: "redis-server", Files: []string{"/usr/bin/redis-server"}, For: "image local/redis:1"},
	{Package: "python3.11", Files: []string{"/usr/bin/python3.11"}, For: "image local/python:1"},
	{Package: "libpython3.11-stdlib", Files: []string{"/usr/lib/python3.11/json/__init__.py"}, For: "image local/python:1"},
}

// Packages lists the Debian packages of a real node.
func Packages() []string {
	var names []string
	for _, need := range Needs {
		names = append(names, need.Package)
	}
	sort.Strings(names)
	return names
}

// InstallCommand is the line that installs the packages.
func InstallCommand(packages []string) string {
	// nginx and redis start themselves as services when they are installed; the sandbox only wants their programs.
	return "apt-get update && apt-get install --yes --no-install-recommends " + strings.Join(packages, " ")
}

var folders = []string{"/usr/local/sbin", "/usr/sbin", "/sbin"}

// Present looks for a program or a file.
func (m Machine) present(name string) bool {
	if strings.HasPrefix(name, "/") {
		return m.FileExists(name)
	}
	if _, err := exec.LookPath(name); err == nil && !m.OnlyFiles {
		return true
	}
	for _, folder := range append(folders, "/usr/bin", "/bin") {
		if m.FileExists(folder + "/" + name) {
			return true
		}
	}
	return false
}

func (m Machine) missingPackages() []string {
	var missing []string
	for _, need := range Needs {
		found := false
		for _, file := range need.Files {
			found = found || m.present(file)
		}
		if !found {
			missing = append(missing, need.Package)
		}
	}
	return missing
}

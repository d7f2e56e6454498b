package parts

import (
	"runtime/debug"
	"strings"
	_ "unsafe" // for go:linkname

	"k8s.io/component-base/version"
)

// Kubernetes stamps its version by linker flags. A plain `go build` has none, and clients that read /version then see "v0.0.0-master";
// linking to the variable lets one build command do.
//
//go:linkname gitVersion k8s.io/component-base/version.gitVersion
var gitVersion string

//go:linkname gitMajor k8s.io/component-base/version.gitMajor
var gitMajor string

//go:linkname gitMinor k8s.io/component-base/version.gitMinor
var gitMinor string

// KubernetesVersion is the release the parts were built from, read from the module list inside the binary.
func KubernetesVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return fallbackVersion
	}
	for _, module := range info.Deps {
		if module.Path == "k8s.io/kubernetes" && strings.HasPrefix(module.Version, "v") {
			return module.Version
		}
	}
	return fallbackVersion
}

const fallbackVersion = "v1.35.4"

func init() {
	gitVersion = KubernetesVersion()
	numbers := strings.SplitN(strings.TrimPrefix(gitVersion, "v"), ".", 3)
	gitMajor, gitMinor = numbers[0], numbers[1]
	if err := version.SetDynamicVersion(gitVersion); err != nil {
		panic("the linked Kubernetes version is not a version: " + err.Error())
	}
}

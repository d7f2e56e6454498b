package capability

import (
	"strings"

	"quarterdeck/sandbox/internal/problem"
	"quarterdeck/sandbox/internal/state"
)

// Ability is one kind of cluster, and why this machine can or can't run it.
type Ability struct {
	Mode    state.Mode `json:"mode"`
	What    string     `json:"what"`
	Can     bool       `json:"can"`
	Missing []string   `json:"missing,omitempty"`
	Install string     `json:"install,omitempty"` // the command that would make it possible
}

// Abilities lists every kind of cluster in the order of preference.
func (m Machine) Abilities() []Ability {
	return []Ability{m.node(), m.k3d(), m.kind(), m.controlPlane()}
}

func (m Machine) node() Ability {
	ability := Ability{Mode: state.ModeNode, What: "a real one-node Kubernetes in namespaces of its own (containers run)"}
	if m.System != "linux" {
		ability.Missing = append(ability.Missing, "Linux (this is "+m.System+")")
		return ability
	}
	if !m.Root {
		ability.Missing = append(ability.Missing, "root")
		ability.Install = "sudo qd-sandbox up"
	} else if !m.MayMount {
		ability.Missing = append(ability.Missing, "the capability CAP_SYS_ADMIN (a container needs to be privileged)")
	}
	if !m.HasCgroups {
		ability.Missing = append(ability.Missing, "cgroups at /sys/fs/cgroup")
	}
	if packages := m.missingPackages(); len(packages) > 0 {
		ability.Missing = append(ability.Missing, "Debian packages "+strings.Join(packages, ", "))
		ability.Install = InstallCommand(packages)
	}
	if !m.HasGo {
		ability.Missing = append(ability.Missing, "go")
	}
	ability.Can = len(ability.Missing) == 0
	return ability
}

const installDocker = "apt-get update && apt-get install --yes docker.io"

func (m Machine) k3d() Ability {
	return m.inDocker(Ability{Mode: state.ModeK3d, What: "k3s in Docker, by k3d (containers run)"}, m.HasK3d, "go install github.com/k3d-io/k3d/v5@latest")
}

func (m Machine) kind() Ability {
	return m.inDocker(Ability{Mode: state.ModeKind, What: "Kubernetes in Docker, by kind (containers run)"}, m.HasKind, "go install sigs.k8s.io/kind@latest")
}

func (m Machine) inDocker(ability Ability, installed bool, install string) Ability {
	var commands []string
	if m.Docker != nil {
		ability.Missing = append(ability.Missing, "a Docker daemon (`docker info` fails)")
		commands = append(commands, installDocker)
	}
	if !installed {
		ability.Missing = append(ability.Missing, string(ability.Mode))
		commands = append(commands, install)
	}
	ability.Install = strings.Join(commands, " && ")
	ability.Can = len(ability.Missing) == 0
	return ability
}

func (m Machine) controlPlane() Ability {
	ability := Ability{Mode: state.ModeControlPlane, What: "a real API server with controllers and scheduler; nodes and pods are played by kwok (nothing runs)"}
	if !m.HasGo {
		ability.Missing = append(ability.Missing, "go (builds kwok)")
	}
	ability.Can = len(ability.Missing) == 0
	return ability
}

// Choose picks the best kind of cluster that this machine can run and says why not a better one. wanted may name one.
func (m Machine) Choose(wanted state.Mode) (state.Mode, string, error) {
	var why []string
	for _, ability := range m.Abilities() {
		switch {
		case wanted != "" && ability.Mode != wanted:
		case ability.Can && wanted != "":
			return ability.Mode, "as asked", nil
		case ability.Can:
			return ability.Mode, strings.Join(append(why, string(ability.Mode)+" works here"), "; "), nil
		case wanted != "":
			return "", "", cannot(ability)
		default:
			why = append(why, string(ability.Mode)+" needs "+strings.Join(ability.Missing, " and "))
		}
	}
	return "", "", problem.CannotDo("this machine can't run any kind of cluster").Because(strings.Join(why, "; ")).Try("see `qd-sandbox capabilities`")
}

func cannot(ability Ability) error {
	failure := problem.CannotDo("this machine can't run " + ability.What).Because("it lacks " + strings.Join(ability.Missing, " and "))
	if ability.Install != "" {
		return failure.Try("run: " + ability.Install)
	}
	return failure.Try("see what it can run: `qd-sandbox capabilities`")
}

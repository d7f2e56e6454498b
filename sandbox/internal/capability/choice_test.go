package capability

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"quarterdeck/sandbox/internal/problem"
	"quarterdeck/sandbox/internal/state"
)

// workstation has everything but what the test takes away.
func workstation(change func(*Machine)) Machine {
	machine := Machine{
		System: "linux", Root: true, MayMount: true, HasCgroups: true, OnlyFiles: true, FileExists: func(string) bool { return true },
		HasGo: true, HasK3d: true, HasKind: true, Docker: errors.New("no daemon"),
	}
	change(&machine)
	return machine
}

func TestChoose(t *testing.T) {
	cases := []struct {
		name   string
		change func(*Machine)
		mode   state.Mode
		why    string
	}{
		{"root with packages", func(*Machine) {}, state.ModeNode, "node works here"},
		{"an ordinary user", func(m *Machine) { m.Root = false }, state.ModeControlPlane, "node needs root"},
		{"an ordinary user with Docker", func(m *Machine) { m.Root, m.Docker = false, nil }, state.ModeK3d, "node needs root"},
		{"kind alone", func(m *Machine) { m.Root, m.Docker, m.HasK3d = false, nil, false }, state.ModeKind, "k3d needs k3d"},
		{"macOS", func(m *Machine) { m.System = "darwin" }, state.ModeControlPlane, "node needs Linux (this is darwin)"},
		{"a container's root", func(m *Machine) { m.MayMount = false }, state.ModeControlPlane, "CAP_SYS_ADMIN"},
		{"no packages", func(m *Machine) { m.FileExists = func(string) bool { return false } }, state.ModeControlPlane, "Debian packages containerd"},
	}
	for _, one := range cases {
		t.Run(one.name, func(t *testing.T) {
			mode, why, err := workstation(one.change).Choose("")
			if err != nil || mode != one.mode || !strings.Contains(why, one.why) {
				t.Fatalf("got %s because %q (%v), want %s because %q", mode, why, err, one.mode, one.why)
			}
		})
	}
}

func TestChooseSaysWhatToInstall(t *testing.T) {
	machine := workstation(func(m *Machine) {
		m.FileExists = func(path string) bool {
			return !strings.Contains(path, "redis") && !strings.HasSuffix(path, "/conntrack")
		}
	})
	_, _, err := machine.Choose(state.ModeNode)
	failure := problem.As(err)
	if failure.Code != problem.ExitCannotDo {
		t.Fatalf("exit code %d, want %d", failure.Code, problem.ExitCannotDo)
	}
	if wanted := "run: apt-get update && apt-get install --yes --no-install-recommends conntrack redis-server"; failure.Do != wanted {
		t.Fatalf("got %q, want %q", failure.Do, wanted)
	}
}

func TestNothingWorks(t *testing.T) {
	machine := workstation(func(m *Machine) { m.Root, m.HasGo = false, false })
	_, _, err := machine.Choose("")
	if problem.As(err).Code != problem.ExitCannotDo {
		t.Fatalf("got %v", err)
	}
}

func TestPackagesAreSortedAndOnce(t *testing.T) {
	names := Packages()
	if !slices.IsSorted(names) || len(slices.Compact(slices.Clone(names))) != len(names) {
		t.Fatal(names)
	}
}

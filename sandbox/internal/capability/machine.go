package capability

import (
	"context"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"
)

// Machine is what matters of a computer; tests make their own.
type Machine struct {
	System     string // GOOS
	Root       bool
	MayMount   bool // CAP_SYS_ADMIN: a container's root often lacks it
	HasCgroups bool
	OnlyFiles  bool // look programs up by FileExists alone
	FileExists func(path string) bool
	HasGo      bool
	HasK3d     bool
	HasKind    bool
	Docker     error // nil when a daemon answers
}

const dockerPatience = 5 * time.Second

// capSysAdmin and capSysResource are bits of a Linux capability set.
const (
	capSysAdmin    = 21
	capSysResource = 24
)

// Look examines this machine.
func Look() Machine {
	return Machine{
		System: runtime.GOOS, Root: os.Geteuid() == 0, MayMount: hasCapability(capSysAdmin), HasCgroups: exists("/sys/fs/cgroup"),
		FileExists: exists, HasGo: inPath("go"), HasK3d: inPath("k3d"), HasKind: inPath("kind"), Docker: askDocker(),
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func inPath(program string) bool {
	_, err := exec.LookPath(program)
	return err == nil
}

func askDocker() error {
	ctx, cancel := context.WithTimeout(context.Background(), dockerPatience)
	defer cancel()
	return exec.CommandContext(ctx, "docker", "info").Run()
}

// MayLowerOOMScore tells whether processes may be shielded from the out-of-memory killer here.
func MayLowerOOMScore() bool { return hasCapability(capSysResource) }

func hasCapability(bit uint) bool {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return false
	}
	for line := range strings.Lines(string(status)) {
		if value, ok := strings.CutPrefix(line, "CapEff:"); ok {
			return parseHex(strings.TrimSpace(value))>>bit&1 == 1
		}
	}
	return false
}

func parseHex(text string) uint64 {
	var value uint64
	for _, digit := range text {
		value = value<<4 + uint64(strings.IndexRune("0123456789abcdef", digit))
	}
	return value
}

package controlplane

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"quarterdeck/sandbox/internal/addons"
)

// stageFiles tell kwok how a node and a pod live; they come with kwok's own module.
var stageFiles = []string{
	"kustomize/stage/node/fast/node-initialize.yaml",
	"kustomize/stage/node/heartbeat-with-lease/node-heartbeat-with-lease.yaml",
	"kustomize/stage/pod/fast/pod-ready.yaml",
	"kustomize/stage/pod/fast/pod-complete.yaml",
	"kustomize/stage/pod/fast/pod-delete.yaml",
}

// CopyStages puts kwok's stage files into a folder and gives their paths. The module is in Go's cache since kwok was built,
// or is downloaded again.
func CopyStages(dir string) ([]string, error) {
	module, err := moduleDir("sigs.k8s.io/kwok@" + addons.Kwok.Version)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	var copies []string
	for _, file := range stageFiles {
		content, err := os.ReadFile(filepath.Join(module, file))
		if err != nil {
			return nil, err
		}
		target := filepath.Join(dir, filepath.Base(file))
		if err := os.WriteFile(target, content, 0o600); err != nil {
			return nil, err
		}
		copies = append(copies, target)
	}
	return copies, nil
}

func moduleDir(module string) (string, error) {
	command := exec.Command("go", "mod", "download", "-json", module)
	command.Dir = os.TempDir()
	output, err := command.Output()
	if err != nil {
		return "", fmt.Errorf("the Go module %s can't be had: %w", module, err)
	}
	var answer struct{ Dir string }
	if err := json.Unmarshal(output, &answer); err != nil {
		return "", err
	}
	return answer.Dir, nil
}

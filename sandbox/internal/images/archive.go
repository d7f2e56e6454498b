package images

import (
	"archive/tar"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
)

// settings is how a container of the image starts.
type settings struct {
	entrypoint []string
	command    []string
	env        []string
	workdir    string
}

const searchPath = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

// Reference is the full name of one of our images; the tag :1 makes the pull policy IfNotPresent.
func Reference(name string) string { return "docker.io/local/" + name + ":1" }

// writeArchive writes the image in the form that `docker save` has, which containerd, k3d and kind import.
func writeArchive(file, name string, content []byte, start settings) error {
	digest := fmt.Sprintf("%x", sha256.Sum256(content))
	config, err := json.Marshal(imageConfig(digest, start))
	if err != nil {
		return err
	}
	configName := fmt.Sprintf("%x.json", sha256.Sum256(config))
	manifest, err := json.Marshal([]map[string]any{{
		"Config": configName, "RepoTags": []string{Reference(name)}, "Layers": []string{digest + "/layer.tar"},
	}})
	if err != nil {
		return err
	}
	return writeTar(file, []entry{{configName, config}, {digest + "/layer.tar", content}, {"manifest.json", manifest}})
}

func imageConfig(digest string, start settings) map[string]any {
	const epoch = "1970-01-01T00:00:00Z"
	workdir := start.workdir
	if workdir == "" {
		workdir = "/"
	}
	return map[string]any{
		"architecture": runtime.GOARCH, "os": "linux", "created": epoch,
		"config": map[string]any{
			"Env": append([]string{searchPath}, start.env...), "Entrypoint": start.entrypoint, "Cmd": start.command, "WorkingDir": workdir,
		},
		"rootfs":  map[string]any{"type": "layers", "diff_ids": []string{"sha256:" + digest}},
		"history": []map[string]any{{"created": epoch, "created_by": "qd-sandbox"}},
	}
}

type entry struct {
	name    string
	content []byte
}

// writeTar writes beside the file first: a killed build must not leave half an image in the cache.
func writeTar(file string, entries []entry) error {
	temporary := fmt.Sprintf("%s.%d", file, os.Getpid())
	output, err := os.Create(temporary)
	if err != nil {
		return err
	}
	defer output.Close()
	archive := tar.NewWriter(output)
	for _, one := range entries {
		if err := archive.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: one.name, Mode: 0o644, Size: int64(len(one.content))}); err != nil {
			return err
		}
		if _, err := archive.Write(one.content); err != nil {
			return err
		}
	}
	if err := archive.Close(); err != nil {
		return err
	}
	return os.Rename(temporary, file)
}

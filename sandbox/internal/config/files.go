package config

import (
	"bytes"
	"embed"
	"os"
	"path/filepath"
	"text/template"
)

//go:embed templates/*
var templates embed.FS

// Files maps a path inside the cluster's folder to the template that fills it.
var nodeFiles = map[string]string{
	"containerd.toml":        "containerd.toml",
	"cni/10-bridge.conflist": "bridge.conflist",
	"kubelet.yaml":           "kubelet.yaml",
	"proxy.yaml":             "proxy.yaml",
	"resolv.conf":            "resolv.conf",
}

// Render gives the content of every file of a real node by its path inside the cluster's folder.
func Render(settings Settings) (map[string][]byte, error) {
	all, err := template.New("").Option("missingkey=error").ParseFS(templates, "templates/*")
	if err != nil {
		return nil, err
	}
	values := map[string]string{
		"Dir": settings.Cluster.Dir(), "Socket": ContainerdSocket(settings.Cluster), "NodeName": settings.Cluster.NodeName(),
		"PodRange": NodePodRange, "ClusterDNS": ClusterDNS, "CgroupRoot": settings.CgroupRoot,
		"RestrictOOM": map[bool]string{true: "true", false: "false"}[settings.RestrictOOM],
	}
	files := map[string][]byte{}
	for path, name := range nodeFiles {
		var content bytes.Buffer
		if err := all.ExecuteTemplate(&content, name, values); err != nil {
			return nil, err
		}
		files[path] = content.Bytes()
	}
	return files, nil
}

// WriteFiles puts them where the parts expect them.
func WriteFiles(settings Settings) error {
	files, err := Render(settings)
	if err != nil {
		return err
	}
	for path, content := range files {
		full := settings.Cluster.Path(path)
		if err := os.MkdirAll(filepath.Dir(full), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(full, content, 0o600); err != nil {
			return err
		}
	}
	return nil
}

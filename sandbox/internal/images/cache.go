package images

import (
	"fmt"
	"os"
	"path/filepath"

	"quarterdeck/sandbox/internal/state"
)

// Workloads makes sure that the images that scenarios use are in the cache, and gives their archives.
func Workloads() ([]string, error) { return ensureAll(workloads()) }

// Programs does the same for images of one static program each, by the image's name.
func Programs(programs map[string]string) ([]string, error) {
	var wanted []image
	for name, program := range programs {
		wanted = append(wanted, single(name, program))
	}
	return ensureAll(wanted)
}

func ensureAll(wanted []image) ([]string, error) {
	dir := filepath.Join(state.Cache(), "images")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	var archives []string
	for _, one := range wanted {
		archive, err := one.ensure(dir)
		if err != nil {
			return nil, fmt.Errorf("image %s can't be made: %w", Reference(one.name), err)
		}
		archives = append(archives, archive)
	}
	return archives, nil
}

// ensure builds the image unless the cache has it from the very same programs.
func (i image) ensure(dir string) (string, error) {
	archive := filepath.Join(dir, i.name+".tar")
	key, err := i.key()
	if err != nil {
		return "", err
	}
	if known, err := os.ReadFile(archive + ".key"); err == nil && string(known) == key {
		if _, err := os.Stat(archive); err == nil {
			return archive, nil
		}
	}
	content := newLayer()
	i.fill(content)
	data, err := content.finish()
	if err != nil {
		return "", err
	}
	if err := writeArchive(archive, i.name, data, i.start); err != nil {
		return "", err
	}
	return archive, os.WriteFile(archive+".key", []byte(key), 0o644)
}

// key changes with the programs: a package update gives new images.
func (i image) key() (string, error) {
	key := "recipe " + recipeVersion
	for _, source := range i.sources {
		info, err := os.Stat(source)
		if err != nil {
			return "", err
		}
		key += fmt.Sprintf("\n%s %d %d", source, info.Size(), info.ModTime().UnixNano())
	}
	return key + "\n", nil
}

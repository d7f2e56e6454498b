// Package images makes the sandbox's container images from programs that are on this machine: no registry and no Docker.
package images

import (
	"archive/tar"
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

// layer collects files into the one layer of an image. Owners and times are fixed, so the same files give the same image.
type layer struct {
	buffer  bytes.Buffer
	archive *tar.Writer
	seen    map[string]bool
	failure error // the first one; later calls do nothing
}

func newLayer() *layer {
	made := &layer{seen: map[string]bool{}}
	made.archive = tar.NewWriter(&made.buffer)
	return made
}

func (l *layer) add(header tar.Header, content []byte) {
	header.Name = strings.Trim(header.Name, "/")
	if l.failure != nil || header.Name == "" || l.seen[header.Name] {
		return
	}
	if parent := path.Dir(header.Name); parent != "." {
		l.folder(parent, 0o755)
	}
	l.seen[header.Name] = true
	header.Size = int64(len(content))
	if err := l.archive.WriteHeader(&header); err != nil {
		l.failure = err
		return
	}
	if _, err := l.archive.Write(content); err != nil {
		l.failure = err
	}
}

func (l *layer) folder(name string, mode int64) {
	l.add(tar.Header{Typeflag: tar.TypeDir, Name: name, Mode: mode}, nil)
}

func (l *layer) text(name, body string) {
	l.add(tar.Header{Typeflag: tar.TypeReg, Name: name, Mode: 0o644}, []byte(body))
}

func (l *layer) link(name, target string) {
	l.add(tar.Header{Typeflag: tar.TypeSymlink, Name: name, Linkname: target, Mode: 0o777}, nil)
}

// file copies one file of this machine to the same path, or to another.
func (l *layer) file(source, target string) {
	if l.failure != nil || l.seen[strings.Trim(target, "/")] {
		return
	}
	info, err := os.Stat(source)
	if err != nil {
		l.failure = err
		return
	}
	content, err := os.ReadFile(source)
	if err != nil {
		l.failure = err
		return
	}
	l.add(tar.Header{Typeflag: tar.TypeReg, Name: target, Mode: int64(info.Mode().Perm())}, content)
}

// program copies an executable with the shared libraries it needs.
func (l *layer) program(source string) {
	l.file(source, source)
	l.libraries(source)
}

func (l *layer) libraries(program string) {
	for _, library := range sharedLibraries(program) {
		l.file(library, library)
	}
}

// tree copies a folder but for the paths that skip names, with the libraries of the libraries in it.
func (l *layer) tree(root string, skip func(string) bool) {
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if skip(name) {
			if entry.IsDir() {
				return filepath.SkipDir
			}
			return nil
		}
		if info, err := os.Stat(name); err != nil || !info.Mode().IsRegular() {
			return nil // a folder or a dangling link
		}
		l.file(name, name)
		if strings.HasSuffix(name, ".so") || strings.Contains(name, ".so.") {
			l.libraries(name)
		}
		return nil
	})
	if l.failure == nil && err != nil {
		l.failure = err
	}
}

func (l *layer) finish() ([]byte, error) {
	if l.failure != nil {
		return nil, fmt.Errorf("layer: %w", l.failure)
	}
	if err := l.archive.Close(); err != nil {
		return nil, err
	}
	return l.buffer.Bytes(), nil
}

var absolutePath = regexp.MustCompile(`(/\S+)`)

// sharedLibraries asks the dynamic linker what a program loads; a static program has none, and ldd says so by failing.
func sharedLibraries(program string) []string {
	real, err := filepath.EvalSymlinks(program)
	if err != nil {
		real = program
	}
	output, err := exec.Command("ldd", real).Output()
	if err != nil {
		return nil
	}
	var found []string
	for line := range strings.Lines(string(output)) {
		if match := absolutePath.FindString(line); match != "" {
			found = append(found, match)
		}
	}
	return found
}

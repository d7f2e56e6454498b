package supervisor

import (
	"io"
	"os"
	"strings"
)

// tailWindow is how much of a log's end is looked at; more than enough for a screen of lines.
const tailWindow = 64 << 10

// Tail gives the last lines of a log, or nothing when there is no log.
func Tail(path string, count int) string {
	file, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer file.Close()
	if size, err := file.Seek(0, io.SeekEnd); err == nil {
		if _, err := file.Seek(max(0, size-tailWindow), io.SeekStart); err != nil {
			return ""
		}
	}
	data, err := io.ReadAll(file)
	if err != nil {
		return ""
	}
	lines := strings.Split(strings.TrimRight(string(data), "\n"), "\n")
	if len(lines) > count {
		lines = lines[len(lines)-count:]
	}
	return strings.Join(lines, "\n")
}

// Package scenario puts known faults on a cluster, mends them in the known way and takes them off again.
package scenario

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sort"
	"strings"

	"quarterdeck/sandbox/internal/problem"
	"quarterdeck/sandbox/scenarios"
)

// Step is a kubectl command some seconds after the one before.
type Step struct {
	AfterSeconds int    `json:"afterSeconds"`
	Kubectl      string `json:"kubectl"`
}

// Check is a kubectl command that succeeds (and prints what Expect matches) when the fault is gone.
type Check struct {
	Kubectl string `json:"kubectl"`
	Expect  string `json:"expect,omitempty"`
}

// Scenario is what truth.json says about running it; what a diagnosis is judged by stays in the file.
type Scenario struct {
	ID           string   `json:"id"`
	Title        string   `json:"title"`
	Category     string   `json:"category"`
	Tier         string   `json:"tier"`
	Difficulty   string   `json:"difficulty"`
	Healthy      bool     `json:"healthy"`
	Symptom      string   `json:"symptom"`
	WaitSeconds  int      `json:"waitSeconds"`
	Exclusive    bool     `json:"exclusive"`
	Requires     []string `json:"requires"`
	Steps        []Step   `json:"steps"`
	ReferenceFix []string `json:"referenceFix"`
	Verify       []Check  `json:"verify"`
	Cleanup      []string `json:"cleanup"`
}

// Library is a collection of scenario folders.
type Library struct{ files fs.FS }

// Open gives the built-in scenarios, or those of the folder in the environment variable SCENARIOS.
func Open() Library {
	if dir := os.Getenv("SCENARIOS"); dir != "" {
		return Library{files: os.DirFS(dir)}
	}
	return Library{files: scenarios.Files}
}

// IDs lists the scenarios in alphabetical order.
func (l Library) IDs() ([]string, error) {
	found, err := fs.Glob(l.files, "*/truth.json")
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, file := range found {
		ids = append(ids, strings.TrimSuffix(file, "/truth.json"))
	}
	sort.Strings(ids)
	return ids, nil
}

// Get reads one scenario; an unknown id is an error that lists near ones.
func (l Library) Get(id string) (Scenario, error) {
	var found Scenario
	if !fs.ValidPath(id) || strings.Contains(id, "/") {
		return found, l.unknown(id)
	}
	data, err := fs.ReadFile(l.files, id+"/truth.json")
	if errors.Is(err, fs.ErrNotExist) {
		return found, l.unknown(id)
	}
	if err != nil {
		return found, err
	}
	if err := json.Unmarshal(data, &found); err != nil {
		return found, fmt.Errorf("%s/truth.json is not readable: %w", id, err)
	}
	if found.ID != id {
		return found, fmt.Errorf("%s/truth.json calls itself %q; the folder and the id must be the same", id, found.ID)
	}
	return found, nil
}

// All reads every scenario.
func (l Library) All() ([]Scenario, error) {
	ids, err := l.IDs()
	if err != nil {
		return nil, err
	}
	return l.Select(ids)
}

// Select reads the scenarios with these ids.
func (l Library) Select(ids []string) ([]Scenario, error) {
	var chosen []Scenario
	for _, id := range ids {
		one, err := l.Get(id)
		if err != nil {
			return nil, err
		}
		chosen = append(chosen, one)
	}
	return chosen, nil
}

func (l Library) unknown(id string) error {
	ids, err := l.IDs()
	if err != nil {
		return err
	}
	failure := problem.Usage("there is no scenario \"" + id + "\"")
	if near := Near(id, ids); len(near) > 0 {
		return failure.Try("did you mean " + strings.Join(near, ", ") + "? `qd-sandbox scenarios` lists all")
	}
	return failure.Try("`qd-sandbox scenarios` lists all " + fmt.Sprint(len(ids)))
}

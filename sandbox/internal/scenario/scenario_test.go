package scenario

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"quarterdeck/sandbox/internal/problem"
	"quarterdeck/sandbox/scenarios"
)

var builtIn = Library{files: scenarios.Files}

func TestEveryScenarioIsReadable(t *testing.T) {
	all, err := builtIn.All()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 31 {
		t.Errorf("%d scenarios", len(all))
	}
	for _, one := range all {
		if one.Title == "" || one.Symptom == "" || one.WaitSeconds <= 0 {
			t.Errorf("%s lacks a title, a symptom or a waiting time", one.ID)
		}
		commands := slices.Clone(one.ReferenceFix)
		commands = append(commands, one.Cleanup...)
		for _, step := range one.Steps {
			commands = append(commands, step.Kubectl)
		}
		for _, check := range one.Verify {
			commands = append(commands, check.Kubectl)
			if _, err := regexp.Compile(check.Expect); err != nil {
				t.Errorf("%s: %v", one.ID, err)
			}
		}
		for _, command := range commands {
			if words, err := Words(command); err != nil || len(words) < 2 {
				t.Errorf("%s: %q: %v", one.ID, command, err)
			}
		}
		if len(one.ReferenceFix) > 0 && len(one.Verify) == 0 {
			t.Errorf("%s can be mended, but nobody could tell", one.ID)
		}
	}
}

func TestClusterScopedObjects(t *testing.T) {
	stage := Stage{Library: builtIn}
	one, err := builtIn.Get("webhook-backend-missing")
	if err != nil {
		t.Fatal(err)
	}
	outside, err := stage.clusterScoped(one)
	if err != nil || len(outside) != 1 || outside[0].kind != "validatingwebhookconfiguration" {
		t.Fatalf("%v %v", outside, err)
	}
}

func TestUnknownScenarioListsNearOnes(t *testing.T) {
	for asked, wanted := range map[string]string{"sched-node-selectr": "sched-node-selector", "oomkilled": "res-oomkilled", "helthy-web": "healthy-web"} {
		_, err := builtIn.Get(asked)
		failure := problem.As(err)
		if failure.Code != problem.ExitUsage || !strings.Contains(failure.Do, wanted) {
			t.Errorf("%s: %v", asked, err)
		}
	}
	if _, err := builtIn.Get("../healthy-web"); err == nil {
		t.Error("an id is no path")
	}
}

func TestFolderAndIDMustAgree(t *testing.T) {
	library := Library{files: fstest.MapFS{"one/truth.json": {Data: []byte(`{"id":"two"}`)}}}
	if _, err := library.Get("one"); err == nil {
		t.Error("it should be refused")
	}
}

func TestWords(t *testing.T) {
	got, err := Words(`patch x --type=json -p '[{"op": "remove"}]' --note "a \"b\" c" d\ e ''`)
	wanted := []string{"patch", "x", "--type=json", "-p", `[{"op": "remove"}]`, "--note", `a "b" c`, "d e", ""}
	if err != nil || !slices.Equal(got, wanted) {
		t.Fatalf("%q %v", got, err)
	}
	if _, err := Words("an 'open quote"); err == nil {
		t.Error("an open quote must be refused")
	}
}

func TestArguments(t *testing.T) {
	for command, wanted := range map[string]string{
		"get pods": "--namespace=x get pods", "apply -f step2.yaml": "apply -f step2.yaml", "cordon node": "cordon node",
	} {
		got, err := arguments("x", command)
		if err != nil || strings.Join(got, " ") != wanted {
			t.Errorf("%s: %v %v", command, got, err)
		}
	}
}

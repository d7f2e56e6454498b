package state

import (
	"os"
	"testing"
)

func TestPlaces(t *testing.T) {
	t.Setenv("QUARTERDECK_STATE", "/a")
	t.Setenv("XDG_STATE_HOME", "/b")
	if got := (Cluster{Name: "demo"}).Kubeconfig(); got != "/a/sandbox/demo/kubeconfig" {
		t.Error(got)
	}
	t.Setenv("QUARTERDECK_STATE", "")
	if got := Root(); got != "/b/quarterdeck/sandbox" {
		t.Error(got)
	}
	t.Setenv("QUARTERDECK_CACHE", "/c")
	if got := Cache(); got != "/c/sandbox" {
		t.Error(got)
	}
}

func TestNames(t *testing.T) {
	for name, fine := range map[string]bool{"default": true, "a": true, "a-1": true, "": false, "-a": false, "a-": false, "A": false, "../x": false, "abcdefghijklmnopqrstu": false} {
		if (CheckName(name) == nil) != fine {
			t.Errorf("%q: %v", name, CheckName(name))
		}
	}
}

func TestLockTellsWhoLives(t *testing.T) {
	t.Setenv("QUARTERDECK_STATE", t.TempDir())
	cluster := Cluster{Name: "demo"}
	if err := os.MkdirAll(cluster.Dir(), 0o700); err != nil {
		t.Fatal(err)
	}
	if cluster.Alive() {
		t.Error("nobody has the lock yet")
	}
	lock, free, err := cluster.Acquire()
	if err != nil || !free || !cluster.Alive() {
		t.Fatalf("free %v, alive %v, %v", free, cluster.Alive(), err)
	}
	if err := lock.Release(); err != nil || cluster.Alive() {
		t.Errorf("alive after the lock was given back (%v)", err)
	}
}

func TestIndexesAreNotShared(t *testing.T) {
	t.Setenv("QUARTERDECK_STATE", t.TempDir())
	for name, index := range map[string]int{"one": 0, "two": 2} {
		cluster := Cluster{Name: name}
		if err := os.MkdirAll(cluster.Dir(), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := cluster.Save(Record{Name: name, Index: index, Phase: Ready}); err != nil {
			t.Fatal(err)
		}
	}
	got, err := FreeIndex("three", func(index int) bool { return index == 1 })
	if err != nil || got != 3 {
		t.Errorf("got %d, %v", got, err)
	}
	if got, err := FreeIndex("one", func(int) bool { return false }); err != nil || got != 0 {
		t.Errorf("a cluster may have its own index again: got %d, %v", got, err)
	}
}

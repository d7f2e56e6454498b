package state

import "fmt"

// MaxClusters is how many clusters fit beside each other: each has a subnet 10.251.N.0/24.
const MaxClusters = 250

// FreeIndex picks the lowest subnet number that no other cluster of this machine has and that inUse does not veto.
func FreeIndex(name string, inUse func(int) bool) (int, error) {
	taken := map[int]bool{}
	clusters, err := List()
	if err != nil {
		return 0, err
	}
	for _, cluster := range clusters {
		if cluster.Name == name {
			continue
		}
		if record, err := cluster.Load(); err == nil && record.Phase != Stopped {
			taken[record.Index] = true
		}
	}
	for index := range MaxClusters {
		if !taken[index] && !inUse(index) {
			return index, nil
		}
	}
	return 0, fmt.Errorf("all %d subnets are taken; end clusters with `down --all`", MaxClusters)
}

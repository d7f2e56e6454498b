package scenario

import (
	"sort"
	"strings"
)

const (
	nearCount    = 5
	farthestEdit = 5
)

// Near gives up to five known ids that look like the one asked for: those that share its words first, then by spelling.
func Near(asked string, known []string) []string {
	type candidate struct {
		id       string
		distance int
	}
	var close []candidate
	for _, id := range known {
		distance := editDistance(asked, id)
		if shares(asked, id) {
			distance = min(distance, farthestEdit) / 2
		}
		if distance <= farthestEdit {
			close = append(close, candidate{id, distance})
		}
	}
	sort.SliceStable(close, func(a, b int) bool { return close[a].distance < close[b].distance })
	var ids []string
	for _, one := range close[:min(nearCount, len(close))] {
		ids = append(ids, one.id)
	}
	return ids
}

// shares tells whether a word of some length stands in both ids.
func shares(asked, id string) bool {
	for _, word := range strings.Split(asked, "-") {
		if len(word) >= 3 && strings.Contains(id, word) {
			return true
		}
	}
	return false
}

// editDistance counts the letters to add, drop or change (Levenshtein).
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := diagonal
			if a[i-1] != b[j-1] {
				cost++
			}
			diagonal = row[j]
			row[j] = min(cost, row[j]+1, row[j-1]+1)
		}
	}
	return row[len(b)]
}

// Package scenarios embeds the fault scenarios, so that the one program carries them wherever it goes.
package scenarios

import "embed"

// Files has a folder for each scenario.
//
//go:embed */*.yaml */truth.json
var Files embed.FS

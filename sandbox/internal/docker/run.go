package docker

import (
	"context"
	"os/exec"
	"strings"

	"quarterdeck/sandbox/internal/problem"
)

// Run carries out command lines one after the other and stops at the first that fails.
func Run(ctx context.Context, lines [][]string, tell func(string)) error {
	for _, line := range lines {
		tell(strings.Join(line, " "))
		output, err := exec.CommandContext(ctx, line[0], line[1:]...).CombinedOutput()
		if err != nil {
			return problem.New("`" + strings.Join(line, " ") + "` failed").Because(strings.TrimSpace(string(output)) + " (" + err.Error() + ")").
				Try("run it by hand to see more; `qd-sandbox down` removes what was made")
		}
	}
	return nil
}

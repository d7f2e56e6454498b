// Package supervisor runs a cluster: a supervisor process owns it, a runner process starts its parts (inside namespaces of their own when
// the cluster is a real node), and a janitor process tidies up should the supervisor be killed.
package supervisor

import (
	"encoding/json"
	"io"
)

// States of a part as the runner reports them.
const (
	stateWaiting   = "waiting"
	stateStarting  = "starting"
	stateRunning   = "running"
	stateUnhealthy = "unhealthy"
	stateDead      = "dead"
)

// event is one line from the runner to the supervisor.
type event struct {
	Part   string `json:"part,omitempty"`
	State  string `json:"state,omitempty"`
	PID    int    `json:"pid,omitempty"` // in the runner's own pid namespace
	Detail string `json:"detail,omitempty"`
	Fatal  string `json:"fatal,omitempty"` // the cluster ends, for this reason
}

// readEvents hands each event to the function until the runner closes its end.
func readEvents(from io.Reader, handle func(event)) error {
	decoder := json.NewDecoder(from)
	for {
		var one event
		if err := decoder.Decode(&one); err != nil {
			if err == io.EOF {
				return nil
			}
			return err
		}
		handle(one)
	}
}

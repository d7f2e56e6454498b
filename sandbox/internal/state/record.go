package state

import (
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"time"
)

// Mode is the way in which a cluster runs.
type Mode string

// The four ways, from most to least real.
const (
	ModeNode         Mode = "node"
	ModeK3d          Mode = "k3d"
	ModeKind         Mode = "kind"
	ModeControlPlane Mode = "control-plane"
)

// Phase is where a cluster is in its life.
type Phase string

// The phases; Failed keeps the folder so that logs can be read.
const (
	Starting Phase = "starting"
	Ready    Phase = "ready"
	Failed   Phase = "failed"
	Stopped  Phase = "stopped"
)

// Part is what is known of one process of the cluster.
type Part struct {
	Name     string    `json:"name"`
	Critical bool      `json:"critical"`
	State    string    `json:"state"` // waiting, running, unhealthy, dead
	Detail   string    `json:"detail,omitempty"`
	PID      int       `json:"pid,omitempty"` // as the host sees it
	Since    time.Time `json:"since"`
}

// Record is the content of state.json.
type Record struct {
	Name       string    `json:"name"`
	Mode       Mode      `json:"mode"`
	Why        string    `json:"why,omitempty"` // why this mode was chosen
	Phase      Phase     `json:"phase"`
	Step       string    `json:"step,omitempty"` // what a starting cluster waits for
	Reason     string    `json:"reason,omitempty"`
	Index      int       `json:"index"`
	Nodes      int       `json:"nodes"`
	Addons     bool      `json:"addons"`
	Server     string    `json:"server,omitempty"`
	Kubeconfig string    `json:"kubeconfig"`
	Supervisor int       `json:"supervisor,omitempty"`
	NodePID    int       `json:"nodePid,omitempty"`
	Ports      Ports     `json:"ports"`
	Issuer     *Issuer   `json:"issuer,omitempty"`
	StartedAt  time.Time `json:"startedAt"`
	Seconds    float64   `json:"seconds,omitempty"` // from start to ready
	Parts      []Part    `json:"parts,omitempty"`
}

// Ports are the loopback ports of a control plane without a node of its own.
type Ports struct {
	Etcd       int `json:"etcd,omitempty"`
	EtcdPeer   int `json:"etcdPeer,omitempty"`
	APIServer  int `json:"apiServer,omitempty"`
	Controller int `json:"controller,omitempty"`
	Scheduler  int `json:"scheduler,omitempty"`
	Kwok       int `json:"kwok,omitempty"`
	Issuer     int `json:"issuer,omitempty"`
}

// Issuer is who signs the OpenID Connect tokens that the API server accepts. Nothing runs there: whoever wants to log in
// that way (tests do) starts an issuer with the key in the cluster's folder. Names and groups get the prefix `oidc:`.
type Issuer struct {
	URL      string `json:"url"`
	ClientID string `json:"clientId"`
	// Paths of the certificate and key that an issuer at this URL serves with, and of the authority that signed them.
	Certificate string `json:"certificate"`
	Key         string `json:"key"`
	Authority   string `json:"authority"`
}

// Load reads the cluster's record.
func (c Cluster) Load() (Record, error) {
	var record Record
	data, err := os.ReadFile(c.Path("state.json"))
	if err != nil {
		return record, err
	}
	if err := json.Unmarshal(data, &record); err != nil {
		return record, fmt.Errorf("%s is not readable: %w", c.Path("state.json"), err)
	}
	return record, nil
}

// Save writes the record whole or not at all, so that a reader never sees half of it.
func (c Cluster) Save(record Record) error {
	data, err := json.MarshalIndent(record, "", "  ")
	if err != nil {
		return err
	}
	temporary := fmt.Sprintf("%s.%d", c.Path("state.json"), os.Getpid())
	if err := os.WriteFile(temporary, append(data, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(temporary, c.Path("state.json"))
}

// List gives every cluster on this machine in alphabetical order.
func List() ([]Cluster, error) {
	entries, err := os.ReadDir(Root())
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var clusters []Cluster
	for _, entry := range entries {
		cluster := Cluster{Name: entry.Name()}
		if entry.IsDir() && cluster.Exists() {
			clusters = append(clusters, cluster)
		}
	}
	sort.Slice(clusters, func(a, b int) bool { return clusters[a].Name < clusters[b].Name })
	return clusters, nil
}

package config

import (
	"fmt"

	"quarterdeck/sandbox/internal/parts"
)

const (
	nodeEtcdPort       = 2379
	nodeEtcdPeerPort   = 2380
	nodeControllerPort = 10257
	nodeSchedulerPort  = 10259
)

// Probe says how to ask a part whether it is well.
type Probe struct {
	URL    string `json:"url,omitempty"`    // answers 200 when well; https ones get the administrator's certificate
	Socket string `json:"socket,omitempty"` // or: accepts a connection
}

// Part is one process of a cluster.
type Part struct {
	Name     string   `json:"name"`
	Argv     []string `json:"argv"`
	Critical bool     `json:"critical"` // the cluster ends with it
	After    []string `json:"after"`    // parts (or a pseudo-part) that must be well before it starts
	Probe    Probe    `json:"probe"`
}

// Plan is what the runner carries out: parts in the order in which they may start.
type Plan struct {
	Dir      string   `json:"dir"`
	HostName string   `json:"hostName,omitempty"` // set: the runner is the first process of a node of its own
	NodeIP   string   `json:"nodeIP,omitempty"`
	HostIP   string   `json:"hostIP,omitempty"`
	Images   []string `json:"images,omitempty"`
	Socket   string   `json:"socket,omitempty"`
	Parts    []Part   `json:"parts"`
}

// Pseudo-parts that others can wait for: pods need the first image (pause) to start at all, people need all of them.
const (
	FirstImage = "first-image"
	AllImages  = "images"
)

// NodePlan is a real one-node cluster.
func NodePlan(s Settings) Plan {
	socket := ContainerdSocket(s.Cluster)
	api := []string{parts.APIServer}
	return Plan{
		Dir: s.Cluster.Dir(), HostName: s.Cluster.NodeName(), NodeIP: s.NodeIP, HostIP: s.HostIP, Images: s.NodeImages, Socket: socket,
		Parts: []Part{
			{Name: parts.Etcd, Argv: s.etcd(nodeEtcdPort, nodeEtcdPeerPort), Critical: true, Probe: httpProbe(nodeEtcdPort, "health")},
			{Name: Containerd, Argv: []string{"containerd", "--config", s.Cluster.Path("containerd.toml")}, Critical: true, Probe: Probe{Socket: socket}},
			// It retries etcd by itself, so the two may start together.
			{Name: parts.APIServer, Argv: s.nodeAPIServer(), Critical: true, Probe: httpsProbe(APIPort, "readyz")},
			// Before /readyz answers, controllers and scheduler would exit for missing bootstrap roles.
			{Name: parts.ControllerManager, Argv: s.controllerManager(nodeControllerPort), After: api, Probe: httpsProbe(nodeControllerPort, "healthz")},
			{Name: parts.Scheduler, Argv: s.scheduler(nodeSchedulerPort), After: api, Probe: httpsProbe(nodeSchedulerPort, "healthz")},
			{Name: parts.Kubelet, Argv: s.kubelet(), Critical: true, After: []string{parts.APIServer, Containerd, FirstImage}, Probe: httpProbe(10248, "healthz")},
			{Name: parts.Proxy, Argv: []string{s.Program, parts.Proxy, "--config=" + s.Cluster.Path("proxy.yaml")}, After: api, Probe: httpProbe(10256, "livez")},
		},
	}
}

// ControlPlanePlan is an API server with controllers, and kwok to play nodes and pods.
func ControlPlanePlan(s Settings) Plan {
	api := []string{parts.APIServer}
	return Plan{
		Dir: s.Cluster.Dir(),
		Parts: []Part{
			{Name: parts.Etcd, Argv: s.etcd(s.Ports.Etcd, s.Ports.EtcdPeer), Critical: true, Probe: httpProbe(s.Ports.Etcd, "health")},
			{Name: parts.APIServer, Argv: s.loopbackAPIServer(), Critical: true, Probe: httpsProbe(s.Ports.APIServer, "readyz")},
			{Name: parts.ControllerManager, Argv: s.playedControllerManager(s.Ports.Controller), After: api, Probe: httpsProbe(s.Ports.Controller, "healthz")},
			{Name: parts.Scheduler, Argv: s.scheduler(s.Ports.Scheduler), After: api, Probe: httpsProbe(s.Ports.Scheduler, "healthz")},
			{Name: Kwok, Argv: s.kwok(), After: api, Probe: httpProbe(s.Ports.Kwok, "healthz")},
		},
	}
}

func httpProbe(port int, path string) Probe {
	return Probe{URL: fmt.Sprintf("http://127.0.0.1:%d/%s", port, path)}
}

func httpsProbe(port int, path string) Probe {
	return Probe{URL: fmt.Sprintf("https://127.0.0.1:%d/%s", port, path)}
}

package config

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	apiserver "k8s.io/apiserver/pkg/apis/apiserver/v1"
	"sigs.k8s.io/yaml"

	"quarterdeck/sandbox/internal/parts"
	"quarterdeck/sandbox/internal/state"
)

func sample(t *testing.T) Settings {
	t.Setenv("QUARTERDECK_STATE", "/state")
	return Settings{
		Cluster: state.Cluster{Name: "demo"}, Program: "/bin/qd-sandbox", NodeIP: NodeIP(4), HostIP: HostIP(4),
		CgroupRoot: "/quarterdeck-demo", RestrictOOM: true, NodeImages: []string{"pause.tar"},
		Ports: state.Ports{Etcd: 1, EtcdPeer: 2, APIServer: 3, Controller: 4, Scheduler: 5, Kwok: 6}, KwokProgram: "/bin/kwok", KwokStageFiles: []string{"/a.yaml", "/b.yaml"},
	}
}

func TestFilesAreWellFormed(t *testing.T) {
	files, err := Render(sample(t))
	if err != nil {
		t.Fatal(err)
	}
	var kubelet map[string]any
	if err := yaml.UnmarshalStrict(files["kubelet.yaml"], &kubelet); err != nil {
		t.Fatal(err)
	}
	for key, wanted := range map[string]any{
		"cgroupRoot": "/quarterdeck-demo", "failCgroupV1": false, "imageGCHighThresholdPercent": 100.0,
		"containerRuntimeEndpoint": "unix:///state/sandbox/demo/run/containerd.sock",
	} {
		if kubelet[key] != wanted {
			t.Errorf("kubelet.yaml %s is %v, want %v", key, kubelet[key], wanted)
		}
	}
	var proxy map[string]any
	if err := yaml.UnmarshalStrict(files["proxy.yaml"], &proxy); err != nil || proxy["hostnameOverride"] != "quarterdeck-demo" {
		t.Errorf("proxy.yaml: %v %v", proxy, err)
	}
	if !json.Valid(files["cni/10-bridge.conflist"]) {
		t.Error("the CNI configuration is not JSON")
	}
	for _, wanted := range []string{"restrict_oom_score_adj = true", `sandbox_image = "docker.io/local/pause:1"`, `root = "/state/sandbox/demo/containerd/root"`} {
		if !strings.Contains(string(files["containerd.toml"]), wanted) {
			t.Errorf("containerd.toml lacks %s", wanted)
		}
	}
}

func TestNodePlan(t *testing.T) {
	plan := NodePlan(sample(t))
	byName := map[string]Part{}
	for _, part := range plan.Parts {
		byName[part.Name] = part
	}
	if !slices.Contains(byName[parts.ControllerManager].After, parts.APIServer) || !slices.Contains(byName[parts.Scheduler].After, parts.APIServer) {
		t.Error("controllers and scheduler must wait for the API server")
	}
	if !slices.Contains(byName[parts.Kubelet].After, FirstImage) {
		t.Error("without the pause image no pod starts")
	}
	for _, critical := range []string{parts.Etcd, parts.APIServer, Containerd, parts.Kubelet} {
		if !byName[critical].Critical {
			t.Errorf("%s must be critical", critical)
		}
	}
	if !slices.Contains(byName[parts.APIServer].Argv, "--advertise-address=10.251.4.2") {
		t.Errorf("%v", byName[parts.APIServer].Argv)
	}
	for _, part := range plan.Parts {
		if part.Probe == (Probe{}) {
			t.Errorf("%s has no probe: it would never count as well", part.Name)
		}
	}
}

func TestControlPlanePlanStaysOnLoopback(t *testing.T) {
	plan := ControlPlanePlan(sample(t))
	if plan.HostName != "" || len(plan.Images) > 0 {
		t.Error("a control plane is no node")
	}
	text, err := json.Marshal(plan)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "0.0.0.0") {
		t.Errorf("something listens on every address: %s", text)
	}
	kwok := plan.Parts[len(plan.Parts)-1].Argv
	if !slices.Contains(kwok, "--config=/a.yaml") || !slices.Contains(kwok, "--config=/b.yaml") {
		t.Errorf("kwok needs its stages: %v", kwok)
	}
}

func TestTokensOfTheIssuerAreKnown(t *testing.T) {
	settings := sample(t)
	if !slices.Contains(settings.loopbackAPIServer(), "--authentication-config=/state/sandbox/demo/authentication.yaml") {
		t.Error("the API server does not read the file")
	}
	text, err := authentication(settings.IssuerAt("10.251.4.1", IssuerPort), "PEM")
	if err != nil {
		t.Fatal(err)
	}
	var known apiserver.AuthenticationConfiguration
	if err := yaml.UnmarshalStrict(text, &known); err != nil {
		t.Fatal(err)
	}
	issuer := known.JWT[0].Issuer
	if issuer.URL != "https://10.251.4.1:5556" || issuer.CertificateAuthority != "PEM" || !slices.Equal(issuer.Audiences, []string{"quarterdeck"}) {
		t.Errorf("%+v", issuer)
	}
}

package config

import (
	"fmt"

	"quarterdeck/sandbox/internal/parts"
	"quarterdeck/sandbox/internal/pki"
)

// Containerd and Kwok are the parts that are programs of their own.
const (
	Containerd = "containerd"
	Kwok       = "kwok"
)

func (s Settings) etcd(client, peer int) []string {
	clientURL := fmt.Sprintf("http://127.0.0.1:%d", client)
	peerURL := fmt.Sprintf("http://127.0.0.1:%d", peer)
	return []string{
		s.Program, parts.Etcd,
		"--data-dir=" + s.Cluster.Path("etcd"),
		"--listen-client-urls=" + clientURL, "--advertise-client-urls=" + clientURL,
		"--listen-peer-urls=" + peerURL, "--initial-advertise-peer-urls=" + peerURL,
		"--initial-cluster=default=" + peerURL,
		// The data is thrown away with the cluster: waiting for the disk would buy nothing.
		"--unsafe-no-fsync",
		// The API server forgets old versions every five minutes; tens of thousands of busy pods fill the default of 2 GiB before that.
		"--quota-backend-bytes=8589934592",
	}
}

func (s Settings) apiServer(etcdPort, port int, extra ...string) []string {
	return append([]string{
		s.Program, parts.APIServer,
		fmt.Sprintf("--etcd-servers=http://127.0.0.1:%d", etcdPort),
		fmt.Sprintf("--secure-port=%d", port),
		"--service-cluster-ip-range=" + ServiceRange,
		"--allow-privileged=true",
		"--authorization-mode=Node,RBAC",
		"--enable-admission-plugins=NodeRestriction",
		"--client-ca-file=" + s.pki("ca.crt"),
		"--tls-cert-file=" + s.pki("apiserver.crt"), "--tls-private-key-file=" + s.pki("apiserver.key"),
		"--enable-bootstrap-token-auth=true", "--authentication-config=" + s.Cluster.Path(authenticationFile),
		"--service-account-issuer=https://kubernetes.default.svc.cluster.local",
		"--service-account-key-file=" + s.pki("sa.pub"), "--service-account-signing-key-file=" + s.pki("sa.key"),
		"--requestheader-client-ca-file=" + s.pki("front-proxy-ca.crt"), "--requestheader-allowed-names=front-proxy-client",
		"--requestheader-extra-headers-prefix=X-Remote-Extra-", "--requestheader-group-headers=X-Remote-Group",
		"--requestheader-username-headers=X-Remote-User",
		"--proxy-client-cert-file=" + s.pki("front-proxy-client.crt"), "--proxy-client-key-file=" + s.pki("front-proxy-client.key"),
		// Events are the evidence of what went wrong: keep them for a working morning, not the usual hour.
		"--event-ttl=6h",
	}, extra...)
}

func (s Settings) nodeAPIServer() []string {
	return s.apiServer(nodeEtcdPort, APIPort,
		"--advertise-address="+s.NodeIP, "--bind-address=0.0.0.0",
		"--kubelet-client-certificate="+s.pki("apiserver-kubelet.crt"), "--kubelet-client-key="+s.pki("apiserver-kubelet.key"),
		"--kubelet-certificate-authority="+s.pki("ca.crt"), "--kubelet-preferred-address-types=InternalIP",
		"--enable-aggregator-routing=true")
}

func (s Settings) loopbackAPIServer() []string {
	return s.apiServer(s.Ports.Etcd, s.Ports.APIServer,
		"--bind-address=127.0.0.1",
		// The API server refuses to advertise a loopback address, so it gets one from the documentation range and nobody publishes it.
		"--advertise-address=192.0.2.1", "--endpoint-reconciler-type=none")
}

func (s Settings) controllerManager(port int, more ...string) []string {
	config := s.kubeconfig(pki.Controller)
	return append([]string{
		s.Program, parts.ControllerManager,
		"--kubeconfig=" + config, "--authentication-kubeconfig=" + config, "--authorization-kubeconfig=" + config,
		fmt.Sprintf("--secure-port=%d", port), "--bind-address=127.0.0.1", "--cert-dir=" + s.Cluster.Path("run", "controller-manager"),
		"--service-account-private-key-file=" + s.pki("sa.key"), "--root-ca-file=" + s.pki("ca.crt"),
		"--cluster-signing-cert-file=" + s.pki("ca.crt"), "--cluster-signing-key-file=" + s.pki("ca.key"),
		"--use-service-account-credentials=true", "--leader-elect=false",
		"--allocate-node-cidrs=true", "--cluster-cidr=" + PodRange, "--service-cluster-ip-range=" + ServiceRange,
		"--controllers=*,bootstrap-signer-controller,token-cleaner-controller",
	}, more...)
}

// playedControllerManager is patient with nodes: kwok writes their heartbeats when it gets to it, and the pods of a node
// that was once taken for dead stay unready, since no kubelet looks at them again.
func (s Settings) playedControllerManager(port int) []string {
	return s.controllerManager(port, "--node-monitor-grace-period=10m")
}

func (s Settings) scheduler(port int) []string {
	config := s.kubeconfig(pki.Scheduler)
	return []string{
		s.Program, parts.Scheduler,
		"--kubeconfig=" + config, "--authentication-kubeconfig=" + config, "--authorization-kubeconfig=" + config,
		fmt.Sprintf("--secure-port=%d", port), "--bind-address=127.0.0.1", "--cert-dir=" + s.Cluster.Path("run", "scheduler"),
		"--leader-elect=false",
	}
}

func (s Settings) kubelet() []string {
	return []string{
		s.Program, parts.Kubelet,
		"--config=" + s.Cluster.Path("kubelet.yaml"), "--kubeconfig=" + s.kubeconfig(pki.Kubelet),
		"--hostname-override=" + s.Cluster.NodeName(), "--node-ip=" + s.NodeIP,
		"--root-dir=" + s.Cluster.Path("kubelet"), "--cert-dir=" + s.Cluster.Path("pki"),
	}
}

func (s Settings) kwok() []string {
	argv := []string{
		s.KwokProgram,
		"--kubeconfig=" + s.kubeconfig(pki.Admin),
		"--manage-nodes-with-annotation-selector=kwok.x-k8s.io/node=fake",
		fmt.Sprintf("--server-address=127.0.0.1:%d", s.Ports.Kwok),
	}
	// kwok ends with "no stages found" when it isn't told how nodes and pods live.
	for _, file := range s.KwokStageFiles {
		argv = append(argv, "--config="+file)
	}
	return argv
}

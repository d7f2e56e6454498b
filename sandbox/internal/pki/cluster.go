package pki

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"os"
	"path/filepath"
)

// ServiceIP is the address of the `kubernetes` Service: the first of the service range.
const ServiceIP = "10.96.0.1"

// Users of the cluster that get a kubeconfig each.
const (
	Admin      = "admin"
	Controller = "controller-manager"
	Scheduler  = "scheduler"
	Proxy      = "proxy"
	Kubelet    = "kubelet"
)

// Users lists them.
var Users = []string{Admin, Controller, Scheduler, Proxy, Kubelet}

// WriteCluster makes every certificate and key of a cluster in dir. The host's address is where its API server finds an issuer of tokens.
func WriteCluster(dir, nodeName, nodeIP, hostIP string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	authority, err := NewAuthority(dir, "ca", "quarterdeck-ca")
	if err != nil {
		return err
	}
	for _, request := range requests(nodeName, nodeIP) {
		if err := authority.Issue(request); err != nil {
			return err
		}
	}
	front, err := NewAuthority(dir, "front-proxy-ca", "quarterdeck-front-proxy-ca")
	if err != nil {
		return err
	}
	if err := front.Issue(Request{Name: "front-proxy-client", CommonName: "front-proxy-client"}); err != nil {
		return err
	}
	if err := writeIssuer(dir, hostIP); err != nil {
		return err
	}
	return writeServiceAccountKeys(dir)
}

// writeIssuer makes the certificate of an issuer of tokens. Its authority is one of its own: the cluster's would make the certificate a user.
func writeIssuer(dir, hostIP string) error {
	authority, err := NewAuthority(dir, "issuer-ca", "quarterdeck-issuer-ca")
	if err != nil {
		return err
	}
	return authority.Issue(Request{Name: "issuer", CommonName: "issuer", DNS: []string{"localhost"}, IPs: []string{"127.0.0.1", hostIP}})
}

func requests(nodeName, nodeIP string) []Request {
	names := []string{"localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local"}
	return []Request{
		{Name: "apiserver", CommonName: "kube-apiserver", DNS: names, IPs: []string{"127.0.0.1", nodeIP, ServiceIP}},
		{Name: "apiserver-kubelet", CommonName: "apiserver-kubelet-client", Organization: "system:masters"},
		{Name: Admin, CommonName: "admin", Organization: "system:masters"},
		{Name: Controller, CommonName: "system:kube-controller-manager"},
		{Name: Scheduler, CommonName: "system:kube-scheduler"},
		{Name: Proxy, CommonName: "system:kube-proxy"},
		{Name: Kubelet, CommonName: "system:node:" + nodeName, Organization: "system:nodes", DNS: []string{nodeName}, IPs: []string{nodeIP}},
	}
}

func writeServiceAccountKeys(dir string) error {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return err
	}
	public, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		return err
	}
	if err := writePEM(filepath.Join(dir, "sa.key"), "RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(key)); err != nil {
		return err
	}
	return writePEM(filepath.Join(dir, "sa.pub"), "PUBLIC KEY", public)
}

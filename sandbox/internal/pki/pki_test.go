package pki

import (
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"
	"testing"

	"k8s.io/client-go/tools/clientcmd"
)

func read(t *testing.T, dir, name string) *x509.Certificate {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, name+".crt"))
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(data)
	certificate, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	return certificate
}

func TestCertificatesVerify(t *testing.T) {
	dir := t.TempDir()
	if err := WriteCluster(dir, "quarterdeck", "10.251.3.2", "10.251.3.1"); err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(read(t, dir, "ca"))
	for _, host := range []string{"10.251.3.2", "127.0.0.1", ServiceIP, "localhost", "kubernetes.default.svc"} {
		_, err := read(t, dir, "apiserver").Verify(x509.VerifyOptions{Roots: roots, DNSName: host})
		if err != nil {
			t.Errorf("%s: %v", host, err)
		}
	}
	client := x509.VerifyOptions{Roots: roots, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}}
	if _, err := read(t, dir, Admin).Verify(client); err != nil {
		t.Error(err)
	}
	if _, err := read(t, dir, "front-proxy-client").Verify(client); err == nil {
		t.Error("the front proxy's certificate must not be valid for the cluster's authority: it would be a user")
	}
	if _, err := read(t, dir, "issuer").Verify(client); err == nil {
		t.Error("the issuer's certificate must not be valid for the cluster's authority: it would be a user")
	}
	kubelet := read(t, dir, Kubelet).Subject
	if kubelet.CommonName != "system:node:quarterdeck" || kubelet.Organization[0] != "system:nodes" {
		t.Errorf("the node authoriser would not know %v", kubelet)
	}
}

func TestKeysArePrivate(t *testing.T) {
	dir := t.TempDir()
	if err := WriteCluster(dir, "quarterdeck", "127.0.0.1", "127.0.0.1"); err != nil {
		t.Fatal(err)
	}
	keys, err := filepath.Glob(filepath.Join(dir, "*.key"))
	if err != nil || len(keys) < 11 {
		t.Fatalf("%d keys, %v", len(keys), err)
	}
	for _, key := range keys {
		if info, err := os.Stat(key); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", key, info.Mode(), err)
		}
	}
}

func TestKubeconfig(t *testing.T) {
	dir := t.TempDir()
	if err := WriteCluster(dir, "quarterdeck", "127.0.0.1", "127.0.0.1"); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "kubeconfig")
	if err := WriteKubeconfig(path, dir, "quarterdeck", "https://127.0.0.1:1234", Admin); err != nil {
		t.Fatal(err)
	}
	settings, err := clientcmd.BuildConfigFromFlags("", path)
	if err != nil || settings.Host != "https://127.0.0.1:1234" || len(settings.CertData) == 0 || len(settings.KeyData) == 0 {
		t.Fatalf("%+v %v", settings, err)
	}
}

func TestBadAddress(t *testing.T) {
	authority, err := NewAuthority(t.TempDir(), "ca", "test")
	if err != nil {
		t.Fatal(err)
	}
	if err := authority.Issue(Request{Name: "x", IPs: []string{"not an address"}}); err == nil {
		t.Fatal("a bad address must be refused")
	}
}

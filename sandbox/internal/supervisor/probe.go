package supervisor

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"quarterdeck/sandbox/internal/config"
)

const (
	probeWhileStarting = 50 * time.Millisecond
	probeWhenRunning   = 5 * time.Second
	probeTimeout       = 4 * time.Second
	failuresToTell     = 2 // one slow answer on a busy machine is no news
)

// probeResult is a change in a part's health: err is nil when it became well.
type probeResult struct {
	part string
	err  error
}

// prober asks parts how they are, as the administrator.
type prober struct {
	client *http.Client
	mutex  sync.Mutex
	gone   map[string]bool
}

func newProber(pkiDir string) (*prober, error) {
	certificate, err := tls.LoadX509KeyPair(filepath.Join(pkiDir, "admin.crt"), filepath.Join(pkiDir, "admin.key"))
	if err != nil {
		return nil, err
	}
	authority, err := os.ReadFile(filepath.Join(pkiDir, "ca.crt"))
	if err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(authority)
	settings := &tls.Config{
		Certificates: []tls.Certificate{certificate}, RootCAs: roots,
		// Controllers and scheduler serve certificates that they sign themselves; these probes go to loopback only.
		InsecureSkipVerify: true,
	}
	transport := &http.Transport{TLSClientConfig: settings, DisableKeepAlives: true}
	return &prober{client: &http.Client{Transport: transport, Timeout: probeTimeout}, gone: map[string]bool{}}, nil
}

// watch probes until the part is forgotten, and reports each change.
func (p *prober) watch(part config.Part, results chan<- probeResult) {
	begun, well, failures := false, false, 0
	for !p.isGone(part.Name) {
		err := p.ask(part.Probe)
		switch {
		case err == nil:
			failures = 0
			if !well {
				begun, well = true, true
				results <- probeResult{part: part.Name}
			}
		case well:
			if failures++; failures >= failuresToTell {
				well = false
				results <- probeResult{part: part.Name, err: err}
			}
		}
		if begun {
			time.Sleep(probeWhenRunning)
		} else {
			time.Sleep(probeWhileStarting)
		}
	}
}

func (p *prober) ask(probe config.Probe) error {
	if probe.Socket != "" {
		connection, err := net.DialTimeout("unix", probe.Socket, probeTimeout)
		if err != nil {
			return err
		}
		return connection.Close()
	}
	response, err := p.client.Get(probe.URL)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode == http.StatusOK {
		return nil
	}
	text, _ := io.ReadAll(io.LimitReader(response.Body, 500)) // the status alone says enough when there is no body
	return fmt.Errorf("%s answers %s: %s", probe.URL, response.Status, strings.TrimSpace(string(text)))
}

func (p *prober) forget(part string) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.gone[part] = true
}

func (p *prober) isGone(part string) bool {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return p.gone[part]
}

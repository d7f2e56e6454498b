// Package controlplane prepares a cluster without a node of its own: an API server on loopback ports, and nodes that kwok plays.
package controlplane

import (
	"net"

	"quarterdeck/sandbox/internal/state"
)

// FreePorts picks a loopback port for every part. All are held open until the last is known, so that no two are the same.
func FreePorts() (state.Ports, error) {
	var ports state.Ports
	for _, port := range []*int{&ports.Etcd, &ports.EtcdPeer, &ports.APIServer, &ports.Controller, &ports.Scheduler, &ports.Kwok, &ports.Issuer} {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return ports, err
		}
		defer listener.Close()
		*port = listener.Addr().(*net.TCPAddr).Port
	}
	return ports, nil
}

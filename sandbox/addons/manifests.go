// Package manifests embeds what is deployed on every real node: cluster DNS and the metrics API.
package manifests

import _ "embed"

// CoreDNS is the cluster's name server.
//
//go:embed coredns.yaml
var CoreDNS string

// MetricsServer feeds `kubectl top` and the horizontal autoscaler.
//
//go:embed metrics-server.yaml
var MetricsServer string

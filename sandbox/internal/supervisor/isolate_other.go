//go:build !linux

package supervisor

import "quarterdeck/sandbox/internal/parts"

const apiServerPart = parts.APIServer

func (s *supervisor) isolateRunner() error { return nil }

func hostPID(_, inner int) int { return inner }

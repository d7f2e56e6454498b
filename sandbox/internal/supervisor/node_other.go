//go:build !linux

package supervisor

import (
	"errors"
	"syscall"

	"quarterdeck/sandbox/internal/config"
)

func runnerAttributes(bool) *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: true} }

func childAttributes(bool) *syscall.SysProcAttr { return &syscall.SysProcAttr{} }

func setUpNode(config.Plan) error { return errors.New("a real node needs Linux") }

package supervisor

import (
	"context"
	"sync"
)

// milestone is something that happens once and that others wait for.
type milestone struct {
	once    *sync.Once
	reached chan struct{}
}

func newMilestone() milestone { return milestone{once: &sync.Once{}, reached: make(chan struct{})} }

func (m milestone) reach() { m.once.Do(func() { close(m.reached) }) }

func (m milestone) await(ctx context.Context) error {
	select {
	case <-m.reached:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

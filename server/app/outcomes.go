package app

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/rightvoice/rightvoice/rules/assign"
	"github.com/rightvoice/rightvoice/server/insights/feedback"
	"github.com/rightvoice/rightvoice/server/insights/localstore"
	"github.com/rightvoice/rightvoice/server/insights/redisstore"
	"github.com/rightvoice/rightvoice/server/memory"
)

// outcomes are what is counted of feedback, and who is on which side of an
// experiment.
type outcomes struct {
	store interface {
		feedback.Store
		Close() error
	}
	counter *feedback.Counter
	assign  *assign.Key
	names   []*assign.Key // by which members may be known in what is counted
}

// openOutcomes opens the counts of feedback: in the Redis that was named, or in
// the data folder, or in the process.
func (a *App) openOutcomes() error {
	err := a.openAssign()
	if err != nil {
		return err
	}
	if a.cfg.RedisURL.Empty() {
		dir := ""
		if a.cfg.DataDir != "" {
			dir = filepath.Join(a.cfg.DataDir, "feedback")
		}
		a.outcomes.store, err = localstore.Open(localstore.Options{Dir: dir, Now: a.now})
	} else {
		var keys *memory.Keyring
		if keys, err = memory.ParseKeyring(a.cfg.Key.Reveal()); err != nil {
			return err
		}
		a.outcomes.store, err = redisstore.Open(redisstore.Options{URL: a.cfg.RedisURL.Reveal(), Keys: keys, Now: a.now})
	}
	if err != nil {
		a.outcomes.store = nil // not a nil pointer in an interface
		return err
	}
	c := feedback.NewCounter(feedback.Options{Store: a.outcomes.store, Log: a.tel.Log})
	a.outcomes.counter = c
	a.tel.CountFrom("rightvoice_outcomes_told_total", "Events of feedback handed to the store of counts.", func() uint64 { return c.Stats().Counted })
	a.tel.CountFrom("rightvoice_outcomes_lost_total", "Events of feedback that could not be counted.", func() uint64 { return c.Stats().Lost })
	a.tel.GaugeFrom("rightvoice_outcomes_waiting", "Events of feedback that wait to be counted.", func() float64 { return float64(c.Stats().Waiting) })
	return nil
}

// openAssign makes the key that puts members on their sides of experiments.
// Servers that share a secret agree. It is of the oldest secret, so that members
// stay where they are when a new one comes. Without one, members are put by a name
// that everyone knows, which is as even, and can be foretold.
func (a *App) openAssign() error {
	var secrets []string
	for line := range strings.Lines(a.cfg.Key.Reveal()) {
		if line = strings.TrimSpace(line); line != "" {
			secrets = append(secrets, line)
		}
	}
	if len(secrets) == 0 {
		secrets = []string{"rightvoice without a secret"}
	}
	for _, secret := range secrets {
		key, err := assign.NewKey([]byte(secret))
		if err != nil {
			return err
		}
		a.outcomes.assign, a.outcomes.names = key, append(a.outcomes.names, key)
	}
	return nil
}

// forgetting is the memory with what is counted, for those who have members
// forgotten.
type forgetting struct {
	store
	outcomes *outcomes
}

// ForgetMember forgets a member in the memory first: of decisions that are gone no
// more feedback is taken.
func (f forgetting) ForgetMember(ctx context.Context, tenant, member string) error {
	if err := f.store.ForgetMember(ctx, tenant, member); err != nil {
		return err
	}
	names := make([]string, len(f.outcomes.names))
	for i, key := range f.outcomes.names {
		names[i] = key.Mark(tenant, member)
	}
	if err := f.outcomes.counter.Forget(ctx, tenant, names...); err != nil {
		return fmt.Errorf("%w: %w", memory.ErrUnavailable, err)
	}
	return nil
}

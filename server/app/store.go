package app

import (
	"context"

	"github.com/rightvoice/rightvoice/server/member"
	"github.com/rightvoice/rightvoice/server/memory"
	"github.com/rightvoice/rightvoice/server/memory/localstore"
	"github.com/rightvoice/rightvoice/server/memory/redisstore"
	"github.com/rightvoice/rightvoice/server/recommend"
)

// store is the memory of a server.
type store interface {
	recommend.Store
	member.Store
	running
}

// running is what the wiring needs of it.
type running interface {
	Stats() memory.Stats
	Close(ctx context.Context) error
}

// openStore opens the embedded store, or the Redis that was named. Redis is
// not awaited: until it answers, decisions are made and not shared.
func (a *App) openStore() error {
	if a.cfg.RedisURL.Empty() {
		s, err := localstore.Open(localstore.Options{Entries: a.cfg.StoreEntries, Now: a.now})
		if err == nil {
			a.store = s
		}
		return err
	}
	keys, err := memory.ParseKeyring(a.cfg.Key.Reveal())
	if err != nil {
		return err
	}
	s, err := redisstore.Open(redisstore.Options{URL: a.cfg.RedisURL.Reveal(), Keys: keys, Budget: a.cfg.RedisBudget, Now: a.now, Log: a.tel.Log})
	if err == nil {
		a.store = s
	}
	return err
}

// showStats makes metrics of what the parts count themselves.
func (a *App) showStats() {
	stat := func(read func(memory.Stats) uint64) func() uint64 {
		return func() uint64 { return read(a.store.Stats()) }
	}
	t := a.tel
	t.CountFrom("rightvoice_memory_hits_total", "Shared decisions found.", stat(func(s memory.Stats) uint64 { return s.Hits }))
	t.CountFrom("rightvoice_memory_misses_total", "Decisions shared for the first time.", stat(func(s memory.Stats) uint64 { return s.Misses }))
	t.CountFrom("rightvoice_memory_unavailable_total", "Decisions that could not be shared in time.", stat(func(s memory.Stats) uint64 { return s.Unavailable }))
	t.CountFrom("rightvoice_memory_changed_total", "Decisions made once more because a feed had told something about the member.", stat(func(s memory.Stats) uint64 { return s.Changed }))
	t.CountFrom("rightvoice_memory_learned_total", "Members whose stored facts changed.", stat(func(s memory.Stats) uint64 { return s.Learned }))
	t.CountFrom("rightvoice_memory_repaired_total", "Entries found damaged, forged or ended.", stat(func(s memory.Stats) uint64 { return s.Repaired }))
	t.CountFrom("rightvoice_memory_round_trips_total", "Round trips for shared decisions.", stat(func(s memory.Stats) uint64 { return s.RoundTrips }))
	t.CountFrom("rightvoice_memory_breaker_opened_total", "Times the store was left alone because it did not answer.", stat(func(s memory.Stats) uint64 { return s.Opened }))
	t.CountFrom("rightvoice_records_written_total", "Decisions recorded.", stat(func(s memory.Stats) uint64 { return s.RecordsWritten }))
	t.CountFrom("rightvoice_records_dropped_total", "Decisions that could not be recorded.", stat(func(s memory.Stats) uint64 { return s.RecordsDropped }))
	t.CountFrom("rightvoice_feedback_unknown_total", "Feedback on a decision that nobody knows: made up, of another store, or of a record that was dropped.", a.service.UnknownFeedback)
	t.CountFrom("rightvoice_contacts_shown_total", "Items shown to members that count towards caps.", stat(func(s memory.Stats) uint64 { return s.ContactsShown }))
	t.CountFrom("rightvoice_contacts_over_cap_total", "Feedback on what was shown beyond a cap.", stat(func(s memory.Stats) uint64 { return s.ContactsOver }))
	t.CountFrom("rightvoice_contacts_lost_total", "Items that the store had counted and has lost.", stat(func(s memory.Stats) uint64 { return s.ContactsLost }))
	t.GaugeFrom("rightvoice_memory_breakers_open", "Breakers open now.", func() float64 { return float64(a.store.Stats().Open) })
	t.GaugeFrom("rightvoice_records_pending", "Decisions waiting to be recorded.", func() float64 { return float64(a.store.Stats().RecordsPending) })
}

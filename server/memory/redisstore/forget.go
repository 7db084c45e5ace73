package redisstore

import (
	"context"
	"slices"

	"github.com/rightvoice/rightvoice/server/memory"
)

// ForgetMember deletes all that is stored about a member: first what is in one
// place with the member, then the records and the feedback on each decision.
// Records that wait here to be written are dropped. Another server may still
// write those that it holds at this moment: milliseconds after its answer, or, if
// it can't reach Redis, when it can again.
func (s *Store) ForgetMember(ctx context.Context, tenant, member string) error {
	ctx, cancel := context.WithTimeout(ctx, learnTimeout)
	defer cancel()
	facts, indexes := s.keys.FactsNames(tenant, member), s.keys.IndexNames(tenant, member)
	for _, name := range facts {
		s.copies.forget(name)
		s.ledgers.forget(memory.LedgerNameFrom(name))
	}
	ids, err := s.writer.forgetMember(ctx, indexes[0])
	if err != nil {
		return unavailable(err)
	}
	// The list goes last, so that a call that failed can be repeated.
	for _, index := range indexes {
		found, err := s.run(ctx, ask{idsScript, []string{index}, nil}).StringSlice()
		if down(err) {
			return unavailable(err)
		}
		ids = append(ids, found...)
	}
	if err := s.forgetFacts(ctx, facts); err != nil {
		return err
	}
	slices.Sort(ids)
	pipe := s.client.Pipeline()
	for _, id := range slices.Compact(ids) {
		s.writer.drop(ctx, pipe, tenant, id)
	}
	if !done(ctx, pipe) {
		return memory.ErrUnavailable
	}
	for _, index := range indexes {
		pipe.Del(ctx, index)
	}
	if !done(ctx, pipe) {
		return memory.ErrUnavailable
	}
	return nil
}

// forgetFacts deletes the facts and the shared decisions under all names. With
// older secrets it does so twice: who copies from one name to another looks again
// at the first when done, and so finds out, whichever name went first.
func (s *Store) forgetFacts(ctx context.Context, names []string) error {
	if len(names) > 1 {
		names = append(names[:len(names):len(names)], names...)
	}
	for _, name := range names {
		if err := s.run(ctx, ask{forgetScript, []string{name, memory.LiveNameOf(name), memory.LedgerNameFrom(name)}, nil}).Err(); down(err) {
			return unavailable(err)
		}
	}
	return nil
}

// forgetMember drops what waits to be written about the member of a list, and
// returns the decisions. It waits for those that are being written now, so that
// they are there to be deleted.
func (w *writer) forgetMember(ctx context.Context, index string) (ids []string, err error) {
	for {
		found, batch := w.unlist(index)
		ids = append(ids, found...)
		if batch == nil {
			return ids, nil
		}
		select {
		case <-batch:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// unlist takes a member's records out of the queue. batch is not nil if some of
// them are being written.
func (w *writer) unlist(index string) (ids []string, batch chan struct{}) {
	w.mu.Lock()
	defer w.mu.Unlock()
	var kept []*waiting
	for i, it := range w.order {
		switch mine := len(it.indexes) > 0 && it.indexes[0] == index; {
		case mine && i < w.writing:
			ids, batch = append(ids, it.line.ID), w.batch
			kept = append(kept, it)
		case mine:
			ids = append(ids, it.line.ID)
			w.dropped.Add(1)
			if w.byName[it.names[0]] == it {
				delete(w.byName, it.names[0])
			}
		default:
			kept = append(kept, it)
		}
	}
	w.order = kept
	return ids, batch
}

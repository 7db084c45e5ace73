package redisstore

import (
	"context"
	"time"

	"github.com/rightvoice/rightvoice/server/memory"
)

// Hold asks for places for contacts of many members, all in one round trip. While
// there are older secrets a limit counts under each name by itself, and all must
// leave room. What Redis did not answer has no places: nil.
func (s *Store) Hold(ctx context.Context, holds []memory.Hold) [][]memory.Place {
	deadline := time.Now().Add(s.budget)
	all := make([]holding, len(holds))
	now := s.now()
	for i := range holds {
		h := &holds[i]
		names := s.keys.LedgerNames(h.Tenant, h.Member)
		all[i] = holding{h, make([]*call, len(names)), names[0], s.ledgers.known(names[0])}
		for j, name := range names {
			all[i].calls[j] = s.send(name, s.ledgerAsk(j, name, "hold", h.Contacts, h.Until, h.Keep, now))
		}
	}
	out := make([][]memory.Place, len(holds))
	for i := range all {
		out[i] = s.places(ctx, &all[i], deadline)
	}
	return out
}

// holding is a Hold on its way.
type holding struct {
	*memory.Hold
	calls  []*call // by secret
	ledger string  // the first
	known  int64   // what it was seen to count
}

// send hands a script to the lane of its key; nil if it takes none now.
func (s *Store) send(name string, a ask) *call {
	l := s.lane(name)
	if l.open.Load() {
		return nil
	}
	if c := newCall(a); l.enqueue(c) {
		return c
	}
	return nil
}

// places reads the answers on one member, by name.
func (s *Store) places(ctx context.Context, h *holding, deadline time.Time) []memory.Place {
	out := make([]memory.Place, len(h.Contacts))
	complete := true
	for j, c := range h.calls {
		answer, err := c.await(ctx, deadline)
		numbers, ok := integers(answer, err, 1+2*len(h.Contacts))
		if !ok {
			complete = false
			continue
		}
		if j == 0 {
			s.ledgers.saw(h.ledger, h.known, numbers[0], numbers[0], 0)
		}
		for i := range h.Contacts {
			limit, retry := numbers[1+2*i], numbers[2+2*i]
			if limit < 1 || int(limit) > len(h.Contacts[i].Limits) || out[i].Limit != "" {
				continue
			}
			out[i].Limit = h.Contacts[i].Limits[limit-1].Policy
			if retry > 0 {
				out[i].RetryAt = time.UnixMilli(retry).UTC()
			}
		}
	}
	if !complete {
		return nil
	}
	return out
}

// integers are the numbers that a script returned, if there are as many.
func integers(answer any, err error, n int) ([]int64, bool) {
	list, ok := answer.([]any)
	if err != nil || !ok || len(list) != n {
		return nil, false
	}
	out := make([]int64, n)
	for i, v := range list {
		if out[i], ok = v.(int64); !ok {
			return nil, false
		}
	}
	return out, true
}

// Contacted counts what was shown of a decision in the ledger of its member. A
// decision about nobody in particular counts for nobody.
func (s *Store) Contacted(ctx context.Context, c memory.Contacted) (memory.Counted, error) {
	ctx, cancel := context.WithTimeout(ctx, s.lookup)
	defer cancel()
	records := s.keys.RecordNames(c.Tenant, c.Decision)
	for i, name := range records {
		found, err := s.read(ctx, [][]string{{name}})
		if err != nil {
			return memory.Counted{}, err
		}
		if len(found) == 0 {
			continue
		}
		if found[0].owner == "" {
			return memory.Counted{}, nil
		}
		return s.count(ctx, i, s.keys.Ledgers(i, found[0].owner), &c)
	}
	return memory.Counted{}, memory.ErrNotFound
}

// count counts in the ledgers that the member has, one by each secret, in one round
// trip: so that none has less than all when the order of the secrets changes. What
// the first answers is what became of it.
func (s *Store) count(ctx context.Context, secret int, ledgers []string, c *memory.Contacted) (memory.Counted, error) {
	asks, known := make([]*ask, 0, len(ledgers)), make([]int64, len(ledgers))
	for i, ledger := range ledgers {
		if ledger != "" {
			a := s.ledgerAsk(i, ledger, "show", c.Contacts, c.At, c.Keep, s.now())
			asks, known[i] = append(asks, &a), s.ledgers.known(ledger)
		}
	}
	answers := pipelined(ctx, s.client, asks)
	var out memory.Counted
	for i, ledger := range ledgers {
		if ledger == "" {
			continue
		}
		answer, err := answers[0].Result()
		answers = answers[1:]
		numbers, ok := integers(answer, err, 1+2*len(c.Contacts))
		if err != nil || !ok {
			return memory.Counted{}, unavailable(err)
		}
		counted := read(c, numbers[1:])
		s.ledgers.saw(ledger, known[i], numbers[0]-int64(counted.First), numbers[0], c.At.Add(c.Keep).Sub(s.now()))
		if i == secret {
			out.First = counted.First
		}
		out.Over = append(out.Over, counted.Over...)
	}
	out.Over = memory.Distinct(out.Over)
	s.ledgers.shown.Add(uint64(out.First))
	if len(out.Over) > 0 {
		s.ledgers.over.Add(1)
	}
	return out, nil
}

// read reads what the script says of each contact.
func read(c *memory.Contacted, numbers []int64) (out memory.Counted) {
	for i := range c.Contacts {
		out.First += int(numbers[2*i])
		for j, limit := range c.Contacts[i].Limits {
			if numbers[2*i+1]>>j&1 == 1 {
				out.Over = append(out.Over, limit.Policy)
			}
		}
	}
	return out
}

// ledgerAsk is a run of the ledger's script.
func (s *Store) ledgerAsk(secret int, ledger, mode string, contacts []memory.Bounded, at time.Time, keep time.Duration, now time.Time) ask {
	args := make([]any, 0, 5+len(contacts)*32)
	args = append(args, now.UnixMilli(), keep.Milliseconds(), mode, at.UnixMilli(), len(contacts))
	for i := range contacts {
		c := &contacts[i]
		self, parts := s.keys.ContactMarks(secret, ledger, &c.Contact)
		args = append(args, self, parts, len(c.Limits))
		for j := range c.Limits {
			args = s.appendLimit(args, secret, ledger, &c.Limits[j], &c.Contact, parts)
		}
	}
	return ask{ledgerScript, []string{ledger}, args}
}

// appendLimit adds a limit of a contact with these marks. A limit names the parts
// of its contact as a rule, whose marks are made already.
func (s *Store) appendLimit(args []any, secret int, ledger string, l *memory.Limit, c *memory.Contact, parts string) []any {
	limit := [...]string{l.Topic, l.Sender, l.Kind, l.Channel}
	contact := [...]string{c.Topic, c.Sender, c.Kind, c.Channel}
	for i, named := range limit {
		marks := parts
		if named != "" && named != contact[i] {
			_, marks = s.keys.ContactMarks(secret, ledger, &memory.Contact{Topic: l.Topic, Sender: l.Sender, Kind: l.Kind, Channel: l.Channel})
		}
		if named == "" {
			args = append(args, "")
			continue
		}
		args = append(args, marks[(i+1)*memory.PartMark:(i+2)*memory.PartMark])
	}
	return append(args, l.Most, l.Window.Milliseconds(), l.PerHelpful)
}

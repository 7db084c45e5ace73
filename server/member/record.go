package member

import (
	"context"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/intake"
	"github.com/rightvoice/rightvoice/server/memory"
	"github.com/rightvoice/rightvoice/server/recommend"
)

// Event is what one source knew about one member at one moment.
type Event struct {
	Member    string
	Source    string
	AsOf      time.Time
	MaxAge    time.Duration // 0 means as long as a word on the fact counts, which is also the most
	Facts     fact.Facts    // of the revision in force
	Diagnoses []intake.Diagnosis
	Retract   []fact.ID // what the source takes back
	Zone      string    // IANA name of the member's time zone; empty tells nothing
}

// Recorded is what became of one event: the names of its facts, or why it was
// refused.
type Recorded struct {
	Facts []string // stored, or taken back
	Older []string // without effect: too old to count, or told anew in the same call
	Err   error
}

// Record stores events, each by itself. The error is of the call: then some of
// it may be stored, and telling the same again is harmless.
func (s *Service) Record(ctx context.Context, w Words, tenantName string, side recommend.Asker, events []*Event) ([]Recorded, error) {
	if side == recommend.NotSaid {
		return nil, invalid("asker", "say which side tells: insurer, provider or integrated")
	}
	now := s.now()
	out := make([]Recorded, len(events))
	b := batch{latest: map[slot]time.Time{}, at: map[string]int{}}
	for i, e := range events {
		facts, err := s.read(w, e, side, now)
		if err != nil {
			out[i].Err = err
			continue
		}
		b.add(i, e.Member, facts, now)
	}
	b.tell(out)
	if len(b.news) == 0 {
		return out, nil
	}
	return out, failed(s.store.RecordFacts(ctx, tenant(tenantName), b.news))
}

// read turns one event into stored facts. Its error is the event's.
func (s *Service) read(w Words, e *Event, side recommend.Asker, now time.Time) ([]memory.StoredFact, error) {
	at, err := asOf(e.AsOf, now)
	switch {
	case err != nil:
		return nil, err
	case e.AsOf.IsZero():
		return nil, invalid("asOf", "say when this was so")
	case e.Member == "":
		return nil, invalid("memberRef", "say which member")
	}
	p := printer{words: w.Catalogue(), like: memory.StoredFact{Source: e.Source, Side: side.String(), AsOf: at, ToldAt: now}, maxAge: e.MaxAge}
	p.vector(&e.Facts)
	if len(e.Diagnoses) > 0 {
		f, ends := w.Lexicon().Diagnosed(e.Diagnoses, at)
		p.diagnosed(&f, &ends)
	}
	for _, id := range e.Retract {
		p.add(id, memory.Nothing())
	}
	if e.Zone != "" {
		if recommend.Zone(e.Zone) == nil {
			return nil, invalid("timeZone", "is no IANA time zone such as America/Chicago")
		}
		p.zone(e.Zone)
	}
	if len(p.out) == 0 && len(e.Diagnoses) == 0 {
		return nil, invalid("", "tells no fact and takes none back")
	}
	for i := range p.out {
		if wrong := p.out[i].Check(now); wrong != nil {
			return nil, invalid("", "cannot be stored: "+wrong.Message)
		}
	}
	return p.out, nil
}

// batch gathers the news of one call by member. Of what one source says twice
// about one fact the newer word goes to the store.
type batch struct {
	latest map[slot]time.Time
	news   []memory.Told
	at     map[string]int // by member: its place in news
	all    []told
}

type slot struct{ member, name, topic, source string }

// told is one fact of one event.
type told struct {
	event   int
	slot    slot
	asOf    time.Time
	expired bool
	part    bool
}

func (b *batch) add(event int, member string, facts []memory.StoredFact, now time.Time) {
	for i := range facts {
		f := &facts[i]
		t := told{event: event, slot: slot{member, f.Name, f.Topic, f.Source}, asOf: f.AsOf, expired: !now.Before(f.Ends()), part: f.Topic != ""}
		b.all = append(b.all, t)
		if t.expired {
			continue
		}
		b.note(t.slot, t.asOf)
		if f.Replaces() {
			b.note(slot{member, f.Name, replaced, f.Source}, t.asOf)
		}
		b.put(member, *f)
	}
}

// replaced stands for all parts of a fact.
const replaced = "\x00"

func (b *batch) note(s slot, asOf time.Time) {
	if last, ok := b.latest[s]; !ok || asOf.After(last) {
		b.latest[s] = asOf
	}
}

// late reports whether the same source tells something newer in the same call.
func (b *batch) late(t *told) bool {
	all := t.slot
	all.topic = replaced
	return t.asOf.Before(b.latest[t.slot]) || t.part && t.asOf.Before(b.latest[all])
}

func (b *batch) put(member string, f memory.StoredFact) {
	i, ok := b.at[member]
	if !ok {
		i = len(b.news)
		b.at[member] = i
		b.news = append(b.news, memory.Told{Member: member})
	}
	b.news[i].Facts = append(b.news[i].Facts, f)
}

// tell says of every event what becomes of its facts.
func (b *batch) tell(out []Recorded) {
	for i := range b.all {
		t := &b.all[i]
		r := &out[t.event]
		to := &r.Facts
		if t.expired || b.late(t) {
			to = &r.Older
		}
		if n := len(*to); n == 0 || (*to)[n-1] != t.slot.name { // a list told value by value
			*to = append(*to, t.slot.name)
		}
	}
}

package member

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/intake"
	"github.com/rightvoice/rightvoice/server/fhir"
	"github.com/rightvoice/rightvoice/server/memory"
	"github.com/rightvoice/rightvoice/server/recommend"
)

// Bundle is a FHIR R4 Bundle about one member.
type Bundle struct {
	Who
	Source string
	AsOf   time.Time // when it was complete; zero means now
	JSON   []byte
}

// Imported is what was read out of a bundle and stored.
type Imported struct {
	Facts   []ImportedFact
	Ignored []Ignored
	More    int // how many more were left out than Ignored lists
}

// ImportedFact is where one fact comes from.
type ImportedFact struct {
	Name  string
	AsOf  time.Time
	From  []string // resources
	Older bool     // too old to count
}

// Ignored is what was left out, with a stable code for the reason.
type Ignored struct{ Resource, Field, Code string }

// Import reads a bundle and stores what it says: all of it, or nothing.
func (s *Service) Import(ctx context.Context, w Words, b *Bundle) (*Imported, error) {
	now := s.now()
	at, err := asOf(b.AsOf, now)
	if err != nil {
		return nil, err
	}
	m, err := s.store.GetMember(ctx, tenant(b.Tenant), b.Member)
	if err != nil {
		return nil, failed(err)
	}
	read, err := s.readBundle(ctx, w, b.JSON, at, &m)
	if err != nil {
		return nil, err
	}
	p := printer{words: w.Catalogue(), like: memory.StoredFact{Source: b.Source, Side: b.Side.String(), ToldAt: now}}
	if z := read.Zone; z != nil && z.String() != "UTC" && recommend.Zone(z.String()) != nil {
		p.like.AsOf = at
		p.zone(z.String())
	}
	out := &Imported{More: read.Unlisted}
	for i := range read.Origins {
		o := &read.Origins[i]
		if f, ok := p.origin(o, read.Facts.Raw(o.Fact), at); ok {
			out.Facts = append(out.Facts, ImportedFact{Name: f.Name, AsOf: f.AsOf, From: o.From, Older: !now.Before(f.Ends())})
		}
	}
	for _, g := range read.Ignored {
		out.Ignored = append(out.Ignored, Ignored{g.Resource, g.Field, string(g.Why)})
	}
	for i := range p.out {
		if wrong := p.out[i].Check(now); wrong != nil {
			return nil, fmt.Errorf("a fact of a bundle: %w", wrong)
		}
	}
	if len(p.out) == 0 {
		return out, nil
	}
	return out, failed(s.store.RecordFacts(ctx, tenant(b.Tenant), []memory.Told{{Member: b.Member, Facts: p.out}}))
}

// readBundle reads a bundle as it stood at a moment, few at once: one takes a
// processor for tens of milliseconds, and answers must not wait for it.
func (s *Service) readBundle(ctx context.Context, w Words, data []byte, at time.Time, m *memory.Member) (fhir.Result, error) {
	if text := bytes.TrimLeft(data, " \t\r\n"); len(text) == 0 || text[0] != '{' {
		return fhir.Result{}, invalid("bundle", "must be a JSON object, the FHIR Bundle itself")
	}
	select {
	case s.reading <- struct{}{}:
		defer func() { <-s.reading }()
	case <-ctx.Done():
		return fhir.Result{}, ctx.Err()
	}
	known, zone := w.Known(m, at)
	told := intake.Recall(w.Catalogue(), known, &fact.Facts{}, intake.NoSide, at, zone)
	read, err := fhir.Read(bytes.NewReader(data), fhir.Options{Catalogue: w.Catalogue(), Codes: w.Lexicon().Codes(), Now: at,
		Zone: zone, Part2: mayUseSUD(&told.Facts)})
	var refused *fhir.Error
	if errors.As(err, &refused) {
		field := "bundle"
		if refused.Entry >= 0 {
			field = fmt.Sprintf("bundle.entry[%d]", refused.Entry)
		}
		return read, invalid(field, fmt.Sprintf("%v, near byte %d of the bundle", refused.Err, refused.Offset))
	}
	return read, err
}

// origin writes a fact of a bundle; false for one that is not stored.
func (p *printer) origin(o *fhir.Origin, raw int64, at time.Time) (memory.StoredFact, bool) {
	p.like.AsOf = o.AsOf
	if at.Before(o.AsOf) {
		p.like.AsOf = at
	}
	before := len(p.out)
	switch {
	case o.Fact == fact.ChronicDx:
		p.conditions(raw)
	case !o.Until.IsZero():
		p.until(o.Fact, o.Until)
	case !o.Since.IsZero():
		p.add(o.Fact, memory.Since(o.Since))
	default:
		p.add(o.Fact, value(p.words.Def(o.Fact), raw, at))
	}
	if len(p.out) == before {
		return memory.StoredFact{}, false
	}
	return p.out[before], true
}

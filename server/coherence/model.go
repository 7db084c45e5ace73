package coherence

import (
	"fmt"
	"math"
	"time"

	"github.com/rightvoice/rightvoice/rules/casefile"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/server/drive"
)

// model says what follows from what feeds told.
type model struct {
	set *ruleset.Set
}

// word is one thing that a source said about one fact.
type word struct {
	raw     int64 // of an elapsed fact: at asOf
	nothing bool  // the source took it back
	asOf    time.Time
}

type slot struct {
	fact   fact.ID
	source string
}

// answer is what follows from facts for a topic.
func (m *model) answer(f *fact.Facts, topic uint16) drive.Said {
	d := m.set.Decide(f, topic)
	return drive.Said{Topic: m.set.Topics()[topic].ID, Mindset: d.Mindset.String(), Sender: d.Sender.String()}
}

// check finds events that the rules cannot hold.
func (m *model) check(story []event) error {
	last := map[slot]word{}
	for i := range story {
		if err := m.learn(last, &story[i], time.Time{}); err != nil {
			return err
		}
	}
	return nil
}

// facts are what is known of events that were told and can be held: of every
// fact the newest word, of those that are not too old.
func (m *model) facts(told []event, day, now time.Time) fact.Facts {
	last := map[slot]word{}
	for i := range told {
		_ = m.learn(last, &told[i], day.Add(told[i].asOf))
	}
	newest := map[fact.ID]word{}
	for s, w := range last {
		d := m.set.Catalogue().Def(s.fact)
		if now.Before(w.ends(d)) && !w.asOf.Before(newest[s.fact].asOf) {
			newest[s.fact] = w
		}
	}
	var f fact.Facts
	for id, w := range newest {
		if w.nothing {
			continue
		}
		if unit := m.set.Catalogue().Def(id).Advances(); unit > 0 {
			w.raw = int64((now.Sub(w.asOf) + time.Duration(w.raw)*unit) / unit)
		}
		f.SetRaw(id, w.raw)
	}
	return f
}

// ends is when a word no longer counts: a value when it is too old, a moment when
// its count leaves the range of the fact, and at the latest after two years.
func (w *word) ends(d *fact.Def) time.Time {
	const moments = 2 * 365 * aDay
	unit := d.Advances()
	switch {
	case unit > 0 && w.nothing:
		return w.asOf.Add(moments)
	case unit > 0:
		return w.asOf.Add(min(moments, time.Duration(d.Max+1-w.raw)*unit))
	case w.nothing && d.Kind == fact.Bool:
		return w.asOf.Add(43 * aDay) // as long as what is acute by a diagnosis
	}
	return w.asOf.Add(d.MaxAge)
}

// learn keeps the newest word of every source on every fact.
func (m *model) learn(last map[slot]word, e *event, asOf time.Time) error {
	say := func(name string, w word) error {
		id, ok := m.set.Catalogue().Lookup(name)
		if !ok {
			return fmt.Errorf("the rules know no fact %s", name)
		}
		if s := (slot{id, e.source}); !last[s].asOf.After(asOf) {
			w.asOf = asOf
			last[s] = w
		}
		return nil
	}
	for _, name := range e.retract {
		if err := say(name, word{nothing: true}); err != nil {
			return err
		}
	}
	for _, g := range e.facts {
		raw, err := m.raw(g)
		if err == nil {
			err = say(g.Name, word{raw: raw})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// raw is a value as a vector of facts holds it.
func (m *model) raw(g casefile.Given) (int64, error) {
	c := m.set.Catalogue()
	id, _ := c.Lookup(g.Name)
	switch v := g.Value.(type) {
	case bool:
		if v {
			return 1, nil
		}
		return 0, nil
	case int64:
		return v, nil
	case string:
		if i, ok := c.Value(id, v); ok {
			return int64(i), nil
		}
	case []string:
		var bits int64
		for _, word := range v {
			i, ok := c.Value(id, word)
			if !ok {
				return 0, fmt.Errorf("the rules know no %s called %s", g.Name, word)
			}
			bits |= 1 << i
		}
		return bits, nil
	}
	return math.MinInt64, fmt.Errorf("the rules know no such value of %s", g.Name)
}

package ruleset

import (
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"maps"
	"slices"

	"github.com/rightvoice/rightvoice/rules/fact"
)

// Print names all that decides and says the answers about one topic.
type Print [16]byte

// Fingerprint is equal in two sets exactly if all that decides and says the
// answers about a topic is: its own words and ties, the rows and items that can
// fit it, in their order and with their words, and how the facts that they read
// are cut. What an item wants of the member is one of these: what was shown is
// counted by the revision that decided. Questions with equal cells then have equal answers under both, so
// that what was answered under one still holds under the other.
func (s *Set) Fingerprint(topic uint16) Print {
	if s == nil || s.prints == nil {
		return Print{}
	}
	return s.prints[min(int(topic), len(s.topics))]
}

// fingerprints works them out for every topic; the last is for a topic that
// this revision does not have.
func fingerprints(s *Set, cells []cellColumns) []Print {
	p := printer{set: s, topics: make([]hash.Hash, len(cells))}
	for t := range p.topics {
		p.topics[t] = sha256.New()
		p.topics[t].Write(cells[t].layout[:])
		if t < len(s.topics) {
			p.topic(t)
		}
	}
	for t := range s.tables {
		for i := range s.tables[t] {
			p.row(&s.tables[t][i])
		}
	}
	for i := range s.items {
		p.item(&s.items[i])
	}
	out := make([]Print, len(cells))
	for t := range out {
		copy(out[t][:], p.topics[t].Sum(nil))
	}
	return out
}

// printer writes everything into the digests of the topics that it can fit.
// Every part has its length in front.
type printer struct {
	set    *Set
	topics []hash.Hash
	buf    []byte
}

func (p *printer) number(n int) { p.buf = binary.AppendVarint(p.buf, int64(n)) }

func (p *printer) flag(is bool) {
	n := 0
	if is {
		n = 1
	}
	p.number(n)
}

func (p *printer) texts(all ...string) {
	for _, t := range all {
		p.number(len(t))
		p.buf = append(p.buf, t...)
	}
}

func (p *printer) words(all ...Words) {
	for _, w := range all {
		p.number(len(w))
		for _, language := range slices.Sorted(maps.Keys(w)) {
			p.texts(language, w[language])
		}
	}
}

// sum ends a part.
func (p *printer) sum() [sha256.Size]byte {
	d := sha256.Sum256(p.buf)
	p.buf = p.buf[:0]
	return d
}

func (p *printer) topic(at int) {
	t := &p.set.topics[at]
	p.texts(t.ID, t.Kind)
	p.words(t.Label)
	p.number(len(t.Benefits))
	p.texts(t.Benefits...)
	for i := range p.set.handoffs {
		if h := &p.set.handoffs[i]; slices.Contains(h.Kinds, t.Kind) {
			p.number(int(h.Asker))
			p.number(int(h.Owner))
			p.words(h.Text)
		}
	}
	d := p.sum()
	p.topics[at].Write(d[:])
}

func (p *printer) row(r *Row) {
	p.texts(r.ID)
	p.number(int(r.Table))
	p.number(int(r.Tier))
	p.number(int(r.Outcome))
	p.flag(r.Default)
	p.words(r.Title, r.Because)
	p.place(r.cubes)
}

func (p *printer) item(i *Item) {
	p.texts(i.ID, i.Benefit, i.PaidBy, i.Kind, i.Stage)
	p.number(int(i.Sender))
	p.number(i.Rank)
	p.number(len(i.Sensitive))
	p.texts(i.Sensitive...)
	p.words(i.Because, i.Title, i.Text)
	p.number(len(i.Variants))
	for _, v := range i.Variants {
		p.texts(v.ID)
		p.number(v.Percent)
		p.words(v.Title, v.Text)
	}
	p.number(len(i.Links))
	for _, l := range i.Links {
		p.texts(l.URL)
		p.words(l.Label)
	}
	for _, is := range []bool{i.ZeroCost, i.InNetwork, i.Preventive, i.MinorConsent, i.Reward != nil} {
		p.flag(is)
	}
	if r := i.Reward; r != nil {
		p.texts(r.Rule)
		p.flag(r.HealthContingent)
		p.words(r.Alternative)
	}
	p.place(i.cubes)
}

// place puts what was written, and the cubes under which it holds, into the
// topics that those can fit.
func (p *printer) place(cubes []Cube) {
	head := p.sum()
	headed := make([]bool, len(p.topics))
	for _, c := range cubes {
		p.cube(c)
		body := p.sum()
		about := c.on(fact.Topic)
		for t, h := range p.topics {
			if about != nil && !about.Holds(t < len(p.set.topics), int64(t)) {
				continue
			}
			if !headed[t] {
				headed[t] = true
				h.Write(head[:])
			}
			h.Write(body[:])
		}
	}
}

// cube writes what a cube asks of everything but the topic.
func (p *printer) cube(c Cube) {
	for i := range c {
		if c[i].Column != fact.Topic {
			p.texts(p.set.catalogue.Def(c[i].Column).Name, string(c[i].appendKey(nil)))
		}
	}
}

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/server/fhir"
	"github.com/rightvoice/rightvoice/server/recommend"
)

// record reads the FHIR file and adds what it says to the request. Facts given
// with --fact win.
func (q *question) record(e *engine, r *recommend.Request) (*fhir.Result, error) {
	in := io.Reader(os.Stdin)
	if q.fhir != "-" {
		f, err := os.Open(q.fhir)
		if err != nil {
			return nil, badArguments("%s can't be read", q.fhir)
		}
		defer f.Close()
		in = f
	}
	found, err := fhir.Read(in, fhir.Options{Catalogue: e.snapshot.Catalogue(), Codes: e.revision.Lexicon.Codes(), Now: e.at})
	var refused *fhir.Error
	if errors.As(err, &refused) {
		return nil, badArguments("%s: %v", q.fhir, refused)
	}
	if err != nil {
		return nil, err
	}
	found.Origins = slices.DeleteFunc(found.Origins, func(o fhir.Origin) bool { return r.Facts.Known(o.Fact) })
	for _, o := range found.Origins {
		r.Facts.SetRaw(o.Fact, found.Facts.Raw(o.Fact))
	}
	if r.Language == "" {
		r.Language = found.Language
	}
	return &found, nil
}

// record writes which facts came from which resources, and on request what was
// left out.
func (p *printer) record(found *fhir.Result) {
	p.linef(0, "")
	p.linef(0, "From the record:")
	c := p.engine.snapshot.Catalogue()
	for i := range found.Origins {
		o := &found.Origins[i]
		d := c.Def(o.Fact)
		since := ""
		if !o.Since.IsZero() {
			since = " since " + o.Since.In(found.Zone).Format("2006-01-02 15:04 MST")
		}
		p.linef(2, "%s: %s%s, from %s", d.Name, text(d, found.Facts.Raw(o.Fact)), since, strings.Join(o.From, ", "))
	}
	if len(found.Origins) == 0 {
		p.linef(2, "nothing that is known to count at this time")
	}
	left := len(found.Ignored) + found.Unlisted
	if left == 0 {
		return
	}
	if !p.all {
		p.linef(2, "(%d entries or fields left out; --all lists them)", left)
		return
	}
	p.linef(0, "")
	p.linef(0, "Left out:")
	for _, g := range found.Ignored {
		p.linef(2, "%s", strings.TrimSpace(fmt.Sprintf("%s %s %s", g.Resource, g.Field, g.Why)))
	}
	if found.Unlisted > 0 {
		p.linef(2, "and %d more", found.Unlisted)
	}
}

// spell is a value as the API writes it: a bool, a name, a list of names or a
// number.
func spell(d *fact.Def, raw int64) any {
	switch d.Kind {
	case fact.Bool:
		return raw == 1
	case fact.Enum:
		return d.Values[raw]
	case fact.Set:
		in := []string{}
		for i, name := range d.Values {
			if raw>>i&1 == 1 {
				in = append(in, name)
			}
		}
		return in
	case fact.Decimal:
		return float64(raw) / fact.DecimalScale
	}
	return raw
}

// text is a value for people, with its unit.
func text(d *fact.Def, raw int64) string {
	v := spell(d, raw)
	if names, ok := v.([]string); ok {
		return strings.Join(names, ", ")
	}
	return strings.TrimSpace(fmt.Sprint(v, " ", d.Unit))
}

// recordJSON is the record beside a decision.
type recordJSON struct {
	Facts   []recordFact `json:"facts"`
	Ignored []leftOut    `json:"ignored"`
	More    int          `json:"moreIgnored,omitempty"`
}

type recordFact struct {
	Name  string     `json:"name"`
	Value any        `json:"value"`
	AsOf  time.Time  `json:"asOf"`
	Since *time.Time `json:"since,omitempty"`
	From  []string   `json:"from"`
}

type leftOut struct {
	Resource string      `json:"resource,omitempty"`
	Field    string      `json:"field,omitempty"`
	Why      fhir.Reason `json:"why"`
}

// withRecord puts a decision and the record it was made from into one object.
func withRecord(c *fact.Catalogue, decision []byte, found *fhir.Result) ([]byte, error) {
	out := struct {
		Decision json.RawMessage `json:"decision"`
		Record   recordJSON      `json:"record"`
	}{Decision: decision, Record: recordJSON{Facts: []recordFact{}, Ignored: []leftOut{}, More: found.Unlisted}}
	for i := range found.Origins {
		o := &found.Origins[i]
		d := c.Def(o.Fact)
		f := recordFact{Name: d.Name, Value: spell(d, found.Facts.Raw(o.Fact)), AsOf: o.AsOf, From: o.From}
		if !o.Since.IsZero() {
			f.Since = &o.Since
		}
		out.Record.Facts = append(out.Record.Facts, f)
	}
	for _, g := range found.Ignored {
		out.Record.Ignored = append(out.Record.Ignored, leftOut{g.Resource, g.Field, g.Why})
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	err := enc.Encode(out)
	return bytes.TrimRight(b.Bytes(), "\n"), err
}

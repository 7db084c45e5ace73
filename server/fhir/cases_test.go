package fhir

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rightvoice/rightvoice/rules/content"
)

// readCase is one record of testdata/cases and what is to be read from it.
type readCase struct {
	About     string
	Now       time.Time
	Patient   string
	Part2     bool
	InZone    string
	Documents []json.RawMessage
	Facts     map[string]string
	Ignored   [][3]string
	Error     string
	Language  string
	Zone      string
	Event     string
}

func loadCases(t testing.TB) map[string]readCase {
	t.Helper()
	files, err := filepath.Glob("testdata/cases/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	all := make(map[string]readCase)
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var list []readCase
		dec := json.NewDecoder(bytes.NewReader(text))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&list); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		for _, c := range list {
			all[strings.TrimSuffix(filepath.Base(path), ".json")+": "+c.About] = c
		}
	}
	return all
}

func (c *readCase) read(t testing.TB, rev *content.Revision) (Result, error) {
	t.Helper()
	o := Options{Catalogue: rev.Set.Catalogue(), Codes: rev.Lexicon.Codes(), Now: c.Now, Patient: c.Patient, Part2: c.Part2}
	if c.InZone != "" {
		var err error
		if o.Zone, err = time.LoadLocation(c.InZone); err != nil {
			t.Fatal(err)
		}
	}
	r := NewReader(o)
	for _, doc := range c.Documents {
		if err := r.Add(bytes.NewReader(doc)); err != nil {
			return Result{}, err
		}
	}
	return r.Result()
}

func TestCases(t *testing.T) {
	rev := revision(t)
	for name, c := range loadCases(t) {
		t.Run(name, func(t *testing.T) {
			got, err := c.read(t, rev)
			if c.Error != "" {
				if err == nil || !strings.Contains(err.Error(), c.Error) {
					t.Fatalf("the error is %v, want one about %q", err, c.Error)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.Facts, factsOf(rev, got)); diff != "" {
				t.Errorf("facts (- want, + got):\n%s", diff)
			}
			ignored := [][3]string{}
			for _, g := range got.Ignored {
				ignored = append(ignored, [3]string{g.Resource, g.Field, string(g.Why)})
			}
			if diff := cmp.Diff(c.Ignored, ignored); diff != "" {
				t.Errorf("left out (- want, + got):\n%s", diff)
			}
			if c.Language != got.Language && c.Language != "" {
				t.Errorf("the language is %q", got.Language)
			}
			if c.Zone != "" && c.Zone != got.Zone.String() {
				t.Errorf("the zone is %v", got.Zone)
			}
			if e := got.Event.Kind + " " + got.Event.At.Format(time.RFC3339); c.Event != "" && c.Event != e {
				t.Errorf("the event is %s", e)
			}
			checkOrigins(t, c.Now, got)
		})
	}
}

// checkOrigins holds what is true of every result: each known fact, and no
// other, has an origin that names a resource and is not of the future.
func checkOrigins(t testing.TB, now time.Time, r Result) {
	t.Helper()
	again := r.Facts
	for _, o := range r.Origins {
		if !r.Facts.Known(o.Fact) {
			t.Errorf("an origin of fact %d, which is not known", o.Fact)
		}
		if len(o.From) == 0 || len(o.From) > mostOrigins {
			t.Errorf("fact %d has %d resources", o.Fact, len(o.From))
		}
		if o.AsOf.After(now) || o.Since.After(o.AsOf) {
			t.Errorf("fact %d is as of %v, since %v, at %v", o.Fact, o.AsOf, o.Since, now)
		}
		again.Forget(o.Fact)
	}
	if zero := (Result{}).Facts; again != zero {
		t.Error("a fact has no origin")
	}
}

func factsOf(rev *content.Revision, r Result) map[string]string {
	c := rev.Set.Catalogue()
	out := make(map[string]string)
	for _, o := range r.Origins {
		d := c.Def(o.Fact)
		out[d.Name] = valueText(d, r.Facts.Raw(o.Fact))
	}
	return out
}

// backwards is a bundle with its entries in the other order.
func backwards(t testing.TB, doc json.RawMessage) json.RawMessage {
	t.Helper()
	var b map[string]json.RawMessage
	var entries []json.RawMessage
	if json.Unmarshal(doc, &b) != nil || json.Unmarshal(b["entry"], &entries) != nil {
		return doc
	}
	slices.Reverse(entries)
	var err error
	if b["entry"], err = json.Marshal(entries); err != nil {
		t.Fatal(err)
	}
	out, err := json.Marshal(b)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func sameZone(a, b *time.Location) bool { return a.String() == b.String() }

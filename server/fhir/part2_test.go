package fhir

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rightvoice/rightvoice/rules/fact"
)

// TestWithholdingLeavesNoTrace reads a record with and without what Part 2
// protects: nothing of the two results may differ.
func TestWithholdingLeavesNoTrace(t *testing.T) {
	rev := revision(t)
	const protected = "without consent nothing of it is told, and nothing listed"
	c, ok := loadCases(t)["consent: "+protected]
	if !ok {
		t.Fatal("the case is gone")
	}
	with, err := c.read(t, rev)
	if err != nil {
		t.Fatal(err)
	}
	var bundle struct {
		ResourceType string            `json:"resourceType"`
		Entry        []json.RawMessage `json:"entry"`
	}
	if err := json.Unmarshal(c.Documents[0], &bundle); err != nil {
		t.Fatal(err)
	}
	before := len(bundle.Entry)
	var kept []json.RawMessage
	for _, e := range bundle.Entry {
		if !bytes.Contains(e, []byte(`"F11.20"`)) && !bytes.Contains(e, []byte(`"Condition/c1"`)) && !bytes.Contains(e, []byte(`"ETH"`)) {
			kept = append(kept, e)
		}
	}
	if before-len(kept) != 3 {
		t.Fatalf("%d protected entries, want 3", before-len(kept))
	}
	bundle.Entry = kept
	if c.Documents[0], err = json.Marshal(bundle); err != nil {
		t.Fatal(err)
	}
	without, err := c.read(t, rev)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(without, with, cmp.AllowUnexported(fact.Facts{}), cmp.Comparer(sameZone)); diff != "" {
		t.Errorf("(- without, + with):\n%s", diff)
	}
}

// TestLabelsReachTheOrigins holds that a fact is marked with what its resources
// are labelled.
func TestLabelsReachTheOrigins(t *testing.T) {
	rev := revision(t)
	o := Options{Catalogue: rev.Set.Catalogue(), Now: at()}
	got, err := Read(bytes.NewReader([]byte(`{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","id":"m1"}},
		{"resource":{"resourceType":"Encounter","id":"e1","status":"finished","class":{"code":"IMP"},"subject":{"reference":"Patient/m1"},
		"period":{"end":"2026-02-28T00:00:00Z"},"meta":{"security":[{"code":"PSY"},{"code":"HIV"},{"code":"R"}]}}}]}`)), o)
	if err != nil {
		t.Fatal(err)
	}
	c := rev.Set.Catalogue()
	mental, _ := c.Value(fact.SensitiveTopicsShareable, "mental_health")
	hiv, _ := c.Value(fact.SensitiveTopicsShareable, "hiv")
	if len(got.Origins) != 1 || got.Origins[0].Labels != 1<<mental|1<<hiv {
		t.Errorf("the origins are %+v", got.Origins)
	}
}

// TestLabelsFollowTheCatalogue holds that each label is the bit of its topic.
func TestLabelsFollowTheCatalogue(t *testing.T) {
	d := fact.Builtin()[fact.SensitiveTopicsShareable]
	order := []label{labelReproductive, labelSexualHealth, labelSTI, labelGenderAffirming, labelMentalHealth, labelSUD, labelIPV, labelHIV}
	want := []string{"reproductive", "sexual_health", "sti", "gender_affirming", "mental_health", "sud", "ipv", "hiv"}
	if diff := cmp.Diff(want, d.Values); diff != "" || len(order) != len(want) {
		t.Fatal(diff)
	}
	for i, l := range order {
		if l != 1<<i {
			t.Errorf("%s is %b", want[i], l)
		}
	}
}

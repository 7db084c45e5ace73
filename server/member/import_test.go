package member

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/server/memory"
	"github.com/rightvoice/rightvoice/server/recommend"
)

// bundleAt is a bundle about somebody who left the hospital at a moment.
func bundleAt(left time.Time) string {
	return `{"resourceType":"Bundle","type":"collection","entry":[
	{"resource":{"resourceType":"Patient","id":"p","birthDate":"1980-05-01"}},
	{"resource":{"resourceType":"Encounter","id":"e","status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"IMP"},"subject":{"reference":"Patient/p"},
	 "period":{"start":"` + left.Add(-72*time.Hour).Format(time.RFC3339) + `","end":"` + left.Format(time.RFC3339) + `"}}}]}`
}

func (d *desk) bundle(at time.Time, json string) (*Imported, error) {
	return d.Import(context.Background(), d.words, &Bundle{Who: Who{Member: "m", Side: recommend.Provider}, Source: "ehr", AsOf: at, JSON: []byte(json)})
}

func TestABundleBecomesFacts(t *testing.T) {
	d := newDesk(t)
	out, err := d.bundle(time.Time{}, bundleAt(d.now.Add(-5*time.Hour)))
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(out.Facts, func(f ImportedFact) bool { return f.Name == "hours_since_acute_care" })
	if i < 0 || !slices.Equal(out.Facts[i].From, []string{"Encounter/e"}) || out.Facts[i].Older {
		t.Fatalf("the facts are %+v", out.Facts)
	}
	d.now = d.now.Add(2 * time.Hour)
	known := d.see(recommend.Provider)
	if k := known["hours_since_acute_care"]; k.Value != 7 || k.Source != "ehr" {
		t.Errorf("two hours later: %+v, want 7", k)
	}
	if k := known["age_years"]; k.Value < 45 {
		t.Errorf("the age is %+v", k)
	}
	if seen := d.see(recommend.Insurer); len(seen) != 1 || seen["age_years"].Value < 45 {
		t.Errorf("the insurer sees %v", names(seen))
	}
}

// TestABundleThatWasKept is read as it stood when it was complete. What happened
// is known later too.
func TestABundleThatWasKept(t *testing.T) {
	d := newDesk(t)
	at := d.now.Add(-30 * 24 * time.Hour)
	out, err := d.bundle(at, bundleAt(at.Add(-time.Hour)))
	if err != nil || len(out.Facts) == 0 {
		t.Fatalf("%v %v", out, err)
	}
	for _, f := range out.Facts {
		if f.Older || f.AsOf.After(at) {
			t.Errorf("%+v", f)
		}
	}
	if k := d.see(recommend.Provider)["hours_since_acute_care"]; k.Value != 721 {
		t.Errorf("a month later: %+v", k)
	}
	long := d.now.Add(-400 * 24 * time.Hour)
	if out, err := d.bundle(long, bundleAt(long.Add(-time.Hour))); err != nil || !slices.ContainsFunc(out.Facts, func(f ImportedFact) bool { return f.Name == "hours_since_acute_care" && f.Older }) {
		t.Errorf("more than a year later: %+v %v", out, err)
	}
	if _, err := d.bundle(d.now.Add(time.Hour), bundleAt(at)); err == nil {
		t.Error("a bundle of the future is taken")
	}
}

// away is a store that forgets to answer.
type away struct{ Store }

func (away) RecordFacts(context.Context, string, []memory.Told) error { return memory.ErrUnavailable }

func TestNothingHalfIsStored(t *testing.T) {
	d := newDesk(t)
	whole := bundleAt(d.now.Add(-time.Hour))
	for name, json := range map[string]string{
		"cut off": whole[:len(whole)-20], "a list": "[" + whole + "]", "nothing": " ", "another thing": `{"resourceType":"canary"}`,
		"two members": strings.Replace(whole, `"entry":[`, `"entry":[{"resource":{"resourceType":"Patient","id":"q"}},{"resource":{"resourceType":"Encounter","id":"f","subject":{"reference":"Patient/q"}}},`, 1),
	} {
		var refused *recommend.Error
		if _, err := d.bundle(time.Time{}, json); !errors.As(err, &refused) || refused.Code != recommend.InvalidArgument || !strings.HasPrefix(refused.Field, "bundle") || strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got := d.see(recommend.Provider); len(got) != 0 {
		t.Errorf("something is stored: %v", names(got))
	}
	d.Service.store = away{d.store}
	var refused *recommend.Error
	if _, err := d.bundle(time.Time{}, whole); !errors.As(err, &refused) || refused.Code != recommend.Unavailable {
		t.Errorf("a store that is away: %v", err)
	}
}

// TestBundlesWaitForEachOther holds all places and sees a bundle give up with
// its caller.
func TestBundlesWaitForEachOther(t *testing.T) {
	d := newDesk(t)
	for range cap(d.reading) {
		d.reading <- struct{}{}
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	b := &Bundle{Who: Who{Member: "m", Side: recommend.Provider}, Source: "ehr", JSON: []byte(bundleAt(d.now))}
	if _, err := d.Import(ctx, d.words, b); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("with no place free: %v", err)
	}
}

// TestBundlesOfOneConditionEach stand beside each other, and what is acute holds
// until its window ends.
func TestBundlesOfOneConditionEach(t *testing.T) {
	d := newDesk(t)
	for _, code := range []string{"E11.9", "I10", "J20.9"} {
		if _, err := d.bundle(time.Time{}, `{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","id":"p"}},
			{"resource":{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/p"},"clinicalStatus":{"coding":[{"code":"active"}]},
			"code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"`+code+`"}]},"onsetDateTime":"`+d.now.Add(-48*time.Hour).Format(time.RFC3339)+`"}}]}`); err != nil {
			t.Fatal(err)
		}
		d.now = d.now.Add(time.Minute)
	}
	if k := d.see(recommend.Provider)["chronic_dx"]; k.Value != 1<<d.value(fact.ChronicDx, "diabetes")|1<<d.value(fact.ChronicDx, "hypertension") {
		t.Errorf("long-term conditions: %+v", k)
	}
	if k := d.see(recommend.Provider)["acute_dx_active"]; k.Until.Before(d.now.Add(39*24*time.Hour)) || k.Until.After(d.now.Add(41*24*time.Hour)) {
		t.Errorf("a bronchitis of two days: %+v", k)
	}
}

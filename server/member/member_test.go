package member

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/intake"
	"github.com/rightvoice/rightvoice/server/memory"
	"github.com/rightvoice/rightvoice/server/memory/localstore"
	"github.com/rightvoice/rightvoice/server/recommend"
)

// desk is a service over an embedded store, with a clock of its own.
type desk struct {
	*Service
	*testing.T
	words *recommend.Snapshot
	store *localstore.Store
	now   time.Time
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	rev, problems := content.Load(content.Default(), time.Now())
	if rev == nil {
		t.Fatal(problems)
	}
	d := &desk{T: t, now: time.Now().UTC().Truncate(time.Second)}
	var err error
	if d.words, err = recommend.NewSnapshot(rev); err != nil {
		t.Fatal(err)
	}
	if d.store, err = localstore.Open(localstore.Options{Entries: 1000}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.store.Close(context.Background()) })
	d.Service = New(Options{Store: d.store, Now: func() time.Time { return d.now }})
	return d
}

// facts makes a vector by calling set.
func facts(set func(*fact.Facts)) (f fact.Facts) {
	set(&f)
	return f
}

// tell records events, all of which must be taken.
func (d *desk) tell(side recommend.Asker, events ...*Event) []Recorded {
	d.Helper()
	out, err := d.Record(context.Background(), d.words, "", side, events)
	if err != nil {
		d.Fatal(err)
	}
	for i := range out {
		if out[i].Err != nil {
			d.Fatalf("event %d is refused: %v", i, out[i].Err)
		}
	}
	return out
}

// see is what a side sees, by name.
func (d *desk) see(side recommend.Asker) map[string]Known {
	d.Helper()
	s, err := d.Show(context.Background(), d.words, Who{Member: "m", Side: side})
	if err != nil {
		d.Fatal(err)
	}
	out := map[string]Known{}
	for _, k := range s.Facts {
		out[d.words.Catalogue().Def(k.Fact).Name] = k
	}
	return out
}

func names(m map[string]Known) []string {
	var out []string
	for name := range m {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

func (d *desk) value(id fact.ID, word string) int64 {
	d.Helper()
	i, ok := d.words.Catalogue().Value(id, word)
	if !ok {
		d.Fatalf("there is no %s", word)
	}
	return int64(i)
}

func TestEventsThatAreRefused(t *testing.T) {
	d := newDesk(t)
	good := facts(func(f *fact.Facts) { f.SetBool(fact.AcuteDxActive, true) })
	for name, try := range map[string]struct {
		event Event
		field string
	}{
		"nobody":                {Event{Source: "a", AsOf: d.now, Facts: good}, "memberRef"},
		"at no time":            {Event{Member: "m", Source: "a", Facts: good}, "asOf"},
		"in the future":         {Event{Member: "m", Source: "a", AsOf: d.now.Add(memory.MaxSkew + time.Second), Facts: good}, "asOf"},
		"nothing":               {Event{Member: "m", Source: "a", AsOf: d.now}, ""},
		"a zone that is none":   {Event{Member: "m", Source: "a", AsOf: d.now, Zone: "Mars/Olympus"}, "timeZone"},
		"a zone that is a file": {Event{Member: "m", Source: "a", AsOf: d.now, Zone: "../../etc/passwd"}, "timeZone"},
		"from no feed":          {Event{Member: "m", AsOf: d.now, Facts: good}, ""},
	} {
		out, err := d.Record(context.Background(), d.words, "", recommend.Provider, []*Event{&try.event, {Member: "m", Source: "a", AsOf: d.now, Facts: good}})
		refused, ok := out[0].Err.(*recommend.Error)
		if err != nil || !ok || refused.Code != recommend.InvalidArgument || refused.Field != try.field {
			t.Errorf("%s: %v %v, want a word on %q", name, err, out[0].Err, try.field)
		}
		if out[1].Err != nil || len(out[1].Facts) != 1 {
			t.Errorf("%s: the good event beside it: %v", name, out[1])
		}
	}
	if _, err := d.Record(context.Background(), d.words, "", recommend.NotSaid, []*Event{{}}); err == nil {
		t.Error("events of no side were taken")
	}
}

func TestWhatBecomesOfEvents(t *testing.T) {
	d := newDesk(t)
	two := func(hours int64) fact.Facts {
		return facts(func(f *fact.Facts) { f.SetRaw(fact.HoursSinceAcuteCare, hours); f.SetRaw(fact.BMI, 30_000) })
	}
	out := d.tell(recommend.Provider,
		&Event{Member: "m", Source: "adt", AsOf: d.now.Add(-2 * time.Hour), Facts: two(1)},
		&Event{Member: "m", Source: "adt", AsOf: d.now.Add(-time.Hour), Facts: facts(func(f *fact.Facts) { f.SetRaw(fact.HoursSinceAcuteCare, 4) })},
		&Event{Member: "m", Source: "claims", AsOf: d.now.Add(-48 * time.Hour), Facts: two(1)},
		&Event{Member: "m", Source: "adt", AsOf: d.now.Add(time.Minute), Retract: []fact.ID{fact.Tobacco}},
		&Event{Member: "m", Source: "adt", AsOf: d.now, Diagnoses: []intake.Diagnosis{{System: intake.ICD10CM, Code: "Z23"}}},
	)
	for i, want := range []Recorded{
		{Facts: []string{"bmi"}, Older: []string{"hours_since_acute_care"}}, // newer in the same call
		{Facts: []string{"hours_since_acute_care"}},
		{Facts: []string{"hours_since_acute_care", "bmi"}}, // another source's, and a moment does not grow old
		{Facts: []string{"tobacco"}},
		{}, // a code that no rule reads
	} {
		if !slices.Equal(out[i].Facts, want.Facts) || !slices.Equal(out[i].Older, want.Older) {
			t.Errorf("event %d: %v, want %v", i, out[i], want)
		}
	}
	known := d.see(recommend.Provider)
	if k := known["hours_since_acute_care"]; k.Value != 5 || k.Source != "adt" || k.Side != recommend.Provider || !k.Until.Equal(d.now.Add((8785-5)*time.Hour)) {
		t.Errorf("hours since acute care: %+v, want 4 hours an hour ago", k)
	}
	if k := known["bmi"]; k.Source != "adt" || !k.AsOf.Equal(d.now.Add(-2*time.Hour)) {
		t.Errorf("the older feed counts: %+v", k)
	}
	d.now = d.now.Add((8785-5)*time.Hour - time.Second)
	if k := d.see(recommend.Provider)["hours_since_acute_care"]; k.Value != 8784 {
		t.Errorf("a year later: %+v, want 8784 hours", k)
	}
	d.now = d.now.Add(time.Second)
	if k, ok := d.see(recommend.Provider)["hours_since_acute_care"]; ok {
		t.Errorf("out of its range it is known: %+v", k)
	}
}

func TestAShorterAgeEndsAFact(t *testing.T) {
	d := newDesk(t)
	d.tell(recommend.Insurer, &Event{Member: "m", Source: "a", AsOf: d.now, MaxAge: time.Hour, Facts: facts(func(f *fact.Facts) { f.SetRaw(fact.AgeYears, 40) })})
	if k := d.see(recommend.Insurer)["age_years"]; !k.Until.Equal(d.now.Add(time.Hour)) {
		t.Errorf("it ends at %v", k.Until)
	}
	d.now = d.now.Add(time.Hour)
	if got := d.see(recommend.Insurer); len(got) != 0 {
		t.Errorf("after its age: %v", got)
	}
}

// TestEachSideSeesWhatItMay tells one fact of every kind from both sides.
func TestEachSideSeesWhatItMay(t *testing.T) {
	d := newDesk(t)
	chronic := d.value(fact.ChronicDx, "diabetes")
	sud := d.value(fact.ChronicDx, "sud")
	clinical := facts(func(f *fact.Facts) {
		f.SetRaw(fact.HoursSinceAcuteCare, 2)
		f.SetRaw(fact.Pregnancy, 2)
		f.SetRaw(fact.ChronicDx, 1<<chronic|1<<sud)
		f.SetRaw(fact.SensitiveTopicsShareable, 1)
		f.SetBool(fact.ConfidentialChannel, true)
		f.SetRaw(fact.AgeYears, 40)
		f.SetRaw(fact.CoverageStatus, 0)
	})
	d.tell(recommend.Provider, &Event{Member: "m", Source: "ehr", AsOf: d.now, Facts: clinical, Zone: "America/Chicago"})
	d.tell(recommend.Insurer, &Event{Member: "m", Source: "claims", AsOf: d.now.Add(-time.Hour), Facts: facts(func(f *fact.Facts) {
		f.SetRaw(fact.ClaimEvent, 2)
		f.SetRaw(fact.HoursSinceAcuteCare, 20)
		f.SetRaw(fact.ChronicDx, 1<<sud)
	})})
	insurer, provider, both := d.see(recommend.Insurer), d.see(recommend.Provider), d.see(recommend.Integrated)
	if got := names(insurer); !slices.Equal(got, []string{"age_years", "chronic_dx", "claim_event", "confidential_channel", "coverage_status", "hours_since_acute_care"}) {
		t.Errorf("the insurer sees %v", got)
	}
	if k := insurer["hours_since_acute_care"]; k.Value != 21 || k.Source != "claims" {
		t.Errorf("the insurer sees the provider's hours, or a gap: %+v", k)
	}
	if k := insurer["chronic_dx"]; k.Value != 1<<sud || k.Side != recommend.Insurer {
		t.Errorf("the insurer's own word: %+v", k)
	}
	if k := provider["chronic_dx"]; k.Value != 1<<chronic|1<<sud {
		t.Errorf("the provider's own word: %+v", k)
	}
	if _, ok := provider["sensitive_topics_shareable"]; !ok || len(provider) != 8 {
		t.Errorf("the provider sees %v", names(provider))
	}
	if k := both["chronic_dx"]; k.Value != 1<<chronic {
		t.Errorf("substance use without consent: %+v", k)
	}
	d.tell(recommend.Provider, &Event{Member: "m", Source: "ehr", AsOf: d.now, Facts: facts(func(f *fact.Facts) { f.SetRaw(fact.Part2Consent, consentTPO) })})
	if k := d.see(recommend.Integrated)["chronic_dx"]; k.Value != 1<<chronic|1<<sud {
		t.Errorf("substance use with consent: %+v", k)
	}
	if _, ok := d.see(recommend.Insurer)["part2_consent"]; ok {
		t.Error("the insurer sees that there is something to consent to")
	}
	if s, err := d.Show(context.Background(), d.words, Who{Member: "m", Side: recommend.Insurer}); err != nil || s.Zone != "America/Chicago" {
		t.Errorf("the time zone: %v %v", s.Zone, err)
	}
	if s, err := d.Show(context.Background(), d.words, Who{Member: "m", Tenant: "other", Side: recommend.Provider}); err != nil || len(s.Facts) != 0 {
		t.Errorf("another tenant's member of that name: %v %v", s.Facts, err)
	}
}

func values(all []ChosenOptOut) (out []string) {
	for _, o := range all {
		out = append(out, o.Value)
	}
	return out
}

func TestChoicesAreUndone(t *testing.T) {
	d := newDesk(t)
	choose := func(c Choice) Choices {
		t.Helper()
		c.Who, c.Source = Who{Member: "m", Side: recommend.Insurer}, "portal"
		got, _, err := d.Choose(context.Background(), d.words, &c)
		if err != nil {
			t.Fatal(err)
		}
		d.now = d.now.Add(time.Millisecond)
		return got
	}
	choose(Choice{View: &View{Value: "consumer", For: time.Hour}})
	got := choose(Choice{View: &View{Topic: "sleep", Value: "patient"}})
	if len(got.Views) != 2 || got.Views[0].Topic != "" || got.Views[0].View != "consumer" || got.Views[1].Topic != "sleep" || got.Views[1].View != "patient" {
		t.Errorf("the views are %+v", got.Views)
	}
	if until := got.Views[0].Until.Sub(d.now).Round(time.Minute); until != time.Hour {
		t.Errorf("the first holds %v", until)
	}
	choose(Choice{Topic: &OptOut{Value: "weight", Out: true}})
	choose(Choice{Topic: &OptOut{Value: "sleep", Out: true}})
	got = choose(Choice{Channel: &OptOut{Value: "sms", Out: true}})
	if v := values(got.Topics); !slices.Equal(v, []string{"sleep", "weight"}) && !slices.Equal(v, []string{"weight", "sleep"}) || !slices.Equal(values(got.Channels), []string{"sms"}) {
		t.Errorf("the opt-outs are %v, %v", got.Topics, got.Channels)
	}
	choose(Choice{View: &View{Topic: "sleep"}})
	choose(Choice{Topic: &OptOut{Value: "weight"}})
	got = choose(Choice{Channel: &OptOut{Value: "sms"}})
	if len(got.Views) != 1 || !slices.Equal(values(got.Topics), []string{"sleep"}) || len(got.Channels) != 0 {
		t.Errorf("after undoing: %+v", got)
	}
	d.now = d.now.Add(time.Hour)
	if s, err := d.Show(context.Background(), d.words, Who{Member: "m", Side: recommend.Provider}); err != nil || len(s.Choices.Views) != 0 || len(s.Choices.Topics) != 1 {
		t.Errorf("an hour later the other side sees %+v, %v", s.Choices, err)
	}
	if err := d.Forget(context.Background(), Who{Member: "m"}); err != nil {
		t.Fatal(err)
	}
	if s, err := d.Show(context.Background(), d.words, Who{Member: "m", Side: recommend.Insurer}); err != nil || len(s.Facts)+len(s.Choices.Topics) != 0 {
		t.Errorf("after forgetting: %+v %v", s, err)
	}
}

func TestChoicesThatAreRefused(t *testing.T) {
	d := newDesk(t)
	for name, try := range map[string]struct {
		choice Choice
		field  string
	}{
		"a view of no topic":        {Choice{View: &View{Topic: "canary", Value: "auto"}}, "view.topic"},
		"an opt-out of no topic":    {Choice{Topic: &OptOut{Value: "canary", Out: true}}, "topicOptOut.topic"},
		"an opt-out of no channel":  {Choice{Channel: &OptOut{Value: "canary", Out: true}}, "channelOptOut.channel"},
		"no choice":                 {Choice{}, ""},
		"a choice still to be made": {Choice{At: d.now.Add(time.Hour), View: &View{Value: "auto"}}, "asOf"},
	} {
		try.choice.Who, try.choice.Source = Who{Member: "m", Side: recommend.Insurer}, "portal"
		_, _, err := d.Choose(context.Background(), d.words, &try.choice)
		refused, ok := err.(*recommend.Error)
		if !ok || refused.Field != try.field || strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: %v, want a word on %q", name, err, try.field)
		}
	}
}

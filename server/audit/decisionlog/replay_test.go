package decisionlog

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

func replay(t testing.TB, dir string, live, draft *ruleset.Set, o ReplayOptions) *Impact {
	t.Helper()
	r, err := OpenReader(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	out, err := Replay(context.Background(), r, live, draft, o)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// shorter is content in which the ER counts for a week, and habits of a patient
// are nobody's.
var shorter = [][3]string{
	{"mindset.yaml", "hours_since_acute_care: {at_most: 30 days}", "hours_since_acute_care: {at_most: 7 days}"},
	{"sender.yaml", "then: provider\n    because:\n      en: \"While the member is a patient", "then: nobody\n    because:\n      en: \"While the member is a patient"},
}

func TestTheSameRulesChangeNothing(t *testing.T) {
	set, dir := rules(t), t.TempDir()
	record(t, dir, Options{}, "r", set, questions(set, 2000, 11))
	out := replay(t, dir, set, rules(t), ReplayOptions{})
	n := 0
	for _, c := range out.Cells {
		n += c.Decisions
	}
	if out.Decisions != 2000 || n != 2000 || out.Changed+out.Unsettled+out.Drifted+out.OtherTopic+out.Unreadable != 0 || len(out.Regions)+len(out.Samples)+len(out.NotRecorded) > 0 {
		t.Errorf("%+v", out)
	}
}

// TestReplayCountsWhatDiffers compares with answers to the questions themselves.
func TestReplayCountsWhatDiffers(t *testing.T) {
	live, draft, dir := rules(t), rules(t, shorter...), t.TempDir()
	all := questions(live, 5000, 12)
	record(t, dir, Options{FileSize: 100 << 10, Buffer: 30 << 10}, "r", live, all)
	type key struct {
		topic, tenant string
		day           time.Time
		from, to      Outcome
	}
	want, changed := map[key]cellCount{}, 0
	for i := range all {
		a, b := all[i].d, draft.Decide(&all[i].facts, all[i].d.Topic)
		k := key{live.Topics()[a.Topic].ID, []string{"default", "other"}[i%2], day.Add(time.Duration(i%48) * time.Hour).Truncate(24 * time.Hour),
			Outcome{a.Mindset, a.Sender}, Outcome{b.Mindset, b.Sender}}
		c := want[k]
		c.decisions++
		if k.from != k.to || a.Notice != b.Notice || !slices.Equal(a.Advice(), b.Advice()) {
			c.changed++
			changed++
		}
		want[k] = c
	}
	out := replay(t, dir, live, draft, ReplayOptions{})
	if out.Changed != changed || changed < 50 || out.Unsettled != 0 || len(out.Cells) != len(want) {
		t.Errorf("%d changed, want %d; %d cells, want %d", out.Changed, changed, len(out.Cells), len(want))
	}
	for _, c := range out.Cells {
		if got := (cellCount{c.Decisions, c.Changed}); got != want[key{c.Topic, c.Tenant, c.Day, c.From, c.To}] {
			t.Errorf("%+v", c)
		}
	}
	if !slices.ContainsFunc(out.Regions, func(r Region) bool { return r.Table == "mindset" && r.Old == "left-acute-care" && r.Decisions > 0 }) {
		t.Errorf("%+v", out.Regions)
	}
	tryAll(t, live, draft, out)
	again := replay(t, dir, live, draft, ReplayOptions{})
	if one, two := asJSON(t, out), asJSON(t, again); one != two {
		t.Error("the same log tells something else the second time")
	}
	part := replay(t, dir, live, draft, ReplayOptions{Tenant: "other", From: day.Add(24 * time.Hour), Samples: 2})
	n := 0
	for _, c := range part.Cells {
		n += c.Decisions
		if c.Tenant != "other" || c.Day.Before(day.Truncate(24*time.Hour)) {
			t.Errorf("%+v", c)
		}
	}
	if n != part.Decisions || n == 0 || n > 5000/4 || len(part.Samples) != 2 {
		t.Errorf("%d decisions, %d samples", n, len(part.Samples))
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// tryAll answers the samples anew.
func tryAll(t *testing.T, live, draft *ruleset.Set, out *Impact) {
	t.Helper()
	if len(out.Samples) < 5 {
		t.Errorf("%d samples", len(out.Samples))
	}
	for _, s := range out.Samples {
		f, topic := told(t, live, s)
		a, b := live.Decide(&f, topic), draft.Decide(&f, topic)
		if (Outcome{a.Mindset, a.Sender}) != s.From || (Outcome{b.Mindset, b.Sender}) != s.To || s.Before[1] != RowName(live, ruleset.SenderTable, a.SenderRow) || s.Now[0] != RowName(draft, ruleset.MindsetTable, b.MindsetRow) {
			t.Errorf("%+v is answered by %+v and %+v", s, a, b)
		}
	}
}

// told reads the facts of a sample.
func told(t *testing.T, set *ruleset.Set, s Sample) (f fact.Facts, topic uint16) {
	t.Helper()
	c := set.Catalogue()
	for name, value := range s.Facts {
		id, _ := c.Lookup(name)
		switch v := value.(type) {
		case bool:
			f.SetBool(id, v)
		case string:
			at, _ := c.Value(id, v)
			f.SetRaw(id, int64(at))
		case float64:
			if c.Def(id).Kind == fact.Decimal {
				v *= fact.DecimalScale
			}
			f.SetRaw(id, int64(v+0.5))
		case []any:
			f.SetRaw(id, 0)
			for _, x := range v {
				at, _ := c.Value(id, x.(string))
				f.Add(id, at)
			}
		}
	}
	topic, ok := set.Topic(s.Topic)
	if !ok {
		t.Fatalf("no topic %s", s.Topic)
	}
	return f, topic
}

// TestWhatWasNotRecordedIsNotGuessed has a draft read a fact of its own, and a
// new benefit.
func TestWhatWasNotRecordedIsNotGuessed(t *testing.T) {
	live, dir := rules(t), t.TempDir()
	all := questions(live, 3000, 13)
	record(t, dir, Options{}, "r", live, all)
	own := rules(t,
		[3]string{"facts.yaml", "\nown_facts:", "\nown_facts:\n  - {id: steps_a_day, type: int, unit: steps, min: 0, max: 100000, max_age: 2 days, label: {en: steps a day, es: pasos}, phrase: {en: \"steps {op} {value}\", es: \"pasos {op} {value}\"}}"},
		[3]string{"sender.yaml", "      - topic_kind: {is: lifestyle}\n      - mindset: {is: patient}\n      - any:", "      - topic_kind: {is: lifestyle}\n      - mindset: {is: patient}\n      - steps_a_day: {at_most: 500}\n      - any:"})
	habits := func(i int) bool {
		return all[i].d.SenderRow >= 0 && live.Row(ruleset.SenderTable, all[i].d.SenderRow).ID == "habits-of-a-patient"
	}
	want := 0
	for i := range all {
		if habits(i) {
			want++
		}
	}
	out := replay(t, dir, live, own, ReplayOptions{})
	if out.Unsettled != want || want == 0 || out.Changed != 0 || len(out.NotRecorded) != 1 || out.NotRecorded[0] != (NotRecorded{"steps_a_day", want}) {
		t.Errorf("want %d unsettled: %d, changed %d, %v", want, out.Unsettled, out.Changed, out.NotRecorded)
	}
	swim := rules(t,
		[3]string{"facts.yaml", "    - {id: gym, label", "    - {id: swimming, label: {en: pool, es: piscina}}\n    - {id: gym, label"},
		[3]string{"topics.yaml", "benefits: [gym]", "benefits: [gym, swimming]"})
	out = replay(t, dir, live, swim, ReplayOptions{})
	unsettled := 0
	for i := range all {
		unsettled += waitsForBenefit(swim, &all[i], live)
	}
	if out.Unsettled != unsettled || unsettled == 0 || out.Changed != 0 || out.NotRecorded[0].Fact != "benefit_available" {
		t.Errorf("want %d unsettled: %d, changed %d, %v", unsettled, out.Unsettled, out.Changed, out.NotRecorded)
	}
}

// waitsForBenefit is 1 if a member with the new benefit would be answered
// otherwise.
func waitsForBenefit(swim *ruleset.Set, q *asked, live *ruleset.Set) int {
	if live.Topics()[q.d.Topic].ID != "activity" || !q.facts.Known(fact.BenefitAvailable) {
		return 0
	}
	var f fact.Facts
	for _, id := range live.Catalogue().All()[:live.Catalogue().Len()] {
		if q.facts.Known(id) {
			f.SetRaw(id, q.facts.Raw(id))
		}
	}
	f.SetRaw(fact.BenefitAvailable, q.facts.Raw(fact.BenefitAvailable)<<1) // the new one comes first
	a := swim.Decide(&f, q.d.Topic)
	f.Add(fact.BenefitAvailable, 0)
	b := swim.Decide(&f, q.d.Topic)
	if a.Mindset == b.Mindset && a.Sender == b.Sender && slices.Equal(a.Advice(), b.Advice()) {
		return 0
	}
	return 1
}

func TestTopicsThatOneSideHasOnly(t *testing.T) {
	live, dir := rules(t), t.TempDir()
	all := questions(live, 500, 14)
	record(t, dir, Options{}, "r", live, all)
	more := rules(t, [3]string{"topics.yaml", "  - {id: sleep, ", "  - {id: rest, kind: lifestyle, label: {en: rest, es: descanso}}\n  - {id: sleep, "})
	out := replay(t, dir, live, more, ReplayOptions{})
	if out.Changed != 0 || out.OtherTopic != 0 || out.Drifted != 0 {
		t.Errorf("a new topic changes old questions: %+v", out)
	}
	dir2 := t.TempDir()
	record(t, dir2, Options{}, "r2", more, questions(more, 2000, 15))
	if out := replay(t, dir2, live, more, ReplayOptions{}); out.OtherTopic == 0 || out.Changed != out.OtherTopic {
		t.Errorf("%+v", out)
	}
}

func TestReplayEnds(t *testing.T) {
	set, dir := rules(t), t.TempDir()
	record(t, dir, Options{Buffer: 1}, "r", set, questions(set, 300, 16))
	r, err := OpenReader(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Replay(ctx, r, set, set, ReplayOptions{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, err := Replay(context.Background(), r, set, nil, ReplayOptions{}); err == nil {
		t.Error("replayed without rules")
	}
}

// TestManyAreReplayedFast tells how long 200,000 decisions take.
func TestManyAreReplayedFast(t *testing.T) {
	if testing.Short() {
		t.Skip("left out: it measures")
	}
	live, draft, dir := rules(t), rules(t, shorter...), t.TempDir()
	all := questions(live, 20_000, 17)
	for range 10 {
		record(t, dir, Options{}, "r", live, all)
	}
	names, _ := files(dir)
	size := int64(0)
	for _, n := range names {
		if info, err := os.Stat(n); err == nil {
			size += info.Size()
		}
	}
	began := time.Now()
	out := replay(t, dir, live, draft, ReplayOptions{})
	t.Logf("%d decisions in %v, %d changed; %d bytes each on disk", out.Decisions, time.Since(began), out.Changed, size/int64(out.Decisions))
	if out.Decisions != 200_000 {
		t.Error(out.Decisions)
	}
}

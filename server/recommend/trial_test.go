package recommend

import (
	"context"
	"fmt"
	"math"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rightvoice/rightvoice/rules/assign"
	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/server/insights/feedback"
	"github.com/rightvoice/rightvoice/server/memory/localstore"
)

// heard is what was told about answers.
type heard struct {
	mu  sync.Mutex
	all []feedback.Event
}

func (h *heard) Tell(e feedback.Event) {
	h.mu.Lock()
	h.all = append(h.all, e)
	h.mu.Unlock()
}

func (h *heard) of(k feedback.Kind) (out []feedback.Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, e := range h.all {
		if e.Kind == k {
			out = append(out, e)
		}
	}
	return out
}

// onTrial is a service whose sleep class comes in two wordings and whose holdout
// is about sleep.
func onTrial(t testing.TB, secret string) (*Service, *Snapshot, *heard) {
	t.Helper()
	snap := trialSnapshot(t)
	key, err := assign.NewKey([]byte(secret))
	if err != nil {
		t.Fatal(err)
	}
	now := func() time.Time { return time.Date(2026, 3, 1, 18, 0, 0, 0, time.UTC) }
	store, err := localstore.Open(localstore.Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close(context.Background()) })
	h := &heard{}
	s := New(Options{Store: store, StandIn: snap, Now: now, Outcomes: h, Assign: key})
	s.Use("", snap)
	return s, snap, h
}

func trialSnapshot(t testing.TB) *Snapshot {
	t.Helper()
	files := fstest.MapFS{}
	for _, name := range []string{"facts.yaml", "guardrails.yaml", "lexicon.yaml", "mindset.yaml", "policy.yaml", "sender.yaml", "topics.yaml",
		"advice/care.yaml", "advice/chronic.yaml", "advice/coverage.yaml", "advice/lifestyle.yaml", "advice/preventive.yaml", "advice/quiet.yaml", "advice/safety.yaml"} {
		b, err := content.Default().Open(name)
		if err != nil {
			t.Fatal(err)
		}
		var all strings.Builder
		buf := make([]byte, 1<<16)
		for {
			n, err := b.Read(buf)
			all.Write(buf[:n])
			if err != nil {
				break
			}
		}
		b.Close()
		text := all.String()
		switch name {
		case "advice/lifestyle.yaml":
			const after = "    title: {en: Sleep class, es: Clase para dormir}\n"
			text = strings.Replace(text, after, after+"    variants:\n      - {id: coach, percent: 40, text: {en: A coach of your plan can help you sleep., es: Un guía de su plan le ayuda a dormir.}}\n", 1)
		case "policy.yaml":
			text += "\nholdout: {id: spring, percent: 20, topics: [sleep]}\n"
		}
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	rev, problems := content.Load(files, time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC))
	if rev == nil {
		t.Fatal(problems)
	}
	snap, err := NewSnapshot(rev)
	if err != nil {
		t.Fatal(err)
	}
	return snap
}

// sleeper asks about sleep with a benefit for it.
func sleeper(snap *Snapshot, member string, asker Asker, outbound bool) *Request {
	topic, _ := snap.Topic("sleep")
	r := &Request{MemberRef: member, Asker: asker, Topic: topic, HasTopic: true}
	c := snap.Catalogue()
	r.Facts.SetRaw(fact.CoverageStatus, fact.CoverageActive)
	if at, ok := c.Value(fact.BenefitAvailable, "sleep_program"); ok {
		r.Facts.SetRaw(fact.BenefitAvailable, 1<<at)
	}
	if at, ok := c.Value(fact.Direction, "outbound"); ok && outbound {
		r.Facts.SetRaw(fact.Direction, int64(at))
		r.Facts.SetRaw(fact.LocalHour, 12)
	}
	return r
}

func recommendTo(t testing.TB, s *Service, snap *Snapshot, r *Request) *Answer {
	t.Helper()
	a, err := s.Recommend(context.Background(), snap, r)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

const trialSecret = "a secret that nobody will guess"

// TestVariantsChangeWordsOnly asks for many members: shares are as content says,
// everyone keeps their words on another server, and nothing but the words differs.
func TestVariantsChangeWordsOnly(t *testing.T) {
	one, snap, _ := onTrial(t, trialSecret)
	two, same, _ := onTrial(t, trialSecret)
	const members = 2000
	coach := 0
	var base, other *Recommendation
	for i := range members {
		r := sleeper(snap, fmt.Sprint("m", i), Insurer, false)
		a := recommendTo(t, one, snap, r)
		b := recommendTo(t, two, same, sleeper(same, r.MemberRef, Integrated, false))
		rec := &a.Recommendations[0]
		if rec.Sender != decision.Insurer || rec.Advice[0].ID != "sleep_help" || rec.Advice[0].Variant != b.Recommendations[0].Advice[0].Variant {
			t.Fatalf("%+v and %+v", rec, b.Recommendations[0])
		}
		if rec.Advice[0].Variant == "coach" {
			coach, other = coach+1, rec
		} else {
			base = rec
		}
	}
	if sigma := math.Sqrt(members * 0.4 * 0.6); math.Abs(float64(coach)-members*0.4) > 5*sigma {
		t.Errorf("%d of %d get the variant", coach, members)
	}
	x, y := *base.Advice[0], *other.Advice[0]
	if x.Text == y.Text || x.Title != y.Title || x.ID != y.ID || x.BenefitID != y.BenefitID || base.Mindset != other.Mindset || base.Sender != other.Sender ||
		len(base.Reasons) != len(other.Reasons) || *base.Reasons[0] != *other.Reasons[0] || *base.Reasons[1] != *other.Reasons[1] {
		t.Errorf("%+v and %+v", base, other)
	}
	// Nobody in particular, and a server without a key, get the base words.
	if v := recommendTo(t, one, snap, sleeper(snap, "", Insurer, true)).Recommendations[0]; v.Advice[0].Variant != "" || len(v.Suppressed) > 0 {
		t.Errorf("nobody in particular: %+v", v)
	}
}

// TestBothSidesHearTheSameVariant looks the decision up for the side that asked
// first and for both.
func TestBothSidesHearTheSameVariant(t *testing.T) {
	s, snap, _ := onTrial(t, trialSecret)
	for i := range 40 {
		a := recommendTo(t, s, snap, sleeper(snap, fmt.Sprint("m", i), Insurer, false))
		b := recommendTo(t, s, snap, sleeper(snap, fmt.Sprint("m", i), Integrated, false))
		c, err := s.GetDecision(context.Background(), DecisionQuery{DecisionID: a.ID, Asker: Integrated})
		if err != nil {
			t.Fatal(err)
		}
		if a.ID != b.ID || a.Recommendations[0].Advice[0].Text != b.Recommendations[0].Advice[0].Text ||
			a.Recommendations[0].Advice[0].Text != c.Recommendations[0].Advice[0].Text {
			t.Errorf("%v, %v, %v", a.Recommendations[0].Advice[0], b.Recommendations[0].Advice[0], c.Recommendations[0].Advice[0])
		}
	}
}

// TestHoldoutHoldsBackHabitsOnly asks in every way: only what goes out unasked
// about the topic is held back, and of the same members each time.
func TestHoldoutHoldsBackHabitsOnly(t *testing.T) {
	s, snap, h := onTrial(t, trialSecret)
	const members = 1000
	held := 0
	for i := range members {
		member := fmt.Sprint("m", i)
		rec := recommendTo(t, s, snap, sleeper(snap, member, Insurer, true)).Recommendations[0]
		if len(rec.Suppressed) > 0 {
			held++
			if sup := rec.Suppressed[0]; sup.Code != decision.Holdout || sup.PolicyID != HoldoutPolicy+"spring" || len(rec.Advice) > 0 || !sup.RetryAt.IsZero() {
				t.Fatalf("%+v", rec)
			}
			in := recommendTo(t, s, snap, sleeper(snap, member+"", Insurer, false)).Recommendations[0]
			asked := sleeper(snap, member, Insurer, true)
			asked.Text = "how can I sleep better?"
			for _, rec := range []Recommendation{in, recommendTo(t, s, snap, asked).Recommendations[0]} {
				if len(rec.Advice) == 0 {
					t.Fatalf("a member who asked is held out: %+v", rec)
				}
			}
			danger := sleeper(snap, member, Insurer, true)
			danger.Facts.SetRaw(fact.TextRedFlag, 1)
			if rec := recommendTo(t, s, snap, danger).Recommendations[0]; rec.Sender != decision.Safety || len(rec.Advice) != 1 {
				t.Fatalf("an emergency is held back: %+v", rec)
			}
		}
	}
	if sigma := math.Sqrt(members * 0.2 * 0.8); math.Abs(float64(held)-members*0.2) > 5*sigma {
		t.Errorf("%d of %d are held out", held, members)
	}
	if back, offered := len(h.of(feedback.HeldBack)), len(h.of(feedback.Offered)); back != held || offered < members-held {
		t.Errorf("%d held back and %d offered were counted, of %d and %d", back, offered, held, members-held)
	}
	for _, e := range h.of(feedback.HeldBack) {
		if e.About.Holdout != "spring"+feedback.Held || e.Member == "" || strings.HasPrefix(e.Member, "m") && len(e.Member) < 16 {
			t.Fatalf("%+v", e)
		}
	}
}

// TestFeedbackIsToldWithWhatItIsAbout, item by item, and never with a member.
func TestFeedbackIsToldWithWhatItIsAbout(t *testing.T) {
	s, snap, h := onTrial(t, trialSecret)
	ctx := context.Background()
	r := sleeper(snap, "secret-member", Insurer, false)
	r.Facts.SetRaw(fact.HoursSinceAcuteCare, 900)
	a := recommendTo(t, s, snap, r)
	for _, f := range []Feedback{
		{Outcome: Shown, Language: "es-MX"}, {Outcome: Accepted, AdviceID: "sleep_help"}, {Outcome: WrongSender, Asker: Provider, Topic: "sleep"},
	} {
		f.DecisionID = a.ID
		if f.Asker == NotSaid {
			f.Asker = Insurer
		}
		if _, err := s.RecordFeedback(ctx, f); err != nil {
			t.Fatal(err)
		}
	}
	shown, accepted, reported := h.of(feedback.Shown), h.of(feedback.Accepted), h.of(feedback.Reported)
	if len(shown) != 1 || len(accepted) != 1 || len(reported) != 1 || len(h.of(feedback.WrongSender)) != 1 {
		t.Fatalf("%+v", h.all)
	}
	if e := shown[0].About; e.Advice != "sleep_help" || e.Language != "es" || e.Sender != "insurer" || e.Rules != [2]string{"asks-about-habits", "benefit-for-this-topic"} ||
		e.Variant != accepted[0].About.Variant || e.Variant == "" || e.Revision != snap.ID() {
		t.Errorf("%+v", e)
	}
	if e := reported[0].About; !strings.Contains(e.Example, "hours_since_acute_care: 721\n") || strings.Contains(e.Example, "900") || e.Day != "2026-03-01" {
		t.Errorf("%q", e.Example)
	}
	for _, e := range h.all {
		if strings.Contains(fmt.Sprint(e), "secret-member") {
			t.Errorf("%+v", e)
		}
	}
	// Of another decision, of the other side's advice, or of nothing: told to nobody.
	n := len(h.all)
	for _, f := range []Feedback{{DecisionID: "0190a000-0000-7000-8000-000000000001", Outcome: Shown, Asker: Insurer}, {DecisionID: a.ID, Outcome: Accepted, Asker: Provider, AdviceID: "sleep_help"},
		{DecisionID: a.ID, Outcome: Shown, Asker: Insurer, Topic: "weight"}} {
		if _, err := s.RecordFeedback(ctx, f); err == nil {
			t.Errorf("%+v is good", f)
		}
	}
	if len(h.all) != n {
		t.Errorf("%d events were told of bad feedback", len(h.all)-n)
	}
}

func BenchmarkVariant(b *testing.B) {
	s, snap, _ := onTrial(b, trialSecret)
	v := voice{key: s.assign, tenant: "default", member: "member-123"}
	item := &snap.words.sheet("en").items[snap.items["sleep_help"]]
	b.ReportAllocs()
	for b.Loop() {
		v.says(item)
	}
}

func TestAllocVariant(t *testing.T) {
	s, snap, _ := onTrial(t, trialSecret)
	v := voice{key: s.assign, tenant: "default", member: "member-123"}
	item := &snap.words.sheet("en").items[snap.items["sleep_help"]]
	if n := testing.AllocsPerRun(1000, func() { v.says(item) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

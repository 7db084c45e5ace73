package insights

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/server/audit/decisionlog"
	"github.com/rightvoice/rightvoice/server/insights/feedback"
	"github.com/rightvoice/rightvoice/server/insights/localstore"
)

var march = time.Date(2026, 3, 15, 10, 0, 0, 0, time.UTC)

type oneVersion struct{ set *ruleset.Set }

func (v oneVersion) Version(context.Context, string, uint64) (Version, error) {
	return Version{Number: 1, Revision: "r-1", At: march.AddDate(0, 0, -10), Set: v.set}, nil
}

// recorded is a Service over n recorded decisions.
func recorded(t testing.TB, n int) (*Service, *localstore.Store) {
	t.Helper()
	set, problems := ruleset.Load(content.Default(), march)
	if set == nil {
		t.Fatal(problems)
	}
	dir := t.TempDir()
	l, err := decisionlog.Open(dir, decisionlog.Options{Buffer: 64 << 20, Now: func() time.Time { return march }})
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		var f fact.Facts
		if i%3 == 0 {
			f.SetRaw(fact.HoursSinceAcuteCare, int64(i%2000))
		}
		topic := uint16(i % len(set.Topics()))
		d := set.Decide(&f, topic)
		l.Log(march.Add(-time.Duration(i%300)*time.Hour), "default", "r-1", set, &f, &d)
	}
	if err := l.Close(context.Background()); err != nil {
		t.Fatal(err)
	}
	if s := l.Stats(); s.Written != uint64(n) {
		t.Fatalf("%+v of %d", s, n)
	}
	counts, err := localstore.Open(localstore.Options{Now: func() time.Time { return march }})
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(Options{Rules: oneVersion{set}, Counts: counts, Now: func() time.Time { return march },
		Decisions: func() (*decisionlog.Reader, error) { return decisionlog.OpenReader(dir) }})
	if err != nil {
		t.Fatal(err)
	}
	return s, counts
}

func TestFiguresOfWhatWasRecorded(t *testing.T) {
	s, counts := recorded(t, 5000)
	var events []feedback.Event
	for i := range 60 {
		about := feedback.About{Topic: "sleep", Advice: "sleep_help", Mindset: "consumer", Sender: "insurer", Revision: "r-1"}
		k := feedback.Accepted
		switch {
		case i >= 50: // too few, and of one member
			about.Advice, k = "gym", feedback.Dismissed
		case i%2 == 0:
			k = feedback.Dismissed
		}
		events = append(events, feedback.Event{Tenant: "default", Member: fmt.Sprint("m", min(i, 50)), Decision: fmt.Sprint("d", i), At: march, Kind: k, About: about})
	}
	if err := counts.Count(context.Background(), events); err != nil {
		t.Fatal(err)
	}
	f, err := s.Figures(context.Background(), Query{Tenant: "default", From: "2026-03-01"})
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, x := range f.Senders {
		total += x.Count
	}
	if f.Decisions == 0 || f.Decisions > 5000 || total > f.Decisions || len(f.NeverHit) == 0 || len(f.Gaps) == 0 {
		t.Errorf("%d decisions, %d by sender, %d never hit, %d gaps", f.Decisions, total, len(f.NeverHit), len(f.Gaps))
	}
	for _, x := range f.FeedbackBy {
		if x.By == "advice" && (x.ID != "sleep_help" || x.Helpful.Count != 25 || x.Helpful.Of != 50) {
			t.Errorf("%+v", x)
		}
	}
	if other, err := s.Figures(context.Background(), Query{Tenant: "other"}); err != nil || other.Decisions != 0 || other.Feedback.Helpful.Of != 0 {
		t.Errorf("%+v %v", other, err)
	}
}

func BenchmarkFigures200000(b *testing.B) {
	s, _ := recorded(b, 200_000)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Figures(context.Background(), Query{Tenant: "default"}); err != nil {
			b.Fatal(err)
		}
	}
}

package rulebook

import (
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/server/audit/decisionlog"
	"github.com/rightvoice/rightvoice/server/auth"
	"github.com/rightvoice/rightvoice/server/recommend"
	"github.com/rightvoice/rightvoice/server/revision"
	"github.com/rightvoice/rightvoice/server/revision/dirstore"
	"github.com/rightvoice/rightvoice/server/revision/edit"
)

// archive is a Book whose service keeps evidence, on folders that outlive it.
type archive struct {
	*Book
	store *dirstore.Store
}

func openArchive(t testing.TB, dir, decisions string) *archive {
	t.Helper()
	store, err := dirstore.Open(filepath.Join(dir, "revisions"), dirstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	a := &archive{store: store}
	loader := content.NewLoader()
	s, err := revision.New(revision.Options{Store: store, Loader: loader,
		Assess: func(ctx context.Context, x revision.Assessment) (revision.Assessed, error) { return a.Assess(ctx, x) }})
	if err != nil {
		t.Fatal(err)
	}
	a.Book, err = New(Options{Revisions: s, Loader: loader,
		Explain: func(context.Context, *recommend.Snapshot, *recommend.ExplainRequest) (*recommend.Explanation, error) {
			return &recommend.Explanation{}, nil
		},
		Decisions: func() (*decisionlog.Reader, error) {
			if decisions == "" {
				return nil, errors.New("the disk is gone")
			}
			return decisionlog.OpenReader(decisions)
		}})
	if err != nil {
		t.Fatal(err)
	}
	files, err := revision.ReadFiles(content.Default())
	if err == nil {
		_, err = s.Seed(context.Background(), "setup", "default", files, "")
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return a
}

// record writes down n questions about sleep of members with a new drug.
func record(t testing.TB, dir string, n int) {
	t.Helper()
	log, err := decisionlog.Open(dir, decisionlog.Options{})
	if err != nil {
		t.Fatal(err)
	}
	rev, _ := content.Load(content.Default(), time.Now())
	var f fact.Facts
	f.SetRaw(fact.NewRxDays, 10)
	topic, _ := rev.Set.Topic("sleep")
	d := rev.Set.Decide(&f, topic)
	for range n {
		log.Log(time.Now(), "default", rev.ID, rev.Set, &f, &d)
	}
	if err := log.Close(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// days is how long a new drug counts; the example that says otherwise goes.
func days(n string) []edit.Op {
	return []edit.Op{{Do: edit.SetValue, List: "mindset", Row: "new-drug", At: "0", Values: []string{n + " days"}}, {Do: edit.Delete, List: "cases", Row: "drinking-with-a-new-drug"}}
}

// submitted is a draft of ann's with an edit, in review.
func (a *archive) submitted(t testing.TB, ops ...edit.Op) revision.Target {
	t.Helper()
	ctx, s := context.Background(), a.o.Revisions
	d, err := s.Create(ctx, "ann", revision.Creation{Tenant: "default", Title: "Shorter"})
	if err != nil {
		t.Fatal(err)
	}
	if d, err = s.Edit(ctx, "ann", revision.Target{Tenant: "default", ID: d.ID, Etag: d.Etag}, ops, ""); err != nil {
		t.Fatal(err)
	}
	to := revision.Target{Tenant: "default", ID: d.ID, Etag: d.Etag}
	if _, err = s.Submit(ctx, "ann", to, revision.Submission{}); err != nil {
		t.Fatal(err)
	}
	return to
}

func (a *archive) publish(t testing.TB, to revision.Target) Version {
	t.Helper()
	if _, err := a.o.Revisions.Approve(context.Background(), "ben", to, revision.Opinion{Text: "as agreed with the clinic"}); err != nil {
		t.Fatal(err)
	}
	v, err := a.Publish(context.Background(), person("cy", auth.Publisher), to, revision.Order{})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// seen is a version as people see it, in both languages.
func (a *archive) seen(t testing.TB, number uint64) string {
	t.Helper()
	var out []string
	for _, language := range []string{"en", "es-US"} {
		v, err := a.Version(context.Background(), "default", number, language)
		if err != nil {
			t.Fatal(err)
		}
		v.Live = false
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(text))
	}
	return strings.Join(out, "\n")
}

func TestWhatApproversSawStaysWithTheVersion(t *testing.T) {
	dir, decisions := t.TempDir(), t.TempDir()
	record(t, decisions, 30)
	a := openArchive(t, dir, decisions)
	to := a.submitted(t, days("7")...)
	if _, err := a.o.Revisions.Comment(context.Background(), "ben", to, "mindset/new-drug", "why a week?"); err != nil {
		t.Fatal(err)
	}
	record(t, decisions, 12) // recorded after it was submitted
	v := a.publish(t, to)
	if v.Evidence == nil || v.Evidence.Sums.Recorded != 30 || v.Evidence.Sums.Changed != 30 || v.Evidence.Sums.Proved == 0 || v.Evidence.Sums.Cases == 0 || v.Evidence.Sums.Changes != 2 {
		t.Fatalf("%+v", v.Evidence)
	}
	p, err := a.Version(context.Background(), "default", 2, "es")
	if err != nil {
		t.Fatal(err)
	}
	i := p.Impact
	if i == nil || i.Recorded != 30 || len(i.Shifts) == 0 || i.Shifts[0].Topic != "sleep" || i.Shifts[0].Count != 30 || len(i.Regions) == 0 || i.At.IsZero() {
		t.Fatalf("%+v", i)
	}
	seen := slices.IndexFunc(i.Regions, func(r Region) bool { return r.Recorded == 30 })
	never := slices.IndexFunc(i.Regions, func(r Region) bool { return r.Recorded == 0 })
	if seen < 0 || never < 0 || v.Evidence.Sums.Unseen == 0 || i.Regions[0].Story[0] == "" {
		t.Errorf("regions with and without traffic: %+v", i.Regions)
	}
	if len(p.Changes) != 2 || !slices.ContainsFunc(p.Changes, func(c Change) bool { return strings.Contains(c.Says.String(), "7 días") }) || len(p.Said) != 1 || p.Reviews[0].Text != "as agreed with the clinic" || !p.Report.Green() {
		t.Errorf("%+v", p)
	}
	before := a.seen(t, 2)
	record(t, decisions, 20)
	if after := a.seen(t, 2); after != before {
		t.Errorf("it changed with what was recorded later:\n%s\n%s", before, after)
	}
	a.store.Close()
	again := openArchive(t, dir, "") // another process, which has no recorded decisions
	if after := again.seen(t, 2); after != before {
		t.Errorf("it changed with a restart:\n%s\n%s", before, after)
	}
	again.o.Now = func() time.Time { return time.Now().AddDate(1, 0, 0) } // other rules may count by then
	if after := again.seen(t, 2); after != before {
		t.Errorf("it changed with time:\n%s\n%s", before, after)
	}
}

func TestEvidenceIsThrownAwayByAnEdit(t *testing.T) {
	decisions := t.TempDir()
	record(t, decisions, 5)
	a := openArchive(t, t.TempDir(), decisions)
	to := a.submitted(t, days("7")...)
	ctx := context.Background()
	d, err := a.o.Revisions.Draft(ctx, "default", to.ID)
	if err != nil || d.Evidence == nil || d.Evidence.After != to.Etag || d.Evidence.Sums.Changed != 5 {
		t.Fatalf("%+v %v", d.Evidence, err)
	}
	if d, err = a.o.Revisions.Edit(ctx, "ann", to, days("13")[:1], ""); err != nil || d.Evidence != nil {
		t.Fatalf("%+v %v", d.Evidence, err)
	}
	to.Etag = d.Etag
	if d, err = a.o.Revisions.Submit(ctx, "ann", to, revision.Submission{}); err != nil || d.Evidence == nil || d.Evidence.Sums.Changed != 0 || d.Evidence.Sums.Recorded != 5 {
		t.Errorf("%+v %v", d.Evidence, err)
	}
}

func TestNothingRecordedKeepsNobodyFromPublishing(t *testing.T) {
	a := openArchive(t, t.TempDir(), "") // recorded decisions can't be read
	v := a.publish(t, a.submitted(t, days("7")...))
	if e := v.Evidence; e == nil || !e.Sums.Logged || e.Sums.Counted || e.Sums.Regions == 0 || e.Sums.Unseen != 0 {
		t.Fatalf("%+v", e)
	}
	back, err := a.RollBack(context.Background(), person("cy", auth.Publisher), "default", 1, revision.Order{Note: "too early"})
	if err != nil || back.Evidence == nil || back.Evidence.Before != v.Digest || back.Evidence.Sums.Changes != 2 {
		t.Fatalf("%+v %v", back.Evidence, err)
	}
	p, err := a.Version(context.Background(), "default", 3, "en")
	if err != nil || len(p.Changes) != 2 || !slices.ContainsFunc(p.Changes, func(c Change) bool { return strings.Contains(c.Said.String(), "7 days") }) || p.Impact.Counted {
		t.Errorf("%+v %v", p, err)
	}
}

func TestTheFirstVersionHasNothingToCompareWith(t *testing.T) {
	a := openArchive(t, t.TempDir(), "")
	p, err := a.Version(context.Background(), "default", 0, "es")
	if err != nil || p.Impact != nil || p.Evidence != nil || len(p.Changes) != 0 || !p.Report.Green() {
		t.Fatalf("%+v %v", p, err)
	}
	g := p.Report.Proof.Guardrails
	c, err := a.compile(context.Background(), p.Digest)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(c.set.Guardrails(), func(x ruleset.Guardrail) bool { return x.ID == g[0].ID })
	if says, _ := c.set.Guardrails()[i].Says.In("es"); g[0].Says != says {
		t.Errorf("%q is not Spanish", g[0].Says)
	}
}

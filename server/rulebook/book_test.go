package rulebook

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/server/audit"
	"github.com/rightvoice/rightvoice/server/auth"
	"github.com/rightvoice/rightvoice/server/recommend"
	"github.com/rightvoice/rightvoice/server/revision"
	"github.com/rightvoice/rightvoice/server/revision/dirstore"
	"github.com/rightvoice/rightvoice/server/revision/edit"
)

func newBook(t testing.TB, change func(*Options)) *Book {
	t.Helper()
	store, err := dirstore.Open(filepath.Join(t.TempDir(), "revisions"), dirstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	loader := content.NewLoader()
	s, err := revision.New(revision.Options{Store: store, Loader: loader})
	if err != nil {
		t.Fatal(err)
	}
	files, err := revision.ReadFiles(content.Default())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Seed(context.Background(), "setup", "default", files, ""); err != nil {
		t.Fatal(err)
	}
	o := Options{Revisions: s, Loader: loader, Explain: func(context.Context, *recommend.Snapshot, *recommend.ExplainRequest) (*recommend.Explanation, error) {
		return &recommend.Explanation{}, nil
	}}
	if change != nil {
		change(&o)
	}
	b, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func person(name string, roles auth.Roles) *auth.Principal {
	return &auth.Principal{Name: name, Kind: auth.Person, Roles: map[string]auth.Roles{"default": roles}}
}

func TestTheCatalogueHasWordsInBothLanguages(t *testing.T) {
	b := newBook(t, nil)
	ctx := context.Background()
	en, err := b.Facts(ctx, "default", Ref{}, "en")
	if err != nil {
		t.Fatal(err)
	}
	es, err := b.Facts(ctx, "default", Ref{Version: 1}, "es-MX")
	if err != nil || len(es) != len(en) || len(en) < int(fact.BuiltinCount) {
		t.Fatalf("%d and %d facts, %v", len(en), len(es), err)
	}
	same, synonyms := 0, 0
	for i := range en {
		if en[i].Label == "" || es[i].Label == "" || en[i].Def.Kind != fact.Opaque && len(en[i].Operators) == 0 {
			t.Errorf("%s: %+v", en[i].Def.Name, en[i])
		}
		if en[i].Label == es[i].Label {
			same++
		}
		synonyms += len(en[i].Synonyms)
		for _, o := range en[i].Operators {
			if o.Label == "" || o.Min < 1 || o.Most < o.Min {
				t.Errorf("%s: %+v", en[i].Def.Name, o)
			}
		}
		for j, v := range en[i].Values {
			if v.ID != en[i].Def.Values[j] || v.Label == "" {
				t.Errorf("%s: %+v", en[i].Def.Name, v)
			}
		}
	}
	if same > 5 || synonyms < 10 {
		t.Errorf("%d labels are the same in both languages, and there are %d synonyms", same, synonyms)
	}
	hours := en[slices.IndexFunc(en, func(f Fact) bool { return f.ID == fact.HoursSinceAcuteCare })]
	if hours.Operators[0].Op != ruleset.AtMost || hours.Operators[0].Label != "at most" || !slices.Contains(hours.Synonyms, "ER") {
		t.Errorf("%+v", hours)
	}
}

func TestContentShowsRulesThatArePausedOrStillToCome(t *testing.T) {
	b := newBook(t, nil)
	ctx, ann := context.Background(), person("ann", auth.Author)
	d, err := b.Create(ctx, ann, revision.Creation{Tenant: "default"})
	if err != nil {
		t.Fatal(err)
	}
	yesterday, later := time.Now().AddDate(0, 0, -3).Format(time.DateOnly), time.Now().AddDate(0, 0, 40).Format(time.DateOnly)
	e, err := b.Edit(ctx, ann, revision.Target{Tenant: "default", ID: d.ID, Etag: d.Etag}, []edit.Op{
		{Do: edit.Pause, List: "mindset", Row: "new-drug", Value: yesterday},
		{Do: edit.SetKey, List: "mindset", Row: "seen-for-a-problem", Key: "from", Value: later}}, "", "")
	if err != nil {
		t.Fatal(err)
	}
	if len(e.Rows.Rules) != 2 || len(e.Report.Problems) != 0 {
		t.Errorf("%d rules were touched, %v", len(e.Rows.Rules), e.Report.Problems)
	}
	c, err := b.Content(ctx, "default", Ref{Draft: d.ID}, "es")
	if err != nil {
		t.Fatal(err)
	}
	live, err := b.Content(ctx, "default", Ref{}, "es")
	if err != nil || len(c.Rules) != len(live.Rules) || len(c.Scenarios) < 100 || len(c.Files) < 8 {
		t.Fatalf("%d of %d rules, %d scenarios, %v", len(c.Rules), len(live.Rules), len(c.Scenarios), err)
	}
	for i, r := range c.Rules {
		if out := r.ID == "new-drug" || r.ID == "seen-for-a-problem"; r.InForce == out {
			t.Errorf("%s is in force: %v", r.ID, r.InForce)
		}
		if r.ID != live.Rules[i].ID || r.Position != live.Rules[i].Position {
			t.Errorf("place %d holds %s, not %s", i, r.ID, live.Rules[i].ID)
		}
	}
	for _, s := range c.Scenarios {
		if !strings.HasPrefix(strings.TrimSpace(s.Text), "- id: "+s.ID) || strings.Count(s.Text, "- id: ") != 1 {
			t.Fatalf("%s is told as\n%s", s.ID, s.Text)
		}
	}
}

func TestPermissionsSayWhyNot(t *testing.T) {
	b := newBook(t, nil)
	ctx := context.Background()
	ann, ben := person("ann", auth.Author|auth.Approver), person("ben", auth.Approver)
	d, err := b.Create(ctx, ann, revision.Creation{Tenant: "default"})
	if err != nil {
		t.Fatal(err)
	}
	target := revision.Target{Tenant: "default", ID: d.ID, Etag: d.Etag}
	e, err := b.Edit(ctx, ann, target, []edit.Op{{Do: edit.SetWords, List: "mindset", Row: "new-drug", Key: "because", Language: "en", Text: "A new drug."}}, "", "")
	if err != nil {
		t.Fatal(err)
	}
	target.Etag = e.Draft.Etag
	d, err = b.Do(ctx, ann, target, func(s *revision.Service, by string) (revision.Draft, error) {
		return s.Submit(ctx, by, target, revision.Submission{})
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		who    *auth.Principal
		action string
		why    string // empty: may
	}{
		{ann, "approve", "own"}, {ann, "edit", ""}, {ann, "publish", "roles: publisher"}, {ann, "submit", "in review"}, {ann, "withdraw", ""},
		{ben, "approve", ""}, {ben, "reject", ""}, {ben, "edit", "roles: author"}, {person("eve", auth.Viewer), "comment", "roles"},
		{person("pat", auth.Publisher), "publish", "in review"},
	} {
		shown, err := b.Draft(ctx, x.who, "default", d.ID)
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(shown.Permissions, func(p Permission) bool { return p.Action == x.action })
		if got := shown.Permissions[i].WhyNot; (got == "") != (x.why == "") || !strings.Contains(got, x.why) {
			t.Errorf("%s may %s: %q, want %q", x.who.Name, x.action, got, x.why)
		}
	}
	b.o.ReadOnly = true
	me, err := b.Me(ctx, person("all", auth.Author|auth.Publisher|auth.Admin), "default")
	if err != nil || !slices.Equal(me.Tenants, []string{"default"}) {
		t.Fatalf("%+v %v", me, err)
	}
	for _, p := range me.Permissions {
		if p.WhyNot == "" && p.Action != "audit" {
			t.Errorf("%s on a server that takes no changes", p.Action)
		}
	}
}

func TestEveryActionIsAMethodThatSomebodyMayCall(t *testing.T) {
	for _, a := range slices.Concat(general, actions) {
		if auth.Needs(methods+a.method) == 0 {
			t.Errorf("%s: nobody may call %s", a.name, a.method)
		}
	}
}

func TestEventsGoIntoTheAuditAndComeBack(t *testing.T) {
	log, err := audit.Open(t.TempDir(), audit.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	b := newBook(t, func(o *Options) { o.Audit = log.List })
	digest := revision.DigestOf([]byte("x"))
	for i, e := range []revision.Event{
		{Action: revision.ActCreate, By: "ann", Tenant: "default", Draft: "d1", Digest: digest},
		{Action: revision.ActApprove, By: "ann", Tenant: "default", Draft: "d1", Digest: digest, Refused: revision.OwnDraft},
		{Action: revision.ActPublish, By: "ben", Tenant: "default", Draft: "d1", Digest: digest, Version: 7, With: "cy"},
		{Action: revision.ActPublish, By: "ben", Tenant: "east", Draft: "d1", Digest: digest, Version: 1},
	} {
		if _, err := log.Append(Entry(e)); err != nil {
			t.Fatal(i, err)
		}
	}
	all, err := b.Audit("default", "d1", 0, 10)
	if err != nil || len(all) != 3 {
		t.Fatalf("%d records, %v", len(all), err)
	}
	var told []string
	for i := range all {
		x := About(&all[i])
		told = append(told, fmt.Sprint(all[i].Kind, " ", x.Action, " ", x.Draft, " ", x.Version, " ", x.With, " ", all[i].Reason))
		if x.Digest != string(digest) {
			t.Errorf("about %s", x.Digest)
		}
	}
	if got := strings.Join(told, "; "); got != "publish publish d1 7 cy ; approval approve d1   OWN_DRAFT; change create d1   " {
		t.Errorf("%q", got)
	}
	if _, err := newBook(t, nil).Audit("default", "", 0, 1); revision.CodeOf(err) != revision.NotFound {
		t.Errorf("no audit is kept: %v", err)
	}
}

func TestImpactWithoutALogStillGivesRegions(t *testing.T) {
	b := newBook(t, nil)
	ctx, ann := context.Background(), person("ann", auth.Author)
	d, err := b.Create(ctx, ann, revision.Creation{Tenant: "default"})
	if err != nil {
		t.Fatal(err)
	}
	_, err = b.Edit(ctx, ann, revision.Target{Tenant: "default", ID: d.ID, Etag: d.Etag},
		[]edit.Op{{Do: edit.SetValue, List: "mindset", Row: "new-drug", At: "0", Values: []string{"7 days"}}}, "", "")
	if err != nil {
		t.Fatal(err)
	}
	i, err := b.Impact(ctx, "default", d.ID, time.Time{}, "es", func(string, int, int) {})
	if err != nil || i.Logged || len(i.Regions) == 0 || i.Regions[0].Story[0] == "" || i.Draft == i.Live {
		t.Errorf("%+v %v", i, err)
	}
	if err := writeBroken(ctx, b, ann, d.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Impact(ctx, "default", d.ID, time.Time{}, "", func(string, int, int) {}); revision.CodeOf(err) != revision.NotGreen {
		t.Errorf("a draft that can't be read: %v", err)
	}
	c, err := b.Content(ctx, "default", Ref{Draft: d.ID}, "")
	if err != nil || len(c.Problems) == 0 || len(c.Rules) != 0 {
		t.Errorf("it is shown with what is wrong: %+v %v", c, err)
	}
}

// writeBroken makes a draft that can't be read.
func writeBroken(ctx context.Context, b *Book, who *auth.Principal, id string) error {
	d, err := b.Draft(ctx, who, "default", id)
	if err != nil {
		return err
	}
	e, err := b.Edit(ctx, who, revision.Target{Tenant: "default", ID: id, Etag: d.Etag}, []edit.Op{{Do: edit.WriteFile, File: "mindset.yaml", Text: "rules: ["}}, "", "")
	if err == nil && len(e.Report.Problems) == 0 {
		return fmt.Errorf("nothing is wrong with it")
	}
	return err
}

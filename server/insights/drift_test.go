package insights

import (
	"context"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/server/audit/decisionlog"
	"github.com/rightvoice/rightvoice/server/insights/localstore"
)

// twoVersions are a first version and one that asks for 45 days since acute care
// where the first asked for 30.
type twoVersions [2]Version

func (v *twoVersions) Version(_ context.Context, _ string, number uint64) (Version, error) {
	switch number {
	case 0:
		return v[1], nil
	case 1, 2:
		return v[number-1], nil
	}
	return Version{}, fs.ErrNotExist
}

func newTwoVersions(t *testing.T) *twoVersions {
	t.Helper()
	files := fstest.MapFS{}
	changed := 0
	if err := fs.WalkDir(content.Default(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(content.Default(), name)
		if text := string(b); name == "mindset.yaml" {
			const from = "hours_since_acute_care: {at_most: 30 days}"
			changed = strings.Count(text, from)
			b = []byte(strings.ReplaceAll(text, from, "hours_since_acute_care: {at_most: 45 days}"))
		}
		files[name] = &fstest.MapFile{Data: b}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	old, problems := ruleset.Load(content.Default(), march)
	now, more := ruleset.Load(files, march)
	if old == nil || now == nil || changed == 0 {
		t.Fatal(changed, problems, more)
	}
	at := march.AddDate(0, 0, -5).Truncate(time.Hour)
	return &twoVersions{{Number: 1, Revision: "r-1", At: at.AddDate(0, -1, 0), Set: old}, {Number: 2, Revision: "r-2", At: at, Set: now}}
}

// driftOf logs questions about sleep before and since the second version, some of
// them 40 days after acute care.
func driftOf(t *testing.T, before, since, recentBefore, recentSince int) *Drift {
	t.Helper()
	v := newTwoVersions(t)
	dir := t.TempDir()
	l, err := decisionlog.Open(dir, decisionlog.Options{Buffer: 64 << 20, Now: func() time.Time { return march }})
	if err != nil {
		t.Fatal(err)
	}
	log := func(at time.Time, by *Version, n, recent int) {
		for i := range n {
			f := asksAboutSleep(by.Set)
			if i < recent {
				f.SetRaw(fact.HoursSinceAcuteCare, 40*24)
			}
			topic, _ := by.Set.Topic("sleep")
			d := by.Set.Decide(&f, topic)
			l.Log(at, "default", by.Revision, by.Set, &f, &d)
		}
	}
	log(v[1].At.AddDate(0, 0, -3), &v[0], before, recentBefore)
	log(v[1].At.AddDate(0, 0, -40), &v[0], 500, 500) // before the window
	log(v[1].At.AddDate(0, 0, 2), &v[1], since, recentSince)
	log(v[1].At.AddDate(0, 0, 2), &v[0], 500, 500) // a server that is late
	if err := l.Close(context.Background()); err != nil {
		t.Fatal(err)
	}
	counts, err := localstore.Open(localstore.Options{Now: func() time.Time { return march }})
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(Options{Rules: v, Counts: counts, Now: func() time.Time { return march },
		Decisions: func() (*decisionlog.Reader, error) { return decisionlog.OpenReader(dir) }})
	if err != nil {
		t.Fatal(err)
	}
	d, err := s.Drift(context.Background(), "default", 0, "en")
	if err != nil {
		t.Fatal(err)
	}
	if other, err := s.Drift(context.Background(), "other", 2, "en"); err != nil || other.Before != 0 || other.Since != 0 || len(other.Rows) != 0 {
		t.Errorf("another tenant: %+v %v", other, err)
	}
	return d
}

// asksAboutSleep is a member with a benefit for it.
func asksAboutSleep(set *ruleset.Set) (f fact.Facts) {
	f.SetRaw(fact.CoverageStatus, fact.CoverageActive)
	if at, ok := set.Catalogue().Value(fact.BenefitAvailable, "sleep_program"); ok {
		f.Add(fact.BenefitAvailable, at)
	}
	return f
}

func TestDrift(t *testing.T) {
	for _, try := range []struct {
		before, since, recentBefore, recentSince int
		changed, drifts                          int
		says                                     string
	}{
		{440, 440, 110, 110, 110, 0, driftWords["en"].asPredicted},
		{440, 440, 110, 330, 110, 2, "2 outcomes came at another rate than predicted."},
		{440, 0, 110, 0, 110, 0, driftWords["en"].noSince},
		{10, 440, 5, 110, 0, 0, driftWords["en"].noBefore},
		{440, 440, 10, 10, 0, 0, driftWords["en"].asPredicted}, // ten are in no figure
	} {
		d := driftOf(t, try.before, try.since, try.recentBefore, try.recentSince)
		drifts := 0
		for _, r := range d.Rows {
			if r.Drifts {
				drifts++
			}
			for _, x := range []Rate{r.Was, r.Predicted, r.Came} {
				if x.Count%Floor != 0 || x.Of%Floor != 0 {
					t.Errorf("%+v: %d of %d is not rounded", try, x.Count, x.Of)
				}
			}
		}
		if d.Before != rounded(try.before) || d.Since != rounded(try.since) || d.PredictedChanged.Count != try.changed || drifts != try.drifts || d.Says("en") != try.says {
			t.Errorf("%+v: before %d, since %d, changed %+v, %d drift; %s; %+v", try, d.Before, d.Since, d.PredictedChanged, drifts, d.Says("en"), d.Rows)
		}
		if try.drifts > 0 && (d.Rows[0].Topic != "sleep" || d.Rows[0].Drift == nil || d.Rows[0].Was.Count+d.Rows[1].Was.Count != 440) {
			t.Errorf("%+v", d.Rows)
		}
	}
}

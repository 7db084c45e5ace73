package proof

import (
	"os"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/ruleset"
)

func defaultSet(t testing.TB) *ruleset.Set {
	t.Helper()
	set, problems := ruleset.Load(os.DirFS("../content"), time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	if set == nil {
		t.Fatalf("the default content does not load: %v", problems)
	}
	return set
}

func TestDefaultContentIsSound(t *testing.T) {
	set := defaultSet(t)
	start := time.Now()
	r := Check(set, DefaultBudget)
	t.Logf("checked in %v", time.Since(start))
	for _, table := range r.Tables {
		for _, d := range table.Dead {
			t.Errorf("%s row %s is never reached: %v", table.Table, set.Rows(table.Table)[d.Row].ID, d)
		}
		for _, c := range table.Conflicts {
			t.Errorf("%s rows %s and %s disagree", table.Table, set.Rows(table.Table)[c.Rows[0]].ID, set.Rows(table.Table)[c.Rows[1]].ID)
		}
		for _, o := range table.Open {
			t.Errorf("%s row %s is undetermined", table.Table, set.Rows(table.Table)[o].ID)
		}
	}
	for _, g := range r.Guardrails {
		rail := set.Guardrails()[g.Guardrail]
		if rail.HeldBy == "table" && g.Answer != Proved {
			t.Errorf("%s is %s", rail.ID, g.Answer)
		}
	}
	for _, i := range r.Items {
		t.Errorf("item %s is never given: %s", set.Items()[i.Item].ID, i.Answer)
	}
}

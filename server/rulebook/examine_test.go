package rulebook

import (
	"context"
	"slices"
	"testing"

	"github.com/rightvoice/rightvoice/rules/casefile"
	"github.com/rightvoice/rightvoice/rules/proof"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/server/auth"
	"github.com/rightvoice/rightvoice/server/revision"
	"github.com/rightvoice/rightvoice/server/revision/edit"
)

// askedOf is an example as a question of a set.
func askedOf(t *testing.T, set *ruleset.Set, e *Example) (*casefile.Ask, uint16) {
	t.Helper()
	ask := &casefile.Ask{Topic: e.Topic}
	for _, g := range e.Given {
		if err := ask.Give(set.Catalogue(), g.Name, g.Value); err != nil {
			t.Fatal(err)
		}
	}
	topic, ok := set.Topic(e.Topic)
	if !ok || e.Story == "" {
		t.Fatalf("an example without topic or story: %+v", e)
	}
	return ask, topic
}

func TestExaminedExamplesShowWhatTheySay(t *testing.T) {
	b := newBook(t, nil)
	ctx := context.Background()
	c, err := b.open(ctx, "default", Ref{})
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range []ruleset.Table{ruleset.MindsetTable, ruleset.SenderTable} {
		rows := c.set.Rows(table)
		w := Wanted{Table: table, Gaps: true, Overlaps: true}
		for i := range rows {
			w.Rules = append(w.Rules, revision.RowName{List: table.String(), ID: rows[i].ID})
		}
		found, err := b.Examine(ctx, "default", Ref{}, "es", w)
		if err != nil || found.Cut || found.Digest != c.digest {
			t.Fatalf("%v, %+v", err, found)
		}
		decides := func(e *Example) int {
			ask, topic := askedOf(t, c.set, e)
			d := c.set.Decide(&ask.Facts, topic)
			return int([]int32{d.MindsetRow, d.SenderRow}[table])
		}
		for i := range found.Gaps {
			if g := &found.Gaps[i]; decides(&g.Example) != len(rows)-1 || !slices.Contains(g.Topics, g.Topic) {
				t.Errorf("the example of %+v is answered by a rule", g)
			}
		}
		for i := range found.Overlaps {
			o := &found.Overlaps[i]
			ask, topic := askedOf(t, c.set, &o.Example)
			second := slices.IndexFunc(rows, func(r ruleset.Row) bool { return r.ID == o.Second.ID })
			if rows[decides(&o.Example)].ID != o.First.ID || !c.set.Fits(table, second, &ask.Facts, topic) {
				t.Errorf("%s and %s do not both fit %s", o.First.ID, o.Second.ID, o.Story)
			}
		}
		reached := 0
		for i := range found.Rules {
			if r := &found.Rules[i]; r.Answer == proof.Found {
				reached++
				if decides(&r.Example) != i {
					t.Errorf("the example of %s is answered by another rule", r.Rule.ID)
				}
			}
		}
		if reached < len(rows)-1 {
			t.Errorf("only %d of %d rules have an example", reached, len(rows))
		}
		t.Logf("%s: %d gaps, %d overlaps", table, len(found.Gaps), len(found.Overlaps))
	}
	if _, err := b.Examine(ctx, "default", Ref{}, "", Wanted{Rules: []revision.RowName{{List: "mindset", ID: "no-such"}}}); err == nil {
		t.Error("a rule that is not there was examined")
	}
}

func TestScenariosRunOnLiveAndOnADraft(t *testing.T) {
	b := newBook(t, nil)
	ctx, ann := context.Background(), person("ann", auth.Author)
	d, err := b.Create(ctx, ann, revision.Creation{Tenant: "default"})
	if err != nil {
		t.Fatal(err)
	}
	e, err := b.Edit(ctx, ann, revision.Target{Tenant: "default", ID: d.ID, Etag: d.Etag}, []edit.Op{
		{Do: edit.SetKey, List: "sender", Row: "benefit-for-this-topic", Key: "then", Value: "provider"},
		{Do: edit.Insert, List: "cases", File: "cases/lifestyle.yaml", Text: "{id: only-here, about: Something new., ask: {topic: no_such_topic}, expect: [{sender: nobody}]}"}}, "", "")
	if err != nil {
		t.Fatal(err)
	}
	draft := Ref{Draft: e.Draft.ID}
	runs, err := b.Run(ctx, "default", draft, []Ref{{}, draft}, nil)
	if err != nil {
		t.Fatal(err)
	}
	at := slices.Index(runs.Scenarios, "exercise-with-a-gym-pass")
	if at < 0 || !runs.Results[0][at].Holds() || runs.Results[1][at].Holds() {
		t.Fatalf("%+v", runs.Results[1][at])
	}
	if got := runs.Results[1][at].Outcome.Recommendations[0].Sender; got != "provider" {
		t.Errorf("the draft answers %s", got)
	}
	last := slices.Index(runs.Scenarios, "only-here")
	if last < 0 || runs.Results[0][last].Holds() || len(runs.Results[0][last].Wrong) < 2 {
		t.Errorf("a scenario with a topic that does not exist holds: %v", runs.Scenarios)
	}
	for i := range runs.Scenarios {
		if i != last && !runs.Results[0][i].Holds() {
			t.Errorf("live: %s: %v", runs.Scenarios[i], runs.Results[0][i].Wrong)
		}
	}
	one, err := b.Run(ctx, "default", Ref{}, []Ref{{}}, []string{"exercise-with-a-gym-pass"})
	if err != nil || len(one.Scenarios) != 1 || len(one.Results[0]) != 1 || !one.Results[0][0].Holds() {
		t.Errorf("%v, %+v", err, one)
	}
}

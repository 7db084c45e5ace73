package rulebook

import (
	"context"
	"slices"

	"github.com/rightvoice/rightvoice/rules/casefile"
	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/proof"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/rules/sentence"
	"github.com/rightvoice/rightvoice/server/revision"
)

// Wanted is what Examine looks for.
type Wanted struct {
	Table          ruleset.Table
	Gaps, Overlaps bool
	Rules          []revision.RowName // for which a member is wanted
}

// Example is a member of whom nothing is known but what it takes to show
// something.
type Example struct {
	Story string
	Topic string
	Given []casefile.Given
}

// Gap is members whom no rule of a table fits.
type Gap struct {
	Topics  []string // of one kind
	Mindset string   // of the sender table
	Outcome string   // of the default row
	Example
}

// Overlap is members whom two rules with different outcomes fit.
type Overlap struct {
	First, Second *ruleset.Row
	Example
}

// RuleExample is a member whom a rule decides, if there is any.
type RuleExample struct {
	Rule   revision.RowName
	Answer proof.Answer
	Example
}

// Examined is what Examine found.
type Examined struct {
	Digest   revision.Digest
	Gaps     []Gap
	Overlaps []Overlap
	Rules    []RuleExample
	Cut      bool // there may be more
}

// maxOverlaps bounds how many overlaps are listed.
const maxOverlaps = 200

// Examine finds members that show how the rules of a content lie to each other.
func (b *Book) Examine(ctx context.Context, tenant string, r Ref, language string, w Wanted) (*Examined, error) {
	c, err := b.open(ctx, tenant, r)
	if err != nil {
		return nil, err
	}
	if c.set == nil {
		return nil, &revision.Error{Code: revision.NotGreen, Message: "this content can't be read; check says why",
			Report: &revision.Report{Digest: c.digest, Day: c.day, Parts: revision.PartCheck, Problems: c.problems}}
	}
	x := examiner{set: c.set, of: proof.NewExaminer(c.set, proof.DefaultBudget), words: sentence.New(c.set, language)}
	out := &Examined{Digest: c.digest}
	if w.Gaps {
		x.gaps(w.Table, out)
	}
	if w.Overlaps && ctx.Err() == nil {
		x.overlaps(w.Table, out)
	}
	for _, name := range w.Rules {
		e, err := x.rule(name)
		if err != nil {
			return nil, err
		}
		out.Rules = append(out.Rules, e)
	}
	return out, ctx.Err()
}

type examiner struct {
	set   *ruleset.Set
	of    *proof.Examiner
	words *sentence.Printer
}

// gaps lists gaps. Topics of one kind that the same facts can be asked about
// stand together.
func (x *examiner) gaps(t ruleset.Table, out *Examined) {
	found, settled := x.of.Gaps(t)
	out.Cut = out.Cut || !settled
	rows := x.set.Rows(t)
	last := len(rows) - 1
	for i := range found {
		g := &found[i]
		topic := x.set.Topics()[g.Topic]
		mindset := ""
		if t == ruleset.SenderTable {
			mindset = g.Mindset.String()
		}
		same := slices.IndexFunc(out.Gaps, func(o Gap) bool {
			first, _ := x.set.Topic(o.Topics[0])
			return o.Mindset == mindset && x.set.Topics()[first].Kind == topic.Kind && x.falls(t, last, found, first, g)
		})
		if same >= 0 {
			out.Gaps[same].Topics = append(out.Gaps[same].Topics, topic.ID)
			continue
		}
		out.Gaps = append(out.Gaps, Gap{Topics: []string{topic.ID}, Mindset: mindset, Outcome: rows[last].OutcomeName(), Example: x.example(&g.Example)})
	}
}

// falls reports whether the example of the gap at a topic, asked about the topic
// of another gap of that mindset, reaches the default row too.
func (x *examiner) falls(t ruleset.Table, last int, found []proof.Gap, first uint16, g *proof.Gap) bool {
	i := slices.IndexFunc(found, func(o proof.Gap) bool { return o.Topic == first && o.Mindset == g.Mindset })
	d := x.set.Decide(&found[i].Example.Facts, g.Topic)
	if t == ruleset.MindsetTable {
		return int(d.MindsetRow) == last
	}
	return int(d.SenderRow) == last && d.Mindset == g.Mindset
}

func (x *examiner) overlaps(t ruleset.Table, out *Examined) {
	found, settled := x.of.Overlaps(t, maxOverlaps)
	out.Cut = out.Cut || !settled
	rows := x.set.Rows(t)
	for i := range found {
		o := &found[i]
		out.Overlaps = append(out.Overlaps, Overlap{First: &rows[o.Rows[0]], Second: &rows[o.Rows[1]], Example: x.example(&o.Example)})
	}
}

func (x *examiner) rule(name revision.RowName) (RuleExample, error) {
	for _, t := range []ruleset.Table{ruleset.MindsetTable, ruleset.SenderTable} {
		if t.String() != name.List {
			continue
		}
		i := slices.IndexFunc(x.set.Rows(t), func(r ruleset.Row) bool { return r.ID == name.ID })
		if i < 0 {
			break
		}
		out := RuleExample{Rule: name}
		var q proof.Question
		if out.Answer, q = x.of.Reached(t, i); out.Answer == proof.Found {
			out.Example = x.example(&q)
		}
		return out, nil
	}
	return RuleExample{}, &revision.Error{Code: revision.NotFound, Message: "the content has no such rule in force today"}
}

func (x *examiner) example(q *proof.Question) Example {
	d := x.set.Decide(&q.Facts, q.Topic)
	return Example{Story: x.words.Story(&q.Facts, q.Topic, &d).String(), Topic: topicOf(x.set, &d), Given: givens(x.set.Catalogue(), &q.Facts)}
}

func topicOf(set *ruleset.Set, d *decision.Decision) string {
	if topics := set.Topics(); int(d.Topic) < len(topics) {
		return topics[d.Topic].ID
	}
	return ""
}

// givens lists the known facts of a vector as cases hold them.
func givens(c *fact.Catalogue, f *fact.Facts) []casefile.Given {
	var out []casefile.Given
	for _, id := range c.All() {
		if id >= fact.MaxFacts || !f.Known(id) {
			continue
		}
		d, raw := c.Def(id), f.Raw(id)
		var v any
		switch d.Kind {
		case fact.Bool:
			v = raw == 1
		case fact.Enum:
			v = d.Values[raw]
		case fact.Set:
			words := []string{}
			for i, w := range d.Values {
				if raw>>i&1 == 1 {
					words = append(words, w)
				}
			}
			v = words
		case fact.Int:
			v = raw
		case fact.Decimal:
			v = float64(raw) / fact.DecimalScale
		default:
			continue
		}
		out = append(out, casefile.Given{Name: d.Name, Value: v})
	}
	return out
}

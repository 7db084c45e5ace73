package recommend

import (
	"context"
	"slices"
	"time"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// Explain decides and tells how: every rule that fitted, that almost fitted,
// the condition that failed and what would have to change. It stores nothing,
// counts nothing and reads nothing that is shared. snap is of Service.Revision.
func (s *Service) Explain(ctx context.Context, snap *Snapshot, r *ExplainRequest) (*Explanation, error) {
	if err := snap.check(&r.Request); err != nil {
		return nil, err
	}
	now := s.clock()
	if !r.Now.IsZero() {
		if err := r.mayMove(now); err != nil {
			return nil, err
		}
		now = r.Now.UTC()
	}
	p := pending{snap: snap, ask: &r.Request, assign: s.assign, words: snap.words.sheet(r.Language), now: now}
	p.answer = &Answer{}
	if s.remembers(&p) {
		m, err := s.store.GetMember(ctx, tenant(r.Tenant), r.MemberRef)
		if err != nil {
			return nil, &Error{Code: Unavailable, Message: "what is stored about the member can't be read now; try again", Cause: err}
		}
		p.member = &m
	}
	s.decide(&p)
	p.review()
	recommendations, hidden := p.say()
	out := &Explanation{Revision: snap.id, At: now, ValidUntil: now.Add(s.lifetime(&p)), Recommendations: recommendations}
	if hidden {
		return out, nil
	}
	out.NeededFacts = snap.names(p.reviews.needed(p.needed()))
	q, _ := p.shown()
	t := tracer{p: &p, asked: q}
	for i := range p.found.all() {
		u := p.unsaid(i)
		if u.veiled() {
			out.Topics = append(out.Topics, t.withheld(&recommendations[i]))
			continue
		}
		said := snap.without(&p.found.decisions[i], &u)
		out.Topics = append(out.Topics, t.topic(&said))
	}
	out.FactsRead = t.factsRead()
	return out, nil
}

// mayMove refuses another time than now where moving it would tell: an insurer
// that moves it about a member whose facts the provider's side told could search
// for the hour in which the member left acute care.
func (r *ExplainRequest) mayMove(now time.Time) error {
	if r.Asker != Insurer || r.MemberRef == "" || r.Now.Sub(now).Abs() <= present {
		return nil
	}
	return &Error{Code: InvalidArgument, Field: "now",
		Message: "an insurer can ask about another time only of facts that it sends itself; leave memberRef out, or now"}
}

// present is how far a caller's clock may be from ours for its now to be now.
const present = time.Minute

// tracer puts a trace of the rules into words and gathers the facts they read.
type tracer struct {
	p     *pending
	asked *question // as the asking side may know it
	read  []fact.ID
}

// withheld is a topic whose rules would tell the asking side what it may not
// know: nothing but the outcome.
func (t *tracer) withheld(rec *Recommendation) TopicTrace {
	out := TopicTrace{Topic: rec.Topic}
	for _, why := range rec.Reasons {
		out.Rows = append(out.Rows, RowTrace{Table: ruleset.SenderTable.String(), Verdict: Decided, Outcome: rec.Sender.String(), Because: why.Text, Code: why.Code})
	}
	return out
}

func (t *tracer) topic(d *decision.Decision) TopicTrace {
	snap, w := t.p.snap, t.p.words
	out := TopicTrace{Topic: snap.topicID(d.Topic)}
	switch d.MindsetRow {
	case decision.BySafety:
		t.reads(fact.TextRedFlag, fact.CallReason, fact.BPSystolic, fact.TextIntent)
		out.Rows = append(out.Rows, RowTrace{Table: "safety", RuleID: d.Notice.String(), Tier: "safety", Verdict: Decided,
			Outcome: d.Notice.String(), Because: w.safety.Text, Code: decision.SafetyOverride})
		return out
	case decision.ByNoRules:
		return out
	case decision.ByMemberChoice:
		t.reads(fact.MemberChoice)
		out.Rows = append(out.Rows, RowTrace{Table: ruleset.MindsetTable.String(), Verdict: Decided,
			Outcome: d.Mindset.String(), Because: w.choice.Text, Code: decision.MemberChoice})
	}
	trace := snap.set.Explain(t.asked.about(d.Topic), d.Topic)
	beside := snap.beside(t.asked.about(d.Topic), d)
	for _, table := range trace.Tables {
		for i := range table.Rows {
			out.Rows = append(out.Rows, t.row(table.Table, &table.Rows[i], beside))
		}
	}
	return out
}

// row puts one row of a table, or one item, into words.
func (t *tracer) row(table ruleset.Table, r *ruleset.RowTrace, beside map[fact.ID]int64) RowTrace {
	w := t.p.words
	out := RowTrace{Table: table.String(), Verdict: verdictOf(r.Fit), Code: decision.RuleMatch}
	if table == ruleset.AdviceTable {
		item := t.p.snap.set.Item(uint16(r.Row))
		out.RuleID, out.Outcome, out.Sentence = item.ID, item.ID, w.vocabulary.Item(item).String()
		out.Because, _ = item.Because.In(w.vocabulary.Language())
		t.reads(item.Reads()...)
	} else {
		row := t.p.snap.set.Row(table, r.Row)
		reason := &w.rows[table][r.Row]
		out.RuleID, out.Tier, out.Outcome, out.Because, out.Code = row.ID, row.Tier.String(), row.OutcomeName(), reason.Text, reason.Code
		out.Sentence = w.vocabulary.Row(row).String()
		t.reads(row.Reads()...)
	}
	if r.Fit == ruleset.Almost {
		out.Failed = w.vocabulary.Condition(r.Failed).String()
		out.Needs = w.vocabulary.Needs(r.Failed, &t.asked.facts, beside)
	}
	return out
}

func verdictOf(f ruleset.Fit) Verdict {
	return [...]Verdict{ruleset.Almost: Almost, ruleset.Fitted: Fitted, ruleset.Decided: Decided}[f]
}

// reads notes facts that a rule depends on; what is derived from them is none.
func (t *tracer) reads(ids ...fact.ID) {
	for _, id := range ids {
		switch {
		case id == fact.TiedBenefit:
			t.reads(fact.CoverageStatus, fact.BenefitAvailable)
		case id < fact.MaxFacts && !slices.Contains(t.read, id):
			t.read = append(t.read, id)
		}
	}
}

// factsRead lists the facts gathered, those that are known first.
func (t *tracer) factsRead() []FactRead {
	f, c, words := &t.asked.facts, t.p.snap.Catalogue(), t.p.words.vocabulary
	slices.Sort(t.read)
	var known, unknown []FactRead
	for _, id := range t.read {
		read := FactRead{Name: c.Def(id).Name, Label: words.Label(id), Value: words.Value(f, id), Known: f.Known(id)}
		if read.Known {
			known = append(known, read)
		} else {
			unknown = append(unknown, read)
		}
	}
	return append(known, unknown...)
}

// beside are the columns that a decision adds to the facts.
func (s *Snapshot) beside(f *fact.Facts, d *decision.Decision) map[fact.ID]int64 {
	out := map[fact.ID]int64{fact.MindsetIs: int64(d.Mindset), fact.SenderIs: int64(d.Sender), fact.TiedBenefit: 0}
	if topics := s.set.Topics(); int(d.Topic) < len(topics) {
		out[fact.Topic] = int64(d.Topic)
		if kind, ok := s.Catalogue().Value(fact.TopicKind, topics[d.Topic].Kind); ok {
			out[fact.TopicKind] = int64(kind)
		}
		if f.Equals(fact.CoverageStatus, fact.CoverageActive) && f.Raw(fact.BenefitAvailable)&int64(s.benefits[d.Topic]) != 0 {
			out[fact.TiedBenefit] = 1
		}
	}
	return out
}

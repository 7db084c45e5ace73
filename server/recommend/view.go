package recommend

import (
	"slices"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/intake"
	"github.com/rightvoice/rightvoice/server/memory"
)

// view is how a decision looks to a side that may not learn all it rests on:
// the same question, asked with what that side knows. Where both decide by the
// same row, the row tells nothing; where they do not, it stays unsaid.
type view struct {
	asked  question
	found  outcome
	stored *intake.Recollection // what of the member's facts counts; nil if nothing is stored
}

// insurersView is the decision as the insurer could have made it, nil if the
// insurer knows all it rests on.
func (p *pending) insurersView() *view {
	asker := p.ask.Asker
	hidden := p.stored != nil && p.stored.HidesAny(intake.Insurer)
	if !hidden && (asker == Insurer || !p.ask.clinical(p.snap.Catalogue(), &p.asked)) {
		return nil
	}
	q := intake.Question{Topic: p.ask.Topic, HasTopic: p.ask.HasTopic, Facts: p.ask.Facts, Now: p.now, Asker: intake.Insurer}
	if asker == Insurer {
		q.Diagnoses, q.Heard = p.ask.Diagnoses, p.heard
	} else {
		q.Facts = withoutClinical(p.snap.Catalogue(), q.Facts)
	}
	q.Stored = p.recall(&q.Facts, func(k *intake.Known) bool { return k.HiddenFrom(intake.Insurer, p.snap.Catalogue().Def(k.Fact)) })
	v := &view{stored: q.Stored}
	v.asked = p.snap.gather(q, p.asked.topics)
	v.found = p.snap.decideAll(&v.asked)
	return v
}

// clinical reports whether a question itself tells something that only the side
// that asks may know.
func (r *Request) clinical(c *fact.Catalogue, q *question) bool {
	for i := range c.Len() {
		id := fact.ID(i)
		if q.facts.Known(id) && private(c.Def(id)) {
			return true
		}
	}
	return false
}

func private(d *fact.Def) bool {
	return (d.Privacy == fact.PHI || d.Privacy == fact.Sensitive) && d.Group != "consent"
}

func withoutClinical(c *fact.Catalogue, f fact.Facts) fact.Facts {
	for i := range c.Len() {
		if id := fact.ID(i); private(c.Def(id)) {
			f.Forget(id)
		}
	}
	return f
}

// unsaid is what one topic's decision must not say to the insurer.
type unsaid struct {
	mindset, sender bool // which row decided
	advice          []string

	// agrees tells that what the insurer knows leads to the same outcome, as in
	// instead: said by its rows, nothing shows that something stays unsaid.
	agrees  bool
	instead decision.Decision
}

func (u *unsaid) any() bool { return u.mindset || u.sender || len(u.advice) > 0 }

// veiled reports whether no reason but a general one can be given.
func (u *unsaid) veiled() bool { return !u.agrees && (u.mindset || u.sender) }

// unsaid compares the decision on topic i with how the insurer could have made
// it. Advice that reads what the insurer does not know would tell it.
func (v *view) unsaid(p *pending, i int) unsaid {
	d := &p.found.decisions[i]
	if v.found.safety() || i >= v.found.n {
		return unsaid{mindset: true, sender: true, advice: p.snap.itemIDs(d.Advice())}
	}
	w := &v.found.decisions[i]
	out := unsaid{mindset: d.MindsetRow != w.MindsetRow, sender: d.SenderRow != w.SenderRow}
	out.agrees = d.Topic == w.Topic && d.Mindset == w.Mindset && d.Sender == w.Sender
	if out.agrees {
		out.instead = *w
	}
	for _, at := range d.Advice() {
		item := p.snap.set.Item(at)
		if !slices.Contains(w.Advice(), at) && p.readsHidden(item.Reads(), v) {
			out.advice = append(out.advice, item.ID)
		}
	}
	return out
}

// readsHidden reports whether one of the facts is another one to the insurer.
func (p *pending) readsHidden(ids []fact.ID, v *view) bool {
	return slices.ContainsFunc(ids, func(id fact.ID) bool {
		return id < fact.MaxFacts && (p.asked.facts.Known(id) != v.asked.facts.Known(id) || p.asked.facts.Raw(id) != v.asked.facts.Raw(id))
	})
}

func (s *Snapshot) itemIDs(items []uint16) []string {
	var out []string
	for _, i := range items {
		out = append(out, s.set.Item(i).ID)
	}
	return out
}

// without is the decision as far as it may be said: by the rows that the insurer
// could have found where they agree, and without the advice that would tell more.
func (s *Snapshot) without(d *decision.Decision, u *unsaid) decision.Decision {
	rows := d
	if u.agrees {
		rows = &u.instead
	}
	out := decision.Decision{Topic: d.Topic, Mindset: d.Mindset, Sender: d.Sender, Notice: d.Notice, MindsetRow: rows.MindsetRow, SenderRow: rows.SenderRow}
	for _, i := range d.Advice() {
		if len(u.advice) == 0 || !slices.Contains(u.advice, s.set.Item(i).ID) {
			out.AddAdvice(i)
		}
	}
	return out
}

// generalise replaces reasons that would tell what the insurer may not know.
func (u *unsaid) generalise(w *sheet, rec *Recommendation) {
	if rec.Sender == decision.Safety || !u.veiled() {
		return
	}
	kept := make([]*Reason, 0, len(rec.Reasons))
	for _, why := range rec.Reasons {
		if why.Table == "mindset" && u.mindset || why.Table == "sender" && u.sender {
			continue
		}
		kept = append(kept, why)
	}
	rec.Reasons = append(kept, &w.general[rec.Sender])
}

// privateParts is what a record keeps of it.
func (u *unsaid) private(topic string) memory.Private {
	return memory.Private{Topic: topic, Mindset: u.mindset, Sender: u.sender, Advice: u.advice}
}

func unsaidOf(all []memory.Private, topic string) unsaid {
	for _, p := range all {
		if p.Topic == topic {
			return unsaid{mindset: p.Mindset, sender: p.Sender, advice: p.Advice}
		}
	}
	return unsaid{}
}

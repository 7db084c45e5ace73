package recommend

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/server/insights/feedback"
	"github.com/rightvoice/rightvoice/server/memory"
)

// Outcomes counts what is said about answers. Tell must not wait.
type Outcomes interface {
	Tell(e feedback.Event)
}

// kinds are what outcomes count as.
var kinds = map[FeedbackOutcome]feedback.Kind{
	Shown: feedback.Shown, Accepted: feedback.Accepted, Dismissed: feedback.Dismissed, Overridden: feedback.Overridden, WrongSender: feedback.WrongSender,
}

// note adds to a record what counting feedback will need, and counts what is on
// trial.
func (s *Service) note(p *pending, r *memory.Record) {
	if s.outcomes == nil || s.assign == nil || p.snap.standIn {
		return
	}
	if r.Member != "" {
		r.Who = s.assign.Mark(r.Tenant, r.Member)
	}
	r.Trials = p.trials()
	for i := range p.found.all() {
		topic := p.found.decisions[i].Topic
		r.Cells = append(r.Cells, string(p.snap.set.AppendCells(make([]byte, 0, 128), p.asked.about(topic), topic)))
		s.tellTrial(p, r, i)
	}
}

// tellTrial counts the two sides of a holdout, as members were put to them: items
// that were offered, and those that would have been.
func (s *Service) tellTrial(p *pending, r *memory.Record, i int) {
	if p.reviews[i].trial == "" {
		return
	}
	rec := &r.Recommendations[i]
	for _, id := range rec.Advice {
		kind := feedback.Offered
		switch code := heldCode(p.reviews[i].held, id); {
		case code == decision.Holdout:
			kind = feedback.HeldBack
		case code != 0 && code != decision.FrequencyCap:
			continue // neither side would have got it
		}
		e := event(r, rec, id, kind, p.now)
		if kind == feedback.HeldBack {
			e.About.Variant = ""
		}
		s.outcomes.Tell(e)
	}
}

func heldCode(held []Suppressed, advice string) decision.Reason {
	for i := range held {
		if held[i].AdviceID == advice {
			return held[i].Code
		}
	}
	return 0
}

// event is one about an item of a record, or about a recommendation without.
func event(r *memory.Record, rec *memory.Recommendation, advice string, k feedback.Kind, at time.Time) feedback.Event {
	e := feedback.Event{Tenant: r.Tenant, Member: r.Who, Decision: r.DecisionID, At: at, Kind: k}
	e.About = feedback.About{Topic: rec.Topic, Advice: advice, Mindset: rec.Mindset, Sender: rec.Sender, Rules: rulesOf(rec), Revision: r.Revision}
	for _, t := range r.Trials {
		if t.Advice == advice {
			e.About.Variant = t.Variant
			if e.About.Holdout = t.Holdout; t.Holdout != "" && isHeldOut(r, rec.Topic, advice) {
				e.About.Variant, e.About.Holdout = "", t.Holdout+feedback.Held
			}
		}
	}
	return e
}

func isHeldOut(r *memory.Record, topic, advice string) bool {
	return slices.ContainsFunc(r.Held, func(h memory.Held) bool {
		return h.Topic == topic && h.Advice == advice && h.Code == decision.Holdout.String()
	})
}

// rulesOf are the rules that decided, as the log of decisions names them.
func rulesOf(rec *memory.Recommendation) (out [2]string) {
	reasons, _ := ownReasons(rec)
	for _, why := range reasons {
		switch {
		case why.Table == ruleset.MindsetTable.String():
			out[ruleset.MindsetTable] = why.Rule
		case why.Table == ruleset.SenderTable.String():
			out[ruleset.SenderTable] = why.Rule
		case why.Code == decision.MemberChoice.String():
			out[ruleset.MindsetTable] = "member's choice"
		case why.Code == decision.SafetyOverride.String():
			out = [2]string{"emergency notice", "emergency notice"}
		}
	}
	return out
}

// tell counts feedback on all that it is about: an item, or all items that the
// side was given, or else the recommendation.
func (s *Service) tell(f *Feedback, r *memory.Record) {
	if s.outcomes == nil {
		return
	}
	r.Tenant = tenant(f.Tenant)
	snap := s.past(r.Tenant, r.Revision)
	for i := range r.Recommendations {
		rec := &r.Recommendations[i]
		if f.Topic != "" && rec.Topic != f.Topic {
			continue
		}
		for _, id := range f.items(r, rec) {
			e := event(r, rec, id, kinds[f.Outcome], f.At)
			e.About.Language = snap.languageOf(f.Language)
			s.outcomes.Tell(e)
		}
		if f.Outcome == WrongSender {
			s.outcomes.Tell(report(snap, r, i, f.At))
		}
	}
}

// items are those that feedback is about; the empty one stands for none.
func (f *Feedback) items(r *memory.Record, rec *memory.Recommendation) []string {
	if f.AdviceID != "" {
		if !slices.Contains(rec.Advice, f.AdviceID) {
			return nil
		}
		return []string{f.AdviceID}
	}
	var out []string
	for _, id := range rec.Advice {
		if shows(rec, f.side(r), r.Private, id) && !held(r, rec.Topic, id) {
			out = append(out, id)
		}
	}
	if len(out) == 0 {
		return []string{""}
	}
	return out
}

// languageOf is a language of the revision, "other", or nothing if nobody said.
func (s *Snapshot) languageOf(tag string) string {
	if tag == "" || s == nil {
		return ""
	}
	if i := s.words.languages.find(tag); i != noWords {
		return s.words.languages.names[i]
	}
	return "other"
}

// report is a wrong sender with an example of what the rules could tell.
func report(snap *Snapshot, r *memory.Record, i int, at time.Time) feedback.Event {
	e := event(r, &r.Recommendations[i], "", feedback.Reported, at)
	e.About.Day = at.UTC().Format(time.DateOnly)
	if snap == nil || i >= len(r.Cells) {
		return e
	}
	if topic, ok := snap.set.Topic(e.About.Topic); ok {
		if f, ok := snap.set.Example([]byte(r.Cells[i]), topic); ok {
			e.About.Example = snap.example(&f, topic)
		}
	}
	return e
}

// example writes the facts of an example as cases do. What is sensitive stays out;
// where the answer rests on it there is no example.
func (s *Snapshot) example(f *fact.Facts, topic uint16) string {
	c, plain := s.Catalogue(), *f
	for _, id := range c.All() {
		if d := c.Def(id); id < fact.MaxFacts && (d.Privacy == fact.Sensitive || d.Privacy == fact.Demographic) {
			plain.Forget(id)
		}
	}
	if a, b := s.set.Decide(f, topic), s.set.Decide(&plain, topic); a.MindsetRow != b.MindsetRow || a.SenderRow != b.SenderRow {
		return ""
	}
	var b strings.Builder
	for _, id := range c.All() {
		if id < fact.MaxFacts && plain.Known(id) {
			fmt.Fprintf(&b, "%s: %s\n", c.Def(id).Name, written(c.Def(id), plain.Raw(id)))
		}
	}
	return b.String()
}

// written is a value as content spells it.
func written(d *fact.Def, raw int64) string {
	switch d.Kind {
	case fact.Bool:
		return strconv.FormatBool(raw != 0)
	case fact.Enum:
		return d.Values[raw]
	case fact.Set:
		var words []string
		for at, word := range d.Values {
			if raw>>at&1 == 1 {
				words = append(words, word)
			}
		}
		return "[" + strings.Join(words, ", ") + "]"
	case fact.Decimal:
		return strconv.FormatFloat(float64(raw)/fact.DecimalScale, 'f', -1, 64)
	}
	return strconv.FormatInt(raw, 10)
}

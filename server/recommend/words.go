package recommend

import (
	"strconv"
	"strings"

	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// say renders one decision, as the policy left it, for the side that asked.
func (s *Snapshot) say(w *sheet, asker Asker, d *decision.Decision, f *fact.Facts, r *review) Recommendation {
	out := Recommendation{Topic: s.topicID(d.Topic), Mindset: d.Mindset, Sender: d.Sender}
	switch {
	case r.hidden:
		out.Mindset, out.Sender, out.Reasons = decision.Undetermined, decision.Nobody, []*Reason{&w.private}
		return out
	case d.Sender == decision.Safety:
		out.Advice = []*Advice{w.notices[d.Notice]}
	case s.standIn:
		out.Handoff = s.pointer(w, d.Topic)
	case owns(asker, d.Sender):
		out.Advice, out.Suppressed = s.advice(w, r, f), r.held
	case !r.unwanted():
		out.Handoff = s.handoff(w, asker, d)
	}
	out.Reasons = s.reasons(w, d)
	return out
}

// owns reports whether the asking side is the one that may speak.
func owns(asker Asker, sender decision.Sender) bool {
	return asker == Integrated || asker == Insurer && sender == decision.Insurer || asker == Provider && sender == decision.Provider
}

func (s *Snapshot) handoff(w *sheet, asker Asker, d *decision.Decision) string {
	if int(d.Topic) >= len(w.handoffs) {
		return ""
	}
	return w.handoffs[d.Topic][asker-Insurer][d.Sender]
}

// pointer is where to look about coverage while no revision is in force. About
// anything else there is nothing that would be safe to say.
func (s *Snapshot) pointer(w *sheet, topic uint16) string {
	if topics := s.set.Topics(); int(topic) < len(topics) && topics[topic].Kind == "coverage" {
		return w.nowhere
	}
	return ""
}

// advice is what is left to say. Help with the language is said once.
func (s *Snapshot) advice(w *sheet, r *review, f *fact.Facts) []*Advice {
	if r.n == 0 {
		return nil
	}
	out := make([]*Advice, 0, r.n)
	for _, i := range r.kept[:r.n] {
		out = append(out, w.advice(r.voice.says(&w.items[i]), f, s.policy.Texted(f)))
		if w.help {
			break
		}
	}
	return out
}

// advice is an item in words. Most are as they were rendered when the revision
// was compiled; one that names an amount, or goes out as a text message, is
// finished here.
func (w *sheet) advice(item *itemWords, f *fact.Facts, texted bool) *Advice {
	amount := item.deducible && f.Known(fact.DeductibleLeftUSD)
	if !amount && !texted {
		return &item.advice
	}
	a := item.advice
	if amount {
		a.Text = strings.ReplaceAll(a.Text, "{"+content.DeductibleLeft+"}", dollars(f.Raw(fact.DeductibleLeftUSD)))
		a.Placeholders = placeholders(a.Text)
	}
	if texted {
		a.Text += " " + w.smsOptOut
	}
	return &a
}

// dollars writes an amount as Americans do in both languages: 1,250.
func dollars(v int64) string {
	s := strconv.FormatInt(v, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// reasons are the steps that led to a decision, in order.
func (s *Snapshot) reasons(w *sheet, d *decision.Decision) []*Reason {
	out := make([]*Reason, 0, 4)
	switch d.MindsetRow {
	case decision.BySafety:
		return append(out, &w.safety)
	case decision.ByNoRules:
		return append(out, &w.noRules)
	case decision.ByMemberChoice:
		out = append(out, &w.choice)
	default:
		out = append(out, &w.rows[ruleset.MindsetTable][d.MindsetRow])
	}
	return append(out, &w.rows[ruleset.SenderTable][d.SenderRow])
}

// openReasons adds why more could not be said: a benefit or a fact is missing.
func (s *Snapshot) openReasons(w *sheet, rec *Recommendation, d *decision.Decision, f *fact.Facts, needed []fact.ID) {
	if s.lacksBenefit(f, d) {
		rec.Reasons = append(rec.Reasons, &w.noBenefit)
	}
	if len(needed) > 0 && s.open(d) {
		labels := make([]string, len(needed))
		for i, id := range needed {
			labels[i] = w.vocabulary.Label(id)
		}
		rec.Reasons = append(rec.Reasons, &Reason{Code: decision.InsufficientFacts, Text: w.vocabulary.Reason(decision.InsufficientFacts, labels...)})
	}
}

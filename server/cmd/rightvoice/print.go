package main

import (
	"fmt"
	"strings"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/server/recommend"
)

// printer writes an answer for people.
type printer struct {
	strings.Builder
	engine   *engine
	language string
	all      bool
}

func (p *printer) linef(indent int, format string, args ...any) {
	for _, line := range wrap(fmt.Sprintf(format, args...), 78-indent) {
		p.WriteString(strings.Repeat(" ", indent) + line + "\n")
	}
}

// answer writes the recommendations, why they are what they are, and what would
// help to know.
func (p *printer) answer(a *recommend.Answer, why *recommend.Explanation) {
	for i := range a.Recommendations {
		if i > 0 {
			p.linef(0, "")
		}
		p.recommendation(&a.Recommendations[i])
	}
	p.facts(why)
	if len(a.NeededFacts) > 0 {
		p.linef(0, "")
		p.linef(0, "To tell more, add what is known of these with --fact: %s", strings.Join(a.NeededFacts, ", "))
	}
	if p.all {
		p.trace(why)
	}
	p.linef(0, "")
	p.linef(0, "Decision %s by revision %s", a.ID, a.Revision)
	p.linef(0, "Good until %s", a.ValidUntil.Format("2006-01-02 15:04:05 MST"))
}

var heads = [...]string{
	decision.Nobody:   "nobody should speak",
	decision.Provider: "the provider should speak",
	decision.Insurer:  "the insurer should speak",
	decision.Safety:   "give this notice, and say nothing beside it",
}

func (p *printer) recommendation(r *recommend.Recommendation) {
	p.linef(0, "%s: %s", p.topic(r.Topic), heads[r.Sender])
	if r.Sender != decision.Safety {
		p.linef(2, "mindset: %s", r.Mindset)
	}
	for _, a := range r.Advice {
		p.linef(0, "")
		p.linef(2, "%s", strings.TrimSpace(a.Title+" ["+a.ID+"]"))
		p.linef(4, "%s", a.Text)
		for _, l := range a.Links {
			p.linef(4, "> %s: %s", l.Label, l.URL)
		}
		if len(a.Placeholders) > 0 {
			p.linef(4, "(to fill before it is shown: %s)", strings.Join(a.Placeholders, ", "))
		}
	}
	if r.Handoff != "" {
		p.linef(0, "")
		p.linef(2, "The asking side may say:")
		p.linef(4, "%s", r.Handoff)
	}
	p.why(r)
}

func (p *printer) why(r *recommend.Recommendation) {
	for _, s := range r.Suppressed {
		p.linef(0, "")
		until := ""
		if !s.RetryAt.IsZero() {
			until = ", until " + s.RetryAt.Format("2006-01-02 15:04 MST")
		}
		p.linef(2, "held back: %s by %s (%s)%s", s.AdviceID, s.PolicyID, s.Code, until)
	}
	p.linef(0, "")
	p.linef(2, "why:")
	for _, why := range r.Reasons {
		if why.Table == "" {
			p.linef(4, "%s (%s)", why.Text, why.Code)
			continue
		}
		p.linef(4, "%s (%s rule %s)", why.Text, why.Table, why.RuleID)
	}
}

// topic is the label of a topic, or its id.
func (p *printer) topic(id string) string {
	if i, ok := p.engine.snapshot.Topic(id); ok {
		label, _ := p.engine.revision.Set.Topics()[i].Label.In(p.language)
		return label
	}
	return id
}

// facts lists what was known and read.
func (p *printer) facts(why *recommend.Explanation) {
	var known []recommend.FactRead
	for _, f := range why.FactsRead {
		if f.Known {
			known = append(known, f)
		}
	}
	if len(known) == 0 {
		return
	}
	p.linef(0, "")
	p.linef(0, "Known and read:")
	for _, f := range known {
		p.linef(2, "%s: %s", f.Label, f.Value)
	}
}

// trace writes every row that fitted or almost did.
func (p *printer) trace(why *recommend.Explanation) {
	for _, t := range why.Topics {
		p.linef(0, "")
		p.linef(0, "Rules asked about %s:", p.topic(t.Topic))
		for _, r := range t.Rows {
			name := strings.TrimSpace(r.Table + " " + r.RuleID)
			p.linef(2, "%s: %s -> %s", strings.ToLower(r.Verdict.String()), name, r.Outcome)
			if r.Sentence != "" {
				p.linef(6, "%s", r.Sentence)
			}
			if r.Needs != "" {
				p.linef(6, "%s", r.Needs)
			}
		}
	}
}

// wrap breaks text into lines of at most width characters, between words.
func wrap(text string, width int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && len([]rune(line))+1+len([]rune(word)) > width {
			lines = append(lines, line)
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
}

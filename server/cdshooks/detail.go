package cdshooks

import (
	"fmt"
	"strings"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/server/recommend"
)

// explain writes the details of a card in GitHub's Markdown: who speaks and
// with what words, by which rules, from which facts, and what would change it.
// It names facts that the EHR sent itself and no other: what the plan knows of
// a member is not for the chart, even where it decided.
func explain(v *visit, a *recommend.Answer, why *basis) string {
	var b strings.Builder
	for i := range a.Recommendations {
		writeRecommendation(&b, &a.Recommendations[i], why, i)
	}
	writeFacts(&b, v, why)
	writeChange(&b, why)
	writeGaps(&b, &v.sent)
	if a.Revision != "" {
		fmt.Fprintf(&b, "Decided by rules `%s`, good until %s.\n", a.Revision, a.ValidUntil.UTC().Format("2006-01-02 15:04 UTC"))
	}
	return strings.TrimSpace(b.String())
}

var speakers = [...]string{decision.Nobody: "nobody", decision.Provider: "the care team", decision.Insurer: "the health plan", decision.Safety: "an emergency notice"}

func writeRecommendation(b *strings.Builder, r *recommend.Recommendation, why *basis, i int) {
	fmt.Fprintf(b, "**Who should speak:** %s", speakers[r.Sender])
	if r.Topic != "" && r.Topic != "none" {
		fmt.Fprintf(b, ", about %s", spoken(r.Topic))
	}
	fmt.Fprintf(b, ". **Mindset:** %s.\n\n", r.Mindset)
	var say []string
	for _, item := range r.Advice {
		say = append(say, fmt.Sprintf("> **%s**: %s\n", escape(item.Title), escape(item.Text)))
	}
	if r.Handoff != "" {
		say = append(say, fmt.Sprintf("> %s\n", escape(r.Handoff)))
	}
	if len(say) > 0 {
		b.WriteString("Words for the member:\n\n" + strings.Join(say, ">\n") + "\n")
	}
	reasons := r.Reasons
	if why != nil {
		reasons = why.Recommendations[i].Reasons
	}
	b.WriteString("**Why**\n")
	for _, one := range reasons {
		fmt.Fprintf(b, "- %s", escape(one.Text))
		if one.RuleID != "" {
			fmt.Fprintf(b, " (`%s`)", one.RuleID)
		}
		b.WriteString("\n")
	}
	b.WriteString("\n")
}

// writeFacts lists the facts that were sent and that the rules looked at.
func writeFacts(b *strings.Builder, v *visit, why *basis) {
	if why == nil || why.stored {
		b.WriteString("More is known of this member than was sent, and it counted.\n\n")
	}
	if why == nil {
		return
	}
	c, any := v.snap.Catalogue(), false
	for _, f := range why.FactsRead {
		id, ok := c.Lookup(f.Name)
		if !ok || !v.ask.Facts.Known(id) || !f.Known {
			continue
		}
		if !any {
			b.WriteString("**Read from what was sent**\n")
		}
		any = true
		fmt.Fprintf(b, "- %s: %s%s\n", escape(f.Label), escape(f.Value), v.from(id))
	}
	if any {
		b.WriteString("\n")
	}
}

// maxFrom is how many resources are named behind one fact.
const maxFrom = 3

// from names the resources that a fact was read from.
func (v *visit) from(id fact.ID) string {
	for _, o := range v.chart.Origins {
		if o.Fact != id {
			continue
		}
		var names []string
		for _, name := range o.From {
			if kind, of, ok := strings.Cut(name, "/"); ok && plainName(kind) && isID(of) && len(names) < maxFrom {
				names = append(names, name)
			}
		}
		if more := len(o.From) - len(names); more > 0 && len(names) > 0 {
			names = append(names, fmt.Sprintf("%d more", more))
		}
		if len(names) > 0 {
			return " (" + strings.Join(names, ", ") + ")"
		}
	}
	return ""
}

// maxChanges is how many ways to another answer are named for one table.
const maxChanges = 3

// writeChange says what would have to hold for another answer: that the row
// which decided no longer fits, or that one which is tried before it does.
func writeChange(b *strings.Builder, why *basis) {
	if why == nil {
		return
	}
	var lines []string
	for _, topic := range why.Topics {
		for _, table := range [...]string{"mindset", "sender"} {
			all := changes(topic.Rows, table)
			lines = append(lines, all[:min(maxChanges, len(all))]...)
		}
	}
	if len(lines) == 0 {
		return
	}
	b.WriteString("**What would change it**\n")
	for _, l := range lines {
		b.WriteString("- " + l + "\n")
	}
	b.WriteString("\n")
}

func changes(rows []recommend.RowTrace, table string) (out []string) {
	decided := ""
	for _, r := range rows {
		if r.Table == table && r.Verdict == recommend.Decided {
			decided = r.Outcome
		}
	}
	passed := false
	for _, r := range rows {
		switch {
		case r.Table != table:
		case r.Verdict == recommend.Decided:
			passed = true
			if r.Sentence != "" {
				out = append([]string{fmt.Sprintf("As it is, this holds: %s (`%s`)", escape(strings.TrimSuffix(r.Sentence, ".")), r.RuleID)}, out...)
			}
		case r.Outcome == decided:
		case r.Verdict == recommend.Almost && !passed:
			out = append(out, fmt.Sprintf("%s, if %s (`%s`)", outcome(table, r.Outcome), escape(r.Failed), r.RuleID))
		case r.Verdict == recommend.Fitted && passed:
			return append(out, fmt.Sprintf("%s, once the rule above no longer fits (`%s`)", outcome(table, r.Outcome), r.RuleID))
		}
	}
	return out
}

func outcome(table, name string) string {
	if table == "mindset" {
		return "Mindset " + name
	}
	switch name {
	case "provider":
		return "The care team speaks"
	case "insurer":
		return "The health plan speaks"
	}
	return "Nobody speaks"
}

// writeGaps says what could not be looked at.
func writeGaps(b *strings.Builder, sent *answered) {
	if len(sent.missing) > 0 {
		fmt.Fprintf(b, "**Not sent:** %s.\n\n", strings.Join(sent.missing, ", "))
	}
	if len(sent.incomplete) > 0 {
		fmt.Fprintf(b, "**Incomplete** (the search has further pages): %s.\n\n", strings.Join(sent.incomplete, ", "))
	}
}

var markdown = strings.NewReplacer("\\", "\\\\", "`", "\\`", "*", "\\*", "_", "\\_", "[", "\\[", "]", "\\]", "<", "&lt;", "|", "\\|", "\n", " ")

// escape keeps words from being taken for Markdown.
func escape(s string) string { return markdown.Replace(s) }

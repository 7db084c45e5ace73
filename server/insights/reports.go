package insights

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/rightvoice/rightvoice/rules/casefile"
	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/rules/sentence"
	"github.com/rightvoice/rightvoice/server/insights/feedback"
)

// Report is reports that the wrong side spoke, of decisions that are the same as
// far as rules can tell. It says nothing that is only one member's: its facts
// stand for all that rules can't tell from them, sensitive ones and ages are left
// out, and how many there were is told from Floor on.
type Report struct {
	ID, Day                 string
	Topic, Label            string
	Sender, Wanted, Mindset string
	Rules                   []RuleFigure
	Story                   string
	Given                   []casefile.Given
	Scenario                string // a case, as YAML
	File                    string // that it belongs into
	NewFile                 bool   // the content in force has no such file
	Still                   bool   // the version in force answers so
	Count                   int    // 0 below Floor
}

// reportMonths is how many months back reports are listed.
const reportMonths = 3

// Reports lists reports of a wrong sender, the one made last first.
func (s *Service) Reports(ctx context.Context, tenant, language string, limit int) ([]Report, error) {
	now := s.o.Now().UTC()
	live, err := s.o.Rules.Version(ctx, tenant, 0)
	if err != nil {
		return nil, err
	}
	c, err := s.read(ctx, tenant, Period{From: monthOf(now).AddDate(0, 1-reportMonths, 0), Until: monthOf(now).AddDate(0, 1, 0)})
	if err != nil {
		return nil, &Error{Message: "what was counted of feedback can't be read now", Cause: err}
	}
	w := newWording(live.Set, language)
	var out []Report
	for _, r := range same(c.reports) {
		out = append(out, w.report(&r, &live))
	}
	slices.SortFunc(out, func(a, b Report) int { return cmp.Or(cmp.Compare(b.Day, a.Day), cmp.Compare(a.ID, b.ID)) })
	return out[:min(len(out), limit)], nil
}

// same joins reports about the same on several days.
func same(all []feedback.Counted) map[feedback.About]feedback.Counted {
	out := map[feedback.About]feedback.Counted{}
	for _, x := range all {
		about := x.About
		about.Day, about.Revision = "", ""
		sum := out[about]
		sum.About, sum.Day = about, max(sum.Day, x.Day)
		sum.Counts[feedback.Reported] += x.Counts[feedback.Reported]
		out[about] = sum
	}
	return out
}

// report puts reports into words, by the version in force.
func (w *wording) report(x *feedback.Counted, live *Version) Report {
	name, _ := feedback.About{Topic: x.Topic, Mindset: x.Mindset, Sender: x.Sender, Rules: x.Rules, Example: x.Example}.AppendBinary(nil)
	sum := sha256.Sum256(name)
	r := Report{ID: hex.EncodeToString(sum[:8]), Day: x.Day, Topic: x.Topic, Label: w.topic(x.Topic), Sender: x.Sender, Wanted: otherSide(x.Sender), Mindset: x.Mindset}
	if n := x.Counts[feedback.Reported]; n >= Floor {
		r.Count = n
	}
	for t := range ruleset.AdviceTable {
		if x.Rules[t] != "" {
			r.Rules = append(r.Rules, w.rule(t, Figure{ID: x.Rules[t]}))
		}
	}
	ask := casefile.Ask{Topic: x.Topic}
	if c := w.set.Catalogue(); c != nil {
		for _, g := range parseExample(c, x.Example) {
			// What the version in force has no word for is left out.
			_ = ask.Give(c, g.Name, g.Value)
		}
	}
	r.Given = ask.Context
	if topic, ok := w.set.Topic(x.Topic); ok {
		d := w.set.Decide(&ask.Facts, topic)
		r.Story = sentence.New(w.set, w.language).Story(&ask.Facts, topic, &d).String()
		r.Still = d.Sender.String() == x.Sender
		r.File, r.NewFile = live.caseFile(w.set.Topics()[topic].Kind)
	}
	r.Scenario = r.scenario()
	return r
}

// otherSide is who should have spoken: whoever hears from nobody is the care
// team's to answer.
func otherSide(sender string) string {
	if sender == decision.Provider.String() {
		return decision.Insurer.String()
	}
	return decision.Provider.String()
}

// reportsFile is where scenarios go that have no better place.
const reportsFile = "cases/reports.yaml"

// caseFile is where a scenario about a topic of a kind belongs.
func (v *Version) caseFile(kind string) (name string, missing bool) {
	for _, want := range []string{reportsFile, "cases/" + kind + ".yaml"} {
		if slices.Contains(v.Files, want) {
			return want, false
		}
	}
	for _, name := range v.Files {
		if path.Dir(name) == "cases" {
			return name, false
		}
	}
	return reportsFile, true
}

// parseExample reads facts as recommend writes them.
func parseExample(c *fact.Catalogue, text string) []casefile.Given {
	var out []casefile.Given
	for line := range strings.Lines(text) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		id, ok := c.Lookup(name)
		if !ok {
			continue
		}
		if v := parseValue(c.Def(id), value); v != nil {
			out = append(out, casefile.Given{Name: name, Value: v})
		}
	}
	return out
}

func parseValue(d *fact.Def, text string) any {
	switch d.Kind {
	case fact.Bool:
		return text == "true"
	case fact.Set:
		inner := strings.TrimSuffix(strings.TrimPrefix(text, "["), "]")
		if inner == "" {
			return []string{}
		}
		return strings.Split(inner, ", ")
	case fact.Int:
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return n
		}
		return nil
	case fact.Decimal:
		if n, err := strconv.ParseFloat(text, 64); err == nil {
			return n
		}
		return nil
	}
	return text
}

// scenario is the report as a case that expects the other side.
func (r *Report) scenario() string {
	var b strings.Builder
	fmt.Fprintf(&b, "id: reported-%s\n", r.ID)
	fmt.Fprintf(&b, "about: The wrong side spoke about %s, as was reported; the %s should.\n", r.Topic, r.Wanted)
	fmt.Fprintf(&b, "ask:\n  topic: %s\n", r.Topic)
	if len(r.Given) > 0 {
		b.WriteString("  context:\n")
		for _, g := range r.Given {
			fmt.Fprintf(&b, "    %s: %s\n", g.Name, writeValue(g.Value))
		}
	}
	fmt.Fprintf(&b, "expect:\n  - topic: %s\n    sender: %s\n", r.Topic, r.Wanted)
	return b.String()
}

func writeValue(v any) string {
	if words, ok := v.([]string); ok {
		return "[" + strings.Join(words, ", ") + "]"
	}
	return fmt.Sprint(v)
}

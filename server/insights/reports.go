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
	"time"

	"github.com/rightvoice/rightvoice/rules/casefile"
	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/rules/sentence"
	"github.com/rightvoice/rightvoice/server/insights/feedback"
)

// Report is reports that the wrong side spoke, of decisions that are the same as
// far as rules can tell. It says nothing that is of fewer than Floor members.
//
// Its facts are the members' own only where Floor different ones were reported
// with the same facts, each rounded to the edge of what rules tell apart, and
// without facts that are sensitive or demographic. Of fewer, only the topic, the
// rules and the month are the members': the facts are those that the rules ask
// for, the same whoever was reported.
type Report struct {
	ID                      string
	Day                     string // of the last one; the first of its month below Floor
	Topic, Label            string
	Sender, Wanted, Mindset string
	Rules                   []RuleFigure
	Story                   string
	Given                   []casefile.Given
	Scenario                string // a case, as YAML; empty if no example can be told
	File                    string // that it belongs into
	NewFile                 bool   // the content in force has no such file
	Still                   bool   // the version in force answers so
	Count                   int    // rounded down to a multiple of Floor, as of Drift
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

// reported is reports about the same.
type reported struct {
	about feedback.About
	day   string
	times int
	who   string // marks of different members
}

func (r reported) plus(o reported) reported {
	r.about, r.day, r.times, r.who = o.about, max(r.day, o.day), r.times+o.times, union(r.who, o.who)
	return r
}

func (r *reported) shared() bool { return len(r.who) >= Floor*markLen }

// same joins reports about the same on several days. An example that fewer than
// Floor members have in common is dropped, and its reports are joined with all
// others about the topic by the same rules.
func same(all []feedback.Counted) map[feedback.About]reported {
	alike, out := map[feedback.About]reported{}, map[feedback.About]reported{}
	for _, x := range all {
		about := feedback.About{Topic: x.Topic, Mindset: x.Mindset, Sender: x.Sender, Rules: x.Rules, Example: x.Example}
		alike[about] = alike[about].plus(reported{about, x.Day, x.Counts[feedback.Reported], marks(x.Who)})
	}
	for about, r := range alike {
		if !r.shared() {
			about.Example = ""
			r.about = about
		}
		out[about] = out[about].plus(r)
	}
	for about, r := range out {
		if !r.shared() && len(r.day) == len(time.DateOnly) {
			r.day = r.day[:len("2006-01")] + "-01"
			out[about] = r
		}
	}
	return out
}

// report puts reports into words, by the version in force.
func (w *wording) report(x *reported, live *Version) Report {
	about := &x.about
	name, _ := about.AppendBinary(nil)
	sum := sha256.Sum256(name)
	r := Report{ID: hex.EncodeToString(sum[:8]), Day: x.day, Topic: about.Topic, Label: w.topic(about.Topic), Sender: about.Sender, Wanted: otherSide(about.Sender), Mindset: about.Mindset}
	if x.shared() {
		r.Count = rounded(x.times)
	}
	for t := range ruleset.AdviceTable {
		if about.Rules[t] != "" {
			r.Rules = append(r.Rules, w.rule(t, Figure{ID: about.Rules[t]}))
		}
	}
	topic, ok := w.set.Topic(about.Topic)
	if !ok {
		return r
	}
	ask, ok := w.example(about, topic)
	if !ok {
		return r
	}
	r.Given = ask.Context
	d := w.set.Decide(&ask.Facts, topic)
	r.Story = sentence.New(w.set, w.language).Story(&ask.Facts, topic, &d).String()
	r.Still = d.Sender.String() == about.Sender
	r.File, r.NewFile = live.caseFile(w.set.Topics()[topic].Kind)
	r.Scenario = r.scenario()
	return r
}

// example is the question of a report: with the facts that members share, or else
// with those that the rules ask for.
func (w *wording) example(about *feedback.About, topic uint16) (casefile.Ask, bool) {
	ask, c := casefile.Ask{Topic: about.Topic}, w.set.Catalogue()
	if about.Example != "" {
		for _, g := range parseExample(c, about.Example) {
			// What the version in force has no word for is left out.
			_ = ask.Give(c, g.Name, g.Value)
		}
		return ask, true
	}
	f, ok := ruleExample(w.set, topic, about.Mindset, about.Rules)
	if !ok {
		return ask, false
	}
	for _, id := range c.All() {
		if id < fact.MaxFacts && f.Known(id) {
			if err := ask.Give(c, c.Def(id).Name, valueOf(c.Def(id), f.Raw(id))); err != nil {
				return ask, false
			}
		}
	}
	return ask, true
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

package casefile

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
)

// Failures writes each case that does not hold, with its place and every
// difference, and then how many hold.
func Failures(w io.Writer, results []Result) error {
	var b strings.Builder
	held := 0
	for i := range results {
		r := &results[i]
		if r.Holds() {
			held++
			continue
		}
		fmt.Fprintf(&b, "%s: %s\n  %s\n", r.Case.Pos, r.Case.ID, r.Case.About)
		for _, wrong := range r.Wrong {
			fmt.Fprintf(&b, "  - %s\n", wrong)
		}
	}
	fmt.Fprintf(&b, "%d of %d cases hold\n", held, len(results))
	_, err := io.WriteString(w, b.String())
	return err
}

// Write writes which rules and items no case reached.
func (c *Coverage) Write(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "rules reached: %d of %d\n", c.RulesHit, c.Rules)
	for _, r := range c.MissedRules {
		fmt.Fprintf(&b, "  no case reaches the %s rule %s\n", r.Table, r.ID)
	}
	fmt.Fprintf(&b, "advice reached: %d of %d\n", c.ItemsHit, c.Items)
	for _, id := range c.MissedItems {
		fmt.Fprintf(&b, "  no case reaches the item %s\n", id)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// Write writes the figures per source, the confusion table of senders and the
// ids of what went wrong. It never writes a question.
func (s *Score) Write(w io.Writer) error {
	var b strings.Builder
	t := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "source\tsender\tmindset\twith benefit\temergencies\tfalse alarms")
	for _, x := range s.Sources {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\n", x.Name, x.Sender, x.Mindset, x.WithBenefit, x.Emergency, x.FalseAlarm)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	s.confusion(&b)
	for _, x := range []struct {
		what string
		ids  []string
	}{{"unsafe (insurer where the provider is expected)", s.Unsafe}, {"missed emergencies", s.Missed}, {"false alarms", s.Alarmed}, {"no answer", s.Failed}} {
		fmt.Fprintf(&b, "%s: %d%s\n", x.what, len(x.ids), suffix(x.ids))
	}
	for _, m := range s.Wrong {
		fmt.Fprintf(&b, "  %s: %s %s, want %s\n", m.ID, m.What, m.Got, m.Want)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// confusion writes labels in rows and answers in columns.
func (s *Score) confusion(b *strings.Builder) {
	var wants, gots []string
	for p := range s.Confusion {
		wants, gots = append(wants, p.Want), append(gots, p.Got)
	}
	slices.Sort(wants)
	slices.Sort(gots)
	wants, gots = slices.Compact(wants), slices.Compact(gots)
	t := tabwriter.NewWriter(b, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "sender: label \\ answer\t%s\n", strings.Join(gots, "\t"))
	for _, want := range wants {
		fmt.Fprint(t, want)
		for _, got := range gots {
			fmt.Fprintf(t, "\t%d", s.Confusion[Pair{want, got}])
		}
		fmt.Fprintln(t)
	}
	t.Flush() // a strings.Builder takes everything
}

func suffix(ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	return " (" + strings.Join(ids, ", ") + ")"
}

// String is "0.958 (23 of 24)", or a dash if there was nothing to count.
func (s Share) String() string {
	if s.Of == 0 {
		return "–"
	}
	return fmt.Sprintf("%.3f (%d of %d)", s.Rate(), s.Part, s.Of)
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

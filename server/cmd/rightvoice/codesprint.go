package main

import (
	"fmt"
	"strings"

	"github.com/rightvoice/rightvoice/rules/intake/icd10"
)

// codesIndicators are the indicators of AHRQ's files and what they say.
var codesIndicators = []struct {
	sign byte
	name string
}{
	{'1', "chronic"}, {'0', "not chronic"}, {'9', "without determination"},
	{'A', "acute"}, {'C', "chronic"}, {'B', "both"}, {'N', "neither"},
}

// codesMove is a kind of change within a chapter.
type codesMove struct {
	From     string   `json:"from"`
	To       string   `json:"to"`
	Codes    int      `json:"codes"`
	Examples []string `json:"examples"`
}

// codesChapter is what changes in a chapter.
type codesChapter struct {
	Chapter string      `json:"chapter"`
	About   string      `json:"about"`
	Codes   int         `json:"codes"`
	Moves   []codesMove `json:"changes"`
}

// byChapter groups the changes, which are in order.
func (r *codesImport) byChapter() []codesChapter {
	all := make([]codesChapter, len(icd10.Chapters)+1) // the last for codes outside all
	for i, c := range icd10.Chapters {
		all[i].Chapter, all[i].About = c.First+"-"+c.Last, c.About
	}
	all[len(icd10.Chapters)].Chapter = "outside the chapters"
	for _, c := range r.diff {
		i := icd10.ChapterOf(c.Code)
		if i < 0 {
			i = len(icd10.Chapters)
		}
		all[i].add(c, r.examples)
	}
	changed := all[:0]
	for _, c := range all {
		if c.Codes > 0 {
			changed = append(changed, c)
		}
	}
	return changed
}

func (c *codesChapter) add(change icd10.Change, examples int) {
	c.Codes++
	from, to := change.From.String(), change.To.String()
	i := 0
	for i < len(c.Moves) && (c.Moves[i].From != from || c.Moves[i].To != to) {
		i++
	}
	if i == len(c.Moves) {
		c.Moves = append(c.Moves, codesMove{From: from, To: to, Examples: []string{}})
	}
	m := &c.Moves[i]
	m.Codes++
	if len(m.Examples) < examples {
		m.Examples = append(m.Examples, change.Code)
	}
}

// counts are the codes by indicator, in words.
func (r *codesImport) counts() string {
	var parts []string
	for _, i := range codesIndicators {
		if n := r.read.Count(i.sign); n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, i.name))
		}
	}
	return strings.Join(parts, ", ")
}

// lasting counts the codes that become chronic, and those that no longer are.
func (r *codesImport) lasting() (became, ceased int) {
	for _, c := range r.diff {
		switch was, is := (icd10.Class{Chronicity: c.From}).Chronic(), (icd10.Class{Chronicity: c.To}).Chronic(); {
		case is && !was:
			became++
		case was && !is:
			ceased++
		}
	}
	return became, ceased
}

func (r *codesImport) print(std streams) {
	w := std.out
	if r.read.Title != "" {
		fmt.Fprintln(w, r.read.Title)
	}
	fmt.Fprintf(w, "%s: %s\n", count(r.read.Len(), "code", "codes"), r.counts())
	if r.read.Repeated > 0 {
		fmt.Fprintf(w, "%s said the same of a code again\n", count(r.read.Repeated, "line", "lines"))
	}
	became, ceased := r.lasting()
	fmt.Fprintf(w, "compared with %s, %s otherwise: %d became chronic, %d no longer are\n", r.before.from,
		count(len(r.diff), "code is taken", "codes are taken"), became, ceased)
	for _, c := range r.byChapter() {
		fmt.Fprintf(w, "\n%s: %d\n", strings.TrimSpace(c.Chapter+" "+c.About), c.Codes)
		for _, m := range c.Moves {
			fmt.Fprintf(w, "  %s -> %s: %d", m.From, m.To, m.Codes)
			if len(m.Examples) > 0 {
				fmt.Fprintf(w, "  (%s%s)", strings.Join(m.Examples, ", "), more(m.Codes-len(m.Examples)))
			}
			fmt.Fprintln(w)
		}
	}
	if r.dir == "" {
		fmt.Fprintln(w, "\nNothing was written; name a content folder with --content.")
		return
	}
	fmt.Fprintf(w, "\nwrote %s: revision %s, before it %s\n", r.after.from, r.after.revision, orNone(r.before.revision))
}

func more(n int) string {
	if n == 0 {
		return ""
	}
	return ", …"
}

func orNone(revision string) string {
	if revision == "" {
		return "none that could be used"
	}
	return revision
}

func (r *codesImport) printJSON(std streams) error {
	type indicator struct {
		Indicator string `json:"indicator"`
		Says      string `json:"says"`
		Codes     int    `json:"codes"`
	}
	out := struct {
		Title      string         `json:"title"`
		Codes      int            `json:"codes"`
		Repeated   int            `json:"repeated"`
		Indicators []indicator    `json:"indicators"`
		Against    string         `json:"comparedWith"`
		Changed    int            `json:"changed"`
		Became     int            `json:"becameChronic"`
		Ceased     int            `json:"noLongerChronic"`
		Chapters   []codesChapter `json:"chapters"`
		Wrote      string         `json:"wrote,omitempty"`
		Before     string         `json:"revisionBefore,omitempty"`
		Revision   string         `json:"revision,omitempty"`
	}{Title: r.read.Title, Codes: r.read.Len(), Repeated: r.read.Repeated, Indicators: []indicator{}, Against: r.before.from,
		Changed: len(r.diff), Chapters: r.byChapter(), Before: r.before.revision, Revision: r.after.revision}
	for _, i := range codesIndicators {
		if n := r.read.Count(i.sign); n > 0 {
			out.Indicators = append(out.Indicators, indicator{string(i.sign), i.name, n})
		}
	}
	out.Became, out.Ceased = r.lasting()
	if r.dir != "" {
		out.Wrote = r.after.from
	}
	return printJSON(std, out)
}

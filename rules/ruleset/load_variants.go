package ruleset

import (
	"maps"
	"slices"

	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

// variantEntry is a variant as content writes it. A key for anything but words
// is an unknown key: a variant can't change who speaks, to whom, or about what.
type variantEntry struct {
	ID      strictyaml.Located[string] `yaml:"id,required"`
	Percent strictyaml.Located[int]    `yaml:"percent,required"`
	Title   Words                      `yaml:"title"`
	Text    Words                      `yaml:"text,required"`
	strictyaml.Pos
}

// maxVariants is the most variants of one item: more would need more members
// than there are to tell them apart.
const maxVariants = 4

// sameLanguages refuses a variant that some readers of the item could not read.
func (l *loader) sameLanguages(what string, v *Variant, of, words Words) {
	if words == nil {
		return // told already
	}
	if a, b := slices.Sorted(maps.Keys(of)), slices.Sorted(maps.Keys(words)); !slices.Equal(a, b) {
		l.problems.Errorf(v.Pos, "variant-languages", "the %s of variant %s has the languages %v, and the item's has %v", what, v.ID, b, a)
	}
}

// variants reads the variants of an item.
func (l *loader) variants(e *itemEntry, out *Item) {
	if len(e.Variants) > 0 && !speaks(out.Sender) {
		l.problems.Errorf(e.Variants[0].Pos, "variant-of-silence", "an item of the sender %s has no words of its own, so it has no variants", out.Sender)
		return
	}
	seen, total := newIDs("variant", snakeID), 0
	for i := range e.Variants {
		v := &e.Variants[i]
		seen.check(v.ID, &l.problems)
		if v.ID.Value == "base" {
			l.problems.Errorf(v.ID.Pos, "bad-id", "base is what the item's own words are called; give the variant another id")
		}
		if v.Percent.Value < 1 || v.Percent.Value > 99 {
			l.problems.Errorf(v.Percent.Pos, "variant-percent", "percent is how many of a hundred members get the variant, from 1 to 99")
		}
		total += v.Percent.Value
		w := Variant{ID: v.ID.Value, Percent: v.Percent.Value, Title: v.Title, Text: v.Text, Pos: v.Pos}
		if w.Title == nil {
			w.Title = out.Title
		}
		l.sameLanguages("title", &w, out.Title, w.Title)
		l.sameLanguages("text", &w, out.Text, w.Text)
		out.Variants = append(out.Variants, w)
	}
	switch {
	case len(e.Variants) > maxVariants:
		l.problems.Errorf(e.Variants[maxVariants].Pos, "too-many-variants", "an item has at most %d variants", maxVariants)
	case total > 99:
		l.problems.Errorf(e.Variants[len(e.Variants)-1].Pos, "variant-percent", "the variants of an item get at most 99 of a hundred members together, so that some get the item's own words")
	}
}

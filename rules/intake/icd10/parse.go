package icd10

import (
	"fmt"
	"slices"
	"strings"
)

// stroke paints the keys from from up to, not including, to.
type stroke struct {
	from, to key
	paint    func(*cell)
}

// parse reads a table in the format that the head of icd10cm.txt describes.
func parse(text string) (*Table, error) {
	strokes, err := readStrokes(text)
	if err != nil {
		return nil, err
	}
	return paintAll(strokes), nil
}

func readStrokes(text string) (strokes []stroke, err error) {
	n := 0
	for line := range strings.Lines(text) {
		n++
		line, _, _ = strings.Cut(line, "#")
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		paint, codes, err := brush(fields[0], fields[1:])
		if err == nil {
			strokes, err = appendStrokes(strokes, codes, paint)
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
	}
	return strokes, nil
}

// paintAll lays strokes over each other, in order.
func paintAll(strokes []stroke) *Table {
	t := &Table{}
	for _, s := range strokes {
		t.starts = append(t.starts, s.from, s.to)
	}
	slices.Sort(t.starts)
	t.starts = slices.Compact(t.starts)
	t.cells = make([]cell, len(t.starts))
	for _, s := range strokes {
		from, _ := slices.BinarySearch(t.starts, s.from)
		to, _ := slices.BinarySearch(t.starts, s.to)
		for i := from; i < to; i++ {
			s.paint(&t.cells[i])
		}
	}
	return t
}

// brush returns what the word of a line does to a cell, and the line's codes.
func brush(word string, rest []string) (paint func(*cell), codes []string, err error) {
	if paint := plainBrush(word); paint != nil {
		return paint, rest, nil
	}
	of := FlagNames[:]
	switch word {
	case "group":
		of = GroupNames[:]
	case "flag", "infant":
	default:
		return nil, nil, fmt.Errorf("%s is no word of the table", word)
	}
	if len(rest) == 0 {
		return nil, nil, fmt.Errorf("%s lacks a name", word)
	}
	i := slices.Index(of, rest[0])
	if i < 0 {
		return nil, nil, fmt.Errorf("%s is no %s", rest[0], word)
	}
	switch word {
	case "group":
		paint = func(c *cell) { c.class.Groups |= 1 << i }
	case "flag":
		paint = func(c *cell) { c.class.Flags |= 1 << i }
	case "infant":
		paint = func(c *cell) { c.class.InfantFlags |= 1 << i }
	}
	return paint, rest[1:], nil
}

func plainBrush(word string) func(*cell) {
	lasts := func(long Chronicity, v visits) func(*cell) {
		return func(c *cell) { c.class.Chronicity, c.visits = long, v }
	}
	override := func(o Override, flare bool) func(*cell) {
		return func(c *cell) { c.class.Override, c.class.Flare = o, flare }
	}
	switch word {
	case "acute":
		return lasts(Acute, anyVisit)
	case "chronic":
		return lasts(Chronic, anyVisit)
	case "both":
		return lasts(Both, anyVisit)
	case "neither":
		return lasts(Neither, anyVisit)
	case "fracture":
		return lasts(Acute, firstVisit)
	case "wound":
		return lasts(Acute, underCare)
	case "lasting":
		return lasts(Chronic, lastingHarm)
	case "intent5":
		return func(c *cell) { c.intent = 5 }
	case "intent6":
		return func(c *cell) { c.intent = 6 }
	case "event":
		return override(OverrideAcute, false)
	case "flare":
		return override(OverrideAcute, true)
	case "crisis":
		return override(OverrideCrisis, false)
	case "treatment":
		return override(OverrideTreatment, false)
	case "injury":
		return func(c *cell) { c.class.Injury = true }
	case "no-injury":
		return func(c *cell) { c.class.Injury = false }
	case "serious":
		return func(c *cell) { c.class.Serious = true }
	}
	return nil
}

func appendStrokes(strokes []stroke, codes []string, paint func(*cell)) ([]stroke, error) {
	if len(codes) == 0 {
		return nil, fmt.Errorf("no codes")
	}
	for _, pattern := range codes {
		spans, err := expand(pattern)
		if err != nil {
			return nil, err
		}
		for _, span := range spans {
			first, last, isRange := strings.Cut(span, "-")
			if !isRange {
				last = first
			}
			from, ok1 := keyOf(first)
			to, ok2 := keyOf(last)
			if !ok1 || !ok2 || to < from {
				return nil, fmt.Errorf("%s is no code and no range of codes", pattern)
			}
			strokes = append(strokes, stroke{from, to.past(), paint})
		}
	}
	return strokes, nil
}

// expand spells out the choices of a pattern: M01.[13-5] is M01.1, M01.3, M01.4
// and M01.5.
func expand(pattern string) ([]string, error) {
	head, rest, found := strings.Cut(pattern, "[")
	if !found {
		return []string{pattern}, nil
	}
	choice, tail, found := strings.Cut(rest, "]")
	if !found || choice == "" {
		return nil, fmt.Errorf("%s has a choice without an end or without characters", pattern)
	}
	tails, err := expand(tail)
	if err != nil {
		return nil, err
	}
	var all []string
	for i := 0; i < len(choice); i++ {
		first, last := choice[i], choice[i]
		if i+2 < len(choice) && choice[i+1] == '-' {
			last = choice[i+2]
			i += 2
		}
		if last < first {
			return nil, fmt.Errorf("%s offers nothing from %c to %c", pattern, first, last)
		}
		for b := first; b <= last; b++ {
			for _, t := range tails {
				all = append(all, head+string(rune(b))+t)
			}
		}
	}
	return all, nil
}

package sentence

import (
	"fmt"
	"math/bits"
	"strconv"
	"strings"

	"github.com/rightvoice/rightvoice/rules/fact"
)

// value puts one constant of a column into words. Unit is as a rule wrote it,
// empty for the fact's own.
func (p *Printer) value(id fact.ID, v int64, unit string) Token {
	d := p.def(id)
	switch d.Kind {
	case fact.Enum, fact.Set:
		return p.named(id, v)
	case fact.Bool:
		ref := strconv.FormatBool(v == 1)
		return Token{Text: ref, Kind: Value, Ref: ref}
	}
	return Token{Text: p.amount(d, v, unit), Kind: Value, Ref: number(d, v)}
}

// named is a value of a vocabulary: its label in content, or its id.
func (p *Printer) named(id fact.ID, v int64) Token {
	ref := strconv.FormatInt(v, 10)
	if values := p.def(id).Values; v >= 0 && v < int64(len(values)) {
		ref = values[v]
	}
	if id == fact.Topic {
		if topics := p.set.Topics(); v >= 0 && v < int64(len(topics)) {
			return Token{Text: p.words(topics[v].Label, ref), Kind: Value, Ref: ref}
		}
	}
	if labels := p.set.FactWords(id).Values; v >= 0 && v < int64(len(labels)) {
		return Token{Text: p.words(labels[v], ref), Kind: Value, Ref: ref}
	}
	return Token{Text: spaced(ref), Kind: Value, Ref: ref}
}

// amount is a number with its unit as people write it.
func (p *Printer) amount(d *fact.Def, v int64, unit string) string {
	switch d.Unit {
	case "usd":
		return "$" + grouped(v)
	case "percent":
		return number(d, v) + "%"
	case "hour of day":
		return fmt.Sprintf("%d:00", v)
	case "hours", "days":
		return p.elapsed(d.Unit, v, unit)
	case "kg/m2", "":
		return number(d, v)
	}
	if names, ok := p.grammar.units[d.Unit]; ok {
		return counted(v, names)
	}
	return number(d, v) + " " + d.Unit
}

// elapsed prints a time in the unit that the rule wrote, or else in the largest
// that needs no fraction: 72 hours are 3 days.
func (p *Printer) elapsed(own string, v int64, unit string) string {
	hours := v
	if own == "days" {
		hours = v * 24
	}
	switch {
	case strings.HasPrefix(unit, "week") && hours%168 == 0:
		return counted(hours/168, p.grammar.units["weeks"])
	case !strings.HasPrefix(unit, "hour") && hours%24 == 0 && (hours > 24 || own == "days"):
		return counted(hours/24, p.grammar.units["days"])
	}
	return counted(hours, p.grammar.units["hours"])
}

func counted(n int64, names [2]string) string {
	if n == 1 {
		return "1 " + names[0]
	}
	return grouped(n) + " " + names[1]
}

// number is a value as content spells it.
func number(d *fact.Def, v int64) string {
	if d.Kind != fact.Decimal {
		return strconv.FormatInt(v, 10)
	}
	return strconv.FormatFloat(float64(v)/fact.DecimalScale, 'f', -1, 64)
}

// grouped writes thousands with a comma, as Americans do in both languages.
func grouped(v int64) string {
	s := strconv.FormatInt(v, 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func spaced(id string) string { return strings.ReplaceAll(id, "_", " ") }

// known is the value of a fact in words, for traces and example members.
func (p *Printer) known(id fact.ID, raw int64) Sentence {
	d := p.def(id)
	switch {
	case d.Kind == fact.Bool:
		t := p.value(id, raw, "")
		t.Text = p.yesNo(raw == 1)
		return Sentence{t}
	case d.Kind == fact.Set && raw == 0:
		return Sentence{{Text: p.grammar.empty, Kind: Value}}
	case d.Kind == fact.Set:
		var values []int64
		for rest := uint64(raw); rest != 0; rest &= rest - 1 {
			values = append(values, int64(bits.TrailingZeros64(rest)))
		}
		return p.list(id, values, "", p.grammar.andValue)
	}
	return Sentence{p.value(id, raw, "")}
}

// list joins values with commas and a last word: a, b or c.
func (p *Printer) list(id fact.ID, values []int64, unit, last string) Sentence {
	var s Sentence
	for i, v := range values {
		switch {
		case i > 0 && i == len(values)-1:
			s = append(s, plain(last))
		case i > 0:
			s = append(s, plain(", "))
		}
		s = append(s, p.value(id, v, unit))
	}
	return s
}

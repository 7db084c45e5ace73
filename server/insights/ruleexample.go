package insights

import (
	"math"
	"math/bits"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// maxRuleExamples bounds how many ways to meet two rules are tried.
const maxRuleExamples = 4096

// ruleExample is a member whom two rules decide, read off the rules alone: it is
// the same whoever was decided by them, and so tells of nobody. It reports false
// where the version in force has no such rules, where they can't decide together
// about the topic, and where they need a fact that examples keep out.
func ruleExample(set *ruleset.Set, topic uint16, mindset string, rules [2]string) (fact.Facts, bool) {
	tried := 0
	for _, m := range cubesOf(set, ruleset.MindsetTable, rules) {
		for _, s := range cubesOf(set, ruleset.SenderTable, rules) {
			if tried++; tried > maxRuleExamples {
				return fact.Facts{}, false
			}
			f, ok := meet(set, topic, m, s)
			if !ok {
				continue
			}
			if rules[ruleset.MindsetTable] == chosen {
				choose(&f, mindset)
			}
			if decidedBy(set, &f, topic) == rules {
				return f, true
			}
		}
	}
	return fact.Facts{}, false
}

// chosen stands for the member's choice where rules are named.
const chosen = "member's choice"

// cubesOf are the ways to meet a rule; none if there is no such rule.
func cubesOf(set *ruleset.Set, t ruleset.Table, rules [2]string) []ruleset.Cube {
	rows := set.Rows(t)
	for i := range rows {
		if rows[i].ID == rules[t] {
			return rows[i].Cubes()
		}
	}
	if t == ruleset.MindsetTable && rules[t] == chosen {
		return []ruleset.Cube{nil}
	}
	return nil
}

// decidedBy names the rules that decide, as feedback does.
func decidedBy(set *ruleset.Set, f *fact.Facts, topic uint16) (rules [2]string) {
	d := set.Decide(f, topic)
	for t, at := range [2]int32{d.MindsetRow, d.SenderRow} {
		if row := set.Row(ruleset.Table(t), at); row != nil {
			rules[t] = row.ID
		}
	}
	if rules[ruleset.MindsetTable] == "" && f.Known(fact.MemberChoice) {
		rules[ruleset.MindsetTable] = chosen
	}
	return rules
}

func choose(f *fact.Facts, mindset string) {
	switch mindset {
	case decision.Patient.String():
		f.SetRaw(fact.MemberChoice, fact.ChoicePatient)
	case decision.Consumer.String():
		f.SetRaw(fact.MemberChoice, fact.ChoiceConsumer)
	}
}

// meet gives a member the value at the edge of what each literal asks for.
// Whether the literals go together is for Decide to say.
func meet(set *ruleset.Set, topic uint16, cubes ...ruleset.Cube) (f fact.Facts, ok bool) {
	c := set.Catalogue()
	for _, cube := range cubes {
		for i := range cube {
			l := &cube[i]
			switch {
			case l.Column == fact.TiedBenefit && !l.Holds(true, 0):
				tie(&f, set, topic)
			case l.Unknown || l.Column >= fact.MaxFacts:
			case keptOut(c.Def(l.Column)):
				return f, false
			default:
				f.SetRaw(l.Column, f.Raw(l.Column)&setBits(l)|edge(l, c.Def(l.Column)))
			}
		}
	}
	return f, true
}

// keptOut reports whether examples never have a fact.
func keptOut(d *fact.Def) bool {
	return d.Privacy == fact.Sensitive || d.Privacy == fact.Demographic
}

// tie gives the member the first benefit that the topic is tied to.
func tie(f *fact.Facts, set *ruleset.Set, topic uint16) {
	for _, b := range set.Topics()[topic].Benefits {
		if at, ok := set.Catalogue().Value(fact.BenefitAvailable, b); ok {
			f.SetRaw(fact.CoverageStatus, fact.CoverageActive)
			f.Add(fact.BenefitAvailable, at)
			return
		}
	}
}

// setBits keeps what a set already has and drops a scalar.
func setBits(l *ruleset.Literal) int64 {
	if l.Ranges == nil {
		return -1
	}
	return 0
}

// edge is the value of a literal's first range that is nearest to where another
// begins; of sets, one value of each kind that is asked for.
func edge(l *ruleset.Literal, d *fact.Def) int64 {
	if l.Ranges == nil {
		var in int64
		for _, mask := range l.Any {
			in |= 1 << bits.TrailingZeros64(mask&^l.None)
		}
		return in
	}
	r := l.Ranges[0]
	if d.Kind != fact.Int && d.Kind != fact.Decimal {
		return max(r.From, 0)
	}
	if r.From > d.Min || r.To == math.MaxInt64 {
		return min(max(r.From, d.Min, 0), d.Max)
	}
	return min(r.To, d.Max)
}

// valueOf is a fact's value as cases have it.
func valueOf(d *fact.Def, raw int64) any {
	switch d.Kind {
	case fact.Bool:
		return raw != 0
	case fact.Enum:
		return d.Values[raw]
	case fact.Set:
		words := []string{}
		for at, word := range d.Values {
			if raw>>at&1 == 1 {
				words = append(words, word)
			}
		}
		return words
	case fact.Decimal:
		return float64(raw) / fact.DecimalScale
	}
	return raw
}

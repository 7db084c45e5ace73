package finding

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// opposites lists conditions that do not hold where c does, the plainest first.
func opposites(d *fact.Def, c *ruleset.Condition) []*ruleset.Condition {
	other := func(op ruleset.Op, values ...int64) []*ruleset.Condition {
		return []*ruleset.Condition{{Op: op, Column: c.Column, Values: values, Unit: c.Unit}}
	}
	switch c.Op {
	case ruleset.Known:
		return other(ruleset.Known, 1-c.Values[0])
	case ruleset.AtMost:
		return other(ruleset.AtLeast, c.Values[0]+1)
	case ruleset.AtLeast:
		return other(ruleset.AtMost, c.Values[0]-1)
	case ruleset.IncludesAny:
		return other(ruleset.IncludesNone, c.Values...)
	case ruleset.IncludesNone:
		return other(ruleset.IncludesAny, c.Values...)
	case ruleset.IsNot:
		return other(ruleset.Is, c.Values...)
	case ruleset.Is, ruleset.IsAnyOf:
		return isAnother(d, c, other)
	}
	return nil
}

// isAnother is the opposite of being some values: each other value where there
// are few, or not being them.
func isAnother(d *fact.Def, c *ruleset.Condition, other func(ruleset.Op, ...int64) []*ruleset.Condition) []*ruleset.Condition {
	if d.Kind == fact.Bool {
		return other(ruleset.Is, 1-c.Values[0])
	}
	if d.Kind != fact.Enum {
		return nil
	}
	var out []*ruleset.Condition
	if len(d.Values)-len(c.Values) <= 3 {
		for i := int64(len(d.Values)) - 1; i >= 0; i-- { // the first value often stands for nothing known
			if !slices.Contains(c.Values, i) {
				out = append(out, other(ruleset.Is, i)...)
			}
		}
	}
	if c.Op == ruleset.Is {
		out = append(out, other(ruleset.IsNot, c.Values...)...)
	}
	return out
}

// written is a comparison as content writes it.
func written(d *fact.Def, c *ruleset.Condition) string {
	value := ""
	switch c.Op {
	case ruleset.Known:
		value = strconv.FormatBool(c.Values[0] == 1)
	case ruleset.Is, ruleset.IsNot:
		value = names(d, c.Values)[0]
	default:
		value = constant(d, c)
	}
	return fmt.Sprintf("%s: {%s: %s}", d.Name, c.Op, value)
}

func names(d *fact.Def, values []int64) []string {
	var out []string
	for _, v := range values {
		switch {
		case d.Kind == fact.Bool:
			out = append(out, strconv.FormatBool(v == 1))
		case v >= 0 && v < int64(len(d.Values)):
			out = append(out, d.Values[v])
		}
	}
	return out
}

// constant is what a comparison compares with, as content writes it.
func constant(d *fact.Def, c *ruleset.Condition) string {
	if d.Kind == fact.Enum || d.Kind == fact.Set {
		return "[" + strings.Join(names(d, c.Values), ", ") + "]"
	}
	if c.Op == ruleset.Between {
		return "[" + number(d, c.Values[0], c.Unit) + ", " + number(d, c.Values[1], c.Unit) + "]"
	}
	return number(d, c.Values[0], c.Unit)
}

var hours = map[string]int64{"hour": 1, "hours": 1, "day": 24, "days": 24, "week": 168, "weeks": 168}

// number writes a value of a fact in a unit if it is a whole number of that, or
// else in the fact's own.
func number(d *fact.Def, v int64, unit string) string {
	if d.Kind == fact.Decimal {
		return strconv.FormatFloat(float64(v)/fact.DecimalScale, 'f', -1, 64)
	}
	own, written := hours[d.Unit], hours[strings.ToLower(unit)]
	if own == 0 || written == 0 {
		return strconv.FormatInt(v, 10)
	}
	if v*own%written != 0 {
		return fmt.Sprintf("%d %s", v, d.Unit)
	}
	return fmt.Sprintf("%d %s", v*own/written, unit)
}

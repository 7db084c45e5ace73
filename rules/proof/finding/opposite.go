package finding

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// opposites lists conditions that do not hold where c does, as content writes
// them, the plainest first.
func opposites(d *fact.Def, c *ruleset.Condition) []string {
	write := func(op ruleset.Op, values ...string) string {
		value := strings.Join(values, ", ")
		if op == ruleset.IsAnyOf || op == ruleset.IncludesAny || op == ruleset.IncludesNone {
			value = "[" + value + "]"
		}
		return fmt.Sprintf("%s: {%s: %s}", d.Name, op, value)
	}
	named := names(d, c.Values)
	switch c.Op {
	case ruleset.Known:
		return []string{write(ruleset.Known, strconv.FormatBool(c.Values[0] == 0))}
	case ruleset.AtMost:
		return []string{write(ruleset.AtLeast, number(d, c.Values[0]+1, c.Unit))}
	case ruleset.AtLeast:
		return []string{write(ruleset.AtMost, number(d, c.Values[0]-1, c.Unit))}
	case ruleset.IncludesAny:
		return []string{write(ruleset.IncludesNone, named...)}
	case ruleset.IncludesNone:
		return []string{write(ruleset.IncludesAny, named...)}
	case ruleset.IsNot:
		return []string{write(ruleset.Is, named...)}
	case ruleset.Is, ruleset.IsAnyOf:
		return isAnother(d, c, write, named)
	}
	return nil
}

// isAnother is the opposite of being some values: each other value where there
// are few, or not being them.
func isAnother(d *fact.Def, c *ruleset.Condition, write func(ruleset.Op, ...string) string, named []string) []string {
	var out []string
	if d.Kind == fact.Bool {
		return []string{write(ruleset.Is, strconv.FormatBool(c.Values[0] == 0))}
	}
	if d.Kind != fact.Enum {
		return nil
	}
	if len(d.Values)-len(named) <= 3 {
		for i := len(d.Values) - 1; i >= 0; i-- { // the first value often stands for nothing known
			if !slices.Contains(c.Values, int64(i)) {
				out = append(out, write(ruleset.Is, d.Values[i]))
			}
		}
	}
	if c.Op == ruleset.Is {
		out = append(out, write(ruleset.IsNot, named...))
	}
	return out
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

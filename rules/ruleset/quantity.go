package ruleset

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

var number = regexp.MustCompile(`^(-?\d{1,12})(?:\.(\d{1,3}))?(?:\s*([^\d\s.,-].*))?$`)

// inHours are the units of time that need no calendar.
var inHours = map[string]int64{"hour": 1, "hours": 1, "day": 24, "days": 24, "week": 168, "weeks": 168}

// sameUnit are other spellings of the units of facts.
var sameUnit = map[string]string{"%": "percent", "dollar": "usd", "dollars": "usd", "$": "usd", "year": "years", "mmhg": "mmHg"}

// quantity reads a number, with or without a unit, into the fact's own unit:
// whole numbers for Int facts, thousandths for Decimal ones. It returns the
// unit as written.
func quantity(d *fact.Def, n strictyaml.Node) (value int64, unit string, ok bool) {
	if !n.Is(strictyaml.Scalar) {
		return 0, "", false
	}
	m := number.FindStringSubmatch(n.Text())
	if m == nil {
		n.Errorf("wrong-type", "a number is expected here, %s", inUnit(d))
		return 0, "", false
	}
	thousandths, err := thousandthsOf(m[1], m[2])
	if err != nil {
		n.Errorf("wrong-type", "a number is expected here, %s", inUnit(d))
		return 0, "", false
	}
	unit = strings.TrimSpace(m[3])
	if thousandths, ok = convert(thousandths, unit, d, n); !ok {
		return 0, "", false
	}
	value = thousandths
	if d.Kind == fact.Int {
		if thousandths%fact.DecimalScale != 0 {
			n.Errorf("wrong-type", "%s is counted in whole %s", d.Name, d.Unit)
			return 0, "", false
		}
		value /= fact.DecimalScale
	}
	if value < d.Min || value > d.Max {
		n.Errorf("out-of-range", "%s is from %s to %s", d.Name, amount(d, d.Min), amount(d, d.Max))
		return 0, "", false
	}
	return value, unit, true
}

func thousandthsOf(whole, fraction string) (int64, error) {
	v, err := strconv.ParseInt(whole+(fraction + "000")[:3], 10, 64)
	if err != nil {
		return 0, fmt.Errorf("number: %w", err)
	}
	return v, nil
}

// convert turns a number in the unit as written into the fact's unit.
func convert(v int64, unit string, d *fact.Def, n strictyaml.Node) (int64, bool) {
	name := strings.ToLower(unit)
	if same, ok := sameUnit[name]; ok {
		name = same
	}
	if name == "" || strings.EqualFold(name, d.Unit) {
		return v, true
	}
	written, own := inHours[name], inHours[d.Unit]
	switch {
	case written == 0 || own == 0:
		n.Problems().Unknown(n.Pos(), "wrong-unit", "unit of "+d.Name+" called", unit, unitsOf(d))
	case v*written%own != 0:
		n.Errorf("wrong-unit", "%s is counted in whole %s", d.Name, d.Unit)
	default:
		return v * written / own, true
	}
	return 0, false
}

func unitsOf(d *fact.Def) []string {
	if inHours[d.Unit] != 0 {
		return []string{"hours", "days", "weeks"}
	}
	return []string{d.Unit}
}

func inUnit(d *fact.Def) string {
	if inHours[d.Unit] != 0 {
		return "for example 72 hours, 14 days or 2 weeks"
	}
	return "in " + d.Unit
}

// amount prints a value of a fact as people write it.
func amount(d *fact.Def, v int64) string {
	if d.Kind != fact.Decimal {
		return strconv.FormatInt(v, 10)
	}
	s := fmt.Sprintf("%d.%03d", v/fact.DecimalScale, max(v, -v)%fact.DecimalScale)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

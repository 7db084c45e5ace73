package casefile

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

// Given is one fact as it was written: Value is a bool, a string, a []string,
// an int64 or a float64, by the kind of the fact.
type Given struct {
	Name  string
	Value any
}

// contextOf reads facts by their names.
func contextOf(n strictyaml.Node, c *fact.Catalogue) ([]Given, fact.Facts) {
	var given []Given
	var f fact.Facts
	if n.Kind() == strictyaml.Nothing {
		return nil, f
	}
	if !n.Is(strictyaml.Mapping) {
		return nil, f
	}
	for _, e := range n.Entries() {
		id, ok := known(c, e.Key)
		if !ok {
			n.Problems().Unknown(e.At, "unknown-fact", "fact", e.Key, factNames(c))
			continue
		}
		v, ok := read(e.Value, c.Def(id))
		if !ok {
			continue
		}
		if err := set(&f, c, id, v); err != nil {
			e.Value.Errorf("fact-value", "%v", err)
			continue
		}
		given = append(given, Given{e.Key, v})
	}
	return given, f
}

// known finds a fact that a caller may give.
func known(c *fact.Catalogue, name string) (fact.ID, bool) {
	id, ok := c.Lookup(name)
	return id, ok && id < fact.MaxFacts && c.Def(id).Kind != fact.Opaque
}

func factNames(c *fact.Catalogue) []string {
	var names []string
	for _, id := range c.All() {
		if d := c.Def(id); id < fact.MaxFacts && d.Kind != fact.Opaque {
			names = append(names, d.Name)
		}
	}
	return names
}

// read takes a value in the shape that the kind of the fact has.
func read(n strictyaml.Node, d *fact.Def) (any, bool) {
	switch d.Kind {
	case fact.Bool:
		var v bool
		return v, n.Decode(&v)
	case fact.Set:
		var v []string
		return v, n.Decode(&v)
	case fact.Int:
		var v int64
		return v, n.Decode(&v)
	case fact.Decimal:
		var v float64
		return v, n.Decode(&v)
	}
	v := n.Text()
	return v, n.Is(strictyaml.Scalar)
}

// set puts a value into the vector. The error names what is allowed.
func set(f *fact.Facts, c *fact.Catalogue, id fact.ID, value any) error {
	d := c.Def(id)
	switch v := value.(type) {
	case bool:
		if d.Kind == fact.Bool {
			f.SetBool(id, v)
			return nil
		}
	case string:
		if d.Kind == fact.Enum {
			return setNamed(f, c, id, v, false)
		}
	case []string:
		if d.Kind == fact.Set {
			f.SetRaw(id, 0)
			for _, name := range v {
				if err := setNamed(f, c, id, name, true); err != nil {
					return err
				}
			}
			return nil
		}
	case int64:
		return setNumber(f, d, id, float64(v))
	case float64:
		return setNumber(f, d, id, v)
	}
	return fmt.Errorf("%s must be a %s", d.Name, d.Kind)
}

func setNamed(f *fact.Facts, c *fact.Catalogue, id fact.ID, name string, add bool) error {
	i, ok := c.Value(id, name)
	switch {
	case !ok:
		d := c.Def(id)
		hint := ""
		if s := strictyaml.Suggest(name, d.Values); s != "" {
			hint = " (did you mean " + s + "?)"
		} else if len(d.Values) <= 12 {
			hint = fmt.Sprintf("; it can be %v", d.Values)
		}
		return fmt.Errorf("%s has no value %q%s", d.Name, name, hint)
	case add:
		f.Add(id, i)
	default:
		f.SetRaw(id, int64(i))
	}
	return nil
}

func setNumber(f *fact.Facts, d *fact.Def, id fact.ID, v float64) error {
	scale := 1.0
	switch d.Kind {
	case fact.Decimal:
		scale = fact.DecimalScale
	case fact.Int:
		if v != math.Trunc(v) {
			return fmt.Errorf("%s is a whole number of %s", d.Name, d.Unit)
		}
	default:
		return fmt.Errorf("%s must be a %s", d.Name, d.Kind)
	}
	scaled := math.Round(v * scale)
	if !(scaled >= float64(d.Min) && scaled <= float64(d.Max)) {
		low, high := float64(d.Min)/scale, float64(d.Max)/scale
		return fmt.Errorf("%s is from %s to %s", d.Name, strconv.FormatFloat(low, 'f', -1, 64), strconv.FormatFloat(high, 'f', -1, 64))
	}
	f.SetRaw(id, int64(scaled))
	return nil
}

// Give adds a fact to a question, replacing what was given before.
func (a *Ask) Give(c *fact.Catalogue, name string, value any) error {
	id, ok := known(c, name)
	if !ok {
		return fmt.Errorf("there is no fact %s", name)
	}
	if err := set(&a.Facts, c, id, value); err != nil {
		return err
	}
	context := slices.DeleteFunc(slices.Clone(a.Context), func(g Given) bool { return g.Name == name })
	a.Context = append(context, Given{name, value})
	return nil
}

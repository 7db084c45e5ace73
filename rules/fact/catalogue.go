package fact

import (
	"fmt"
	"slices"
)

// Catalogue is the set of facts one revision speaks of: the built-in ones, the
// words content gave to the open vocabularies, and the revision's own facts.
// It is immutable and safe for concurrent use.
type Catalogue struct {
	defs   []Def
	derive [len(derived)]Def
	byName map[string]ID
	values [MaxFacts + len(derived)]map[string]int
}

// Builtin lists the facts that every catalogue has, by position.
func Builtin() []Def { return slices.Clone(builtin[:]) }

// NewCatalogue joins the built-in facts with a revision's vocabulary. Vocabulary
// maps the name of an open fact ("benefit_available", "topic") to its values;
// own are facts the revision declares, to be told in Request.attributes.
func NewCatalogue(vocabulary map[string][]string, own []Def) (*Catalogue, error) {
	c := &Catalogue{defs: slices.Concat(builtin[:], own), derive: derived, byName: map[string]ID{}}
	if len(c.defs) > MaxFacts {
		return nil, fmt.Errorf("%d own facts, at most %d fit", len(own), MaxFacts-len(builtin))
	}
	for _, id := range c.All() {
		d := c.Def(id)
		if _, twice := c.byName[d.Name]; twice {
			return nil, fmt.Errorf("fact %s is declared twice", d.Name)
		}
		c.byName[d.Name] = id
		if d.Open {
			d.Values = slices.Concat(d.Values, vocabulary[d.Name])
		}
		if d.Kind == Set && len(d.Values) > MaxSetValues {
			return nil, fmt.Errorf("fact %s has %d values, at most %d fit in a set", d.Name, len(d.Values), MaxSetValues)
		}
		c.values[id] = make(map[string]int, len(d.Values))
		for i, v := range d.Values {
			if _, twice := c.values[id][v]; twice {
				return nil, fmt.Errorf("fact %s has the value %s twice", d.Name, v)
			}
			c.values[id][v] = i
		}
	}
	for name := range vocabulary {
		if id, ok := c.byName[name]; !ok || !c.Def(id).Open {
			return nil, fmt.Errorf("%s is no open vocabulary", name)
		}
	}
	return c, nil
}

// Len is the number of facts that have a place in Facts.
func (c *Catalogue) Len() int { return len(c.defs) }

// All lists every column in order: the facts, then the derived columns.
func (c *Catalogue) All() []ID {
	ids := make([]ID, 0, len(c.defs)+len(c.derive))
	for i := range c.defs {
		ids = append(ids, ID(i))
	}
	for i := range c.derive {
		ids = append(ids, MaxFacts+ID(i))
	}
	return ids
}

// Def describes fact or derived column id. Callers must not change it.
func (c *Catalogue) Def(id ID) *Def {
	if id >= MaxFacts {
		return &c.derive[id-MaxFacts]
	}
	return &c.defs[id]
}

// Lookup finds a fact or derived column by name.
func (c *Catalogue) Lookup(name string) (ID, bool) {
	id, ok := c.byName[name]
	return id, ok
}

// Value finds the position of a value of an Enum or Set fact.
func (c *Catalogue) Value(id ID, value string) (int, bool) {
	i, ok := c.values[id][value]
	return i, ok
}

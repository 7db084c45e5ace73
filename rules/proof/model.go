package proof

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// model is a space whose points are members with a question, together with the
// answers of one Set or of several, and the cubes of points that cannot be,
// which tie the answers to the questions.
type model struct {
	world *world
	space *Space
	links []link
}

// link is a forbidden cube and what it says.
type link struct {
	cube  Cube
	says  saying
	order *table // of order links
	row   int    // of those: what comes after this row comes too late; -1 where it says something else
}

type saying uint8

const (
	defines saying = iota // what a derived column means, what the gate does, what cannot be
	orders                // which row of a table comes first
	answers               // what follows from the first row
	fits                  // which cube of an item a member is in
)

func newModel(sets ...*ruleset.Set) (*model, []*lens) {
	w, lenses := newWorld(sets...)
	return &model{world: w, space: NewSpace(nil)}, lenses
}

// forbid adds a cube of points that cannot be. Sides on one column are met.
func (m *model) forbid(says saying, sides ...Side) {
	if c, ok := cubeOf(sides...); ok {
		m.links = append(m.links, link{cube: c, says: says})
	}
}

// cubes lists the links that say any of these.
func (m *model) cubes(of ...saying) []Cube {
	var out []Cube
	for i := range m.links {
		if slices.Contains(of, m.links[i].says) {
			out = append(out, m.links[i].cube)
		}
	}
	return out
}

// cubeOf makes a cube of sides in any order; false if nothing meets them all.
func cubeOf(sides ...Side) (Cube, bool) {
	c := slices.Clone(Cube(sides))
	slices.SortStableFunc(c, func(a, b Side) int { return cmp.Compare(a.Col, b.Col) })
	out := c[:0]
	for _, s := range c {
		if n := len(out); n > 0 && out[n-1].Col == s.Col {
			both := slices.Clone(out[n-1].In)
			both.narrow(s.In)
			s.In = both
			out = out[:n-1]
		}
		if s.In.First() < 0 {
			return nil, false
		}
		out = append(out, s)
	}
	return out, true
}

// meet is what cubes have in common; false if nothing.
func meet(cubes ...Cube) (Cube, bool) { return cubeOf(slices.Concat(cubes...)...) }

// is restricts a column to some values, not to all others.
func (m *model) is(col int, values ...int) Side { return Side{col, m.space.Of(col, values...)} }

func (m *model) not(col int, values ...int) Side {
	return Side{col, m.space.Not(col, m.space.Of(col, values...))}
}

// where restricts a column to the values for which ok holds.
func (m *model) where(col int, ok func(int) bool) Side {
	v := m.space.None(col)
	for x := range m.space.Size(col) {
		if ok(x) {
			v.Add(x)
		}
	}
	return Side{col, v}
}

// member is the columns of one member's facts and of the topic asked about.
type member struct {
	*model
	fact     map[*factCuts]int         // a fact's own column; 0 is unknown
	element  map[*factCuts]map[int]int // of sets: a column for each position that is asked about
	includes map[string]int            // columns that tell whether a set includes any of several
	topic    int
}

// member adds the columns of a member. One who is a twin shares the columns of
// all facts but those named.
func (m *model) member(twin *member, but func(*factCuts) bool) *member {
	b := &member{model: m, fact: map[*factCuts]int{}, element: map[*factCuts]map[int]int{}, includes: map[string]int{}}
	for _, f := range m.world.facts {
		if twin != nil && !but(f) {
			b.fact[f], b.element[f] = twin.fact[f], twin.element[f]
			continue
		}
		b.fact[f] = m.space.grow(f.size())
		if f.kind == fact.Set {
			b.elements(f)
		}
	}
	if twin != nil {
		b.includes, b.topic = twin.includes, twin.topic
		return b
	}
	b.topic = m.space.grow(len(m.world.topics))
	return b
}

// elements gives every position that is asked about a column. An unknown set
// includes nothing.
func (b *member) elements(f *factCuts) {
	b.element[f] = map[int]int{}
	for p := range f.values {
		if f.asked[p] {
			col := b.space.grow(2)
			b.element[f][p] = col
			b.forbid(defines, b.is(b.fact[f], 0), b.is(col, 1))
		}
	}
}

// includesAny is a column that is 1 exactly if a set includes one of several
// positions.
func (b *member) includesAny(f *factCuts, positions []int) int {
	if len(positions) == 1 {
		return b.element[f][positions[0]]
	}
	cols := make([]int, len(positions))
	for i, p := range positions {
		cols[i] = b.element[f][p]
	}
	key := fmt.Sprint(cols)
	if col, ok := b.includes[key]; ok {
		return col
	}
	col := b.space.grow(2)
	b.includes[key] = col
	none := []Side{b.is(col, 1)}
	for _, c := range cols {
		b.forbid(defines, b.is(col, 0), b.is(c, 1))
		none = append(none, b.is(c, 0))
	}
	b.forbid(defines, none...)
	return col
}

// Question is a member's facts and a topic, in the terms of one Set.
type Question struct {
	Facts fact.Facts
	Topic uint16
}

// question reads a member's facts and topic from a point, as a Set sees them.
func (b *member) question(l *lens, point []int) Question {
	q := Question{Topic: uint16(max(l.topics[point[b.topic]], 0))}
	if l.topics[point[b.topic]] < 0 {
		q.Topic = uint16(len(l.set.Topics())) // no topic of that Set
	}
	for id, s := range l.facts {
		v := point[b.fact[s.factCuts]]
		if s.kind != fact.Set {
			if known, raw := s.raw(v); known {
				q.Facts.SetRaw(id, raw)
			}
			continue
		}
		if v == 0 {
			continue
		}
		q.Facts.SetRaw(id, 0)
		for p, col := range b.element[s.factCuts] {
			if point[col] == 1 && s.own[p] >= 0 {
				q.Facts.Add(id, s.own[p])
			}
		}
	}
	return q
}

// agrees reports whether the evaluator that serves members answers as a point
// says.
func (a *answer) agrees(point []int, d decision.Decision) bool {
	return int(d.Mindset) == point[a.mindset] && int(d.Sender) == point[a.sender]
}

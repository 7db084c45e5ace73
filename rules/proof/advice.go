package proof

import (
	"slices"

	"github.com/rightvoice/rightvoice/rules/decision"
)

// maxCrowds bounds how often a search for a member who is given an item meets
// one for whom better items leave no room.
const maxCrowds = 200

// advice finds the items that nobody can be given.
func (c *checker) advice() []ItemReport {
	var out []ItemReport
	for i := range c.set.Items() {
		if s := c.set.Items()[i].Sender; s == decision.Provider || s == decision.Insurer {
			if answer := c.item(i); answer != Found {
				out = append(out, ItemReport{i, answer})
			}
		}
	}
	return out
}

// item looks for a member who is given an item.
func (c *checker) item(i int) Answer {
	id := c.set.Items()[i].ID
	given := func(q Question, _ decision.Decision) bool {
		d := c.set.Decide(&q.Facts, q.Topic)
		return slices.Contains(d.Advice(), uint16(i)) && c.possible(q)
	}
	tries := c.plain(c.set.Items()[i].Cubes())
	if q, ok := c.known.get(ofItem, id); ok {
		tries = append([]Question{q}, tries...)
	}
	for _, q := range tries {
		if given(q, decision.Decision{}) {
			c.known.keep(ofItem, id, q)
			return Found
		}
	}
	answer := Proved
	for _, cube := range c.items[i] {
		switch a, q := c.given(i, cube, given); a {
		case Found:
			c.known.keep(ofItem, id, q)
			return Found
		case Undetermined:
			answer = Undetermined
		}
	}
	return answer
}

// given looks in a cube for a member who is given item i. The cube lies within
// one of the item's. For a member with enough better items the item has no
// room; then all who fit those items are left out, and the search goes on.
func (c *checker) given(i int, cube Cube, ok shows) (Answer, Question) {
	answer, point := c.prover().find(cube, c.budget)
	p := c.prover()
	for range maxCrowds {
		if answer != Found {
			return answer, Question{}
		}
		q := c.question(c.lens, point)
		d := c.set.Decide(&q.Facts, q.Topic)
		switch {
		case !c.agrees(point, d):
			return Undetermined, Question{}
		case slices.Contains(d.Advice(), uint16(i)):
			if ok(q, d) {
				return Found, q
			}
			return Undetermined, Question{}
		}
		crowd, isCrowd := c.crowd(i, point, &d)
		if !isCrowd {
			return Undetermined, Question{}
		}
		if p == c.prover() { // what is left out is left out of this search only
			p = newProver(c.space, &c.left, &c.tally, c.prover().cubes...)
		}
		p.forbid(crowd)
		answer, point = p.find(cube, c.budget)
	}
	return Undetermined, Question{}
}

// crowd is the cube of the members who fit the same items before item i as a
// point does, if those leave no room for it.
func (a *answer) crowd(i int, point []int, d *decision.Decision) (Cube, bool) {
	if len(d.Advice()) < decision.MaxAdvice {
		return nil, false
	}
	var all []Cube
	for _, better := range d.Advice() {
		cubes := a.items[better]
		k := slices.IndexFunc(cubes, func(x Cube) bool { return x.Holds(point) })
		if int(better) > i || k < 0 {
			return nil, false
		}
		all = append(all, cubes[k])
	}
	return meet(all...)
}

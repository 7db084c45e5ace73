package proof

import (
	"slices"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// itemInquiry asks for members of a cube to whom the advice differs because of
// items, given as positions in the old and in the new Set.
type itemInquiry struct {
	cube  Cube
	items [2]int
	// given must be given by one of the Sets for the difference to show: by the
	// old one, by the new one, or one by each.
	given []itemOf
}

type itemOf struct {
	answer *answer
	item   int
}

// items lists inquiries that together ask for every member who is given other
// advice by the same sender. Let two lists differ first at some place. Either an item of one list
// does not fit the member in the other Set, or both items at that place fit in
// both Sets, and their order is another.
func (d *differ) items() []itemInquiry {
	var out []itemInquiry
	pair := d.pairItems()
	for i := range d.old.items {
		out = append(out, d.lost(d.old, d.now, i, pair[0][i], [2]int{i, -1})...)
	}
	for i := range d.now.items {
		out = append(out, d.lost(d.now, d.old, i, pair[1][i], [2]int{-1, i})...)
	}
	for i := range d.old.items {
		for j := i + 1; j < len(d.old.items); j++ {
			x, y := pair[0][i], pair[0][j]
			if x < 0 || y < 0 || x < y {
				continue
			}
			both := []Side{d.old.fitsItem(i), d.old.fitsItem(j), d.now.fitsItem(x), d.now.fitsItem(y)}
			if cube, ok := cubeOf(both...); ok && len(d.old.items[i]) > 0 && len(d.old.items[j]) > 0 {
				out = append(out, itemInquiry{cube, [2]int{i, y}, []itemOf{{d.old, i}, {d.now, y}}})
			}
		}
	}
	return out
}

// pairItems finds for each item of each Set the item of the other with its id.
func (d *differ) pairItems() (out [2][]int) {
	at := func(a *answer, id string) int {
		return slices.IndexFunc(a.set.Items(), func(i ruleset.Item) bool { return i.ID == id })
	}
	for i := range d.old.set.Items() {
		out[0] = append(out[0], at(d.now, d.old.set.Items()[i].ID))
	}
	for i := range d.now.set.Items() {
		out[1] = append(out[1], at(d.old, d.now.set.Items()[i].ID))
	}
	return out
}

// lost asks for members who fit item i in one Set and not its pair in the other,
// while the sender is the same: where another one speaks, other advice is no
// news.
func (d *differ) lost(in, out *answer, i, pair int, items [2]int) []itemInquiry {
	if len(in.items[i]) == 0 {
		return nil
	}
	sides := []Side{in.fitsItem(i), out.is(out.sender, int(in.set.Items()[i].Sender))}
	if pair >= 0 && d.sameItem(in, out, i, pair) {
		return nil
	}
	if pair >= 0 && len(out.items[pair]) > 0 {
		sides = append(sides, out.without(out.fitsItem(pair)))
	}
	cube, _ := cubeOf(sides...)
	return []itemInquiry{{cube, items, []itemOf{{in, i}}}}
}

// sameItem reports whether an item asks the same in both Sets, and of columns
// that mean the same: then who fits it in one, with the same sender, fits it in
// the other.
func (d *differ) sameItem(in, out *answer, i, pair int) bool {
	mindset := func(a *answer, cubes []Cube) bool {
		return slices.ContainsFunc(cubes, func(c Cube) bool { return slices.ContainsFunc(c, func(s Side) bool { return s.Col == a.mindset }) })
	}
	key := func(a *answer, c Cube) string { return string(a.appendCube(nil, c)) }
	return slices.EqualFunc(in.items[i], out.items[pair], func(a, b Cube) bool { return key(in, a) == key(out, b) }) &&
		(in.mindset == out.mindset || !mindset(in, in.items[i]))
}

// advice finds the items that some member is given by one Set only, or in
// another order.
func (d *differ) advice(inquiries []itemInquiry) {
	p := d.prover()
	for i := range inquiries {
		c, answer := d.inquire(p, &inquiries[i])
		if answer == Undetermined || len(d.out.Changes) > 3*maxChanges {
			d.out.Settled = false
			continue
		}
		if answer == Found {
			d.plainest(&c, func(a, b decision.Decision) bool { return d.shows(&inquiries[i], a, b) })
			d.out.Changes = append(d.out.Changes, c)
		}
	}
}

// inquire looks for a member who shows what is asked for. Where better items
// leave no room for it to show, all who fit those are left out, and the search
// goes on.
func (d *differ) inquire(p *prover, x *itemInquiry) (Change, Answer) {
	all := p
	for range maxCrowds {
		answer, point := p.find(x.cube, d.budget)
		if answer != Found {
			return Change{}, answer
		}
		c, a, b, agree := d.change(ruleset.AdviceTable, point)
		c.Items, c.Rows = x.items, [2]int32{a.SenderRow, b.SenderRow}
		switch {
		case !agree:
			return Change{}, Undetermined
		case d.shows(x, a, b):
			return c, Found
		}
		crowd, ok := d.crowd(x, point, a, b)
		if !ok {
			return Change{}, Undetermined
		}
		if p == all {
			p = newProver(d.old.space, &d.left, &d.tally, all.cubes...)
		}
		p.forbid(crowd)
	}
	return Change{}, Undetermined
}

// shows reports whether what an inquiry asks for can be seen in two decisions.
func (d *differ) shows(x *itemInquiry, a, b decision.Decision) bool {
	ids := [2][]string{d.ids(d.old, &a), d.ids(d.now, &b)}
	switch {
	case a.Sender != b.Sender:
		return false
	case x.items[1] < 0:
		id := d.old.set.Items()[x.items[0]].ID
		return slices.Contains(ids[0], id) && !slices.Contains(ids[1], id)
	case x.items[0] < 0:
		id := d.now.set.Items()[x.items[1]].ID
		return !slices.Contains(ids[0], id) && slices.Contains(ids[1], id)
	}
	return slices.Contains(a.Advice(), uint16(x.items[0])) && slices.Contains(b.Advice(), uint16(x.items[1])) && !slices.Equal(ids[0], ids[1])
}

func (d *differ) ids(a *answer, x *decision.Decision) (out []string) {
	for _, i := range x.Advice() {
		out = append(out, a.set.Items()[i].ID)
	}
	return out
}

// crowd is who fits the same better items as a point does, so that one of those
// that must be given has no room.
func (d *differ) crowd(x *itemInquiry, point []int, a, b decision.Decision) (Cube, bool) {
	for _, g := range x.given {
		of := &a
		if g.answer == d.now {
			of = &b
		}
		if !slices.Contains(of.Advice(), uint16(g.item)) {
			return g.answer.crowd(g.item, point, of)
		}
	}
	return nil, false
}

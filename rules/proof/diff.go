package proof

import (
	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// Difference is which members two Sets answer differently. Names and words of
// rules are no answer, so changing them makes no difference.
type Difference struct {
	Changes []Change // by table: mindset, sender, advice
	// Topics that only one of the Sets has, by id; no question about them is
	// compared.
	Gone, New []string
	// Premises tells that the Sets take different members to be impossible;
	// only members that both take to be possible are compared.
	Premises bool
	// Terms are ids of items whose sensitivity, payer, reward or minors' consent
	// differ: whether a member may be shown them is settled after a decision.
	Terms   []string
	Settled bool // false: the budget was spent, and more may differ
	Tally   Tally
}

// Change is a region of members who are answered differently for the same pair
// of reasons, with one of them as an example.
type Change struct {
	Table ruleset.Table
	// Rows of the mindset or the sender table that decide, in the old and in the
	// new Set, or decision.BySafety or decision.ByMemberChoice.
	Rows [2]int32
	// Items of the advice table: the one given by the old Set only or by the new
	// Set only, the other being -1; or two that changed their order.
	Items   [2]int
	Example [2]Question // the same member in the terms of each Set
}

// maxChanges bounds the regions of one table that are told.
const maxChanges = 500

// Diff finds every region of members whom two Sets answer differently. A member
// is told to each Set as far as it has words for what is known: a value that a
// Set does not have is unknown to it, an element of a set is left out.
func Diff(before, after *ruleset.Set, budget Budget) Difference {
	m, lenses := newModel(before, after)
	one := m.member(nil, nil)
	old := m.answer(one, lenses[0], nil)
	d := &differ{old: old, now: m.answer(one, lenses[1], old), budget: budget, left: shares * budget}
	d.out.Settled = true
	d.topics()
	d.premises()
	items := d.items()
	d.table(ruleset.MindsetTable)
	d.table(ruleset.SenderTable)
	d.advice(items)
	d.terms()
	d.out.Tally = d.tally
	return d.out
}

type differ struct {
	old, now *answer
	budget   Budget
	left     Budget
	tally    Tally
	out      Difference
}

// topics leaves out questions about topics that one Set does not have.
func (d *differ) topics() {
	for v, id := range d.old.world.topics {
		switch {
		case d.old.lens.topics[v] < 0:
			d.out.New = append(d.out.New, id)
		case d.now.lens.topics[v] < 0:
			d.out.Gone = append(d.out.Gone, id)
		default:
			continue
		}
		d.old.forbid(defines, d.old.is(d.old.topic, v))
	}
}

func (d *differ) prover() *prover {
	return newProver(d.old.space, &d.left, &d.tally, d.old.model.cubes(defines, orders, answers, fits)...)
}

// table finds the regions in which a table decides differently: one pair of
// rows after the other, until nothing differs outside those found.
func (d *differ) table(t ruleset.Table) {
	p := d.prover()
	found := 0
	for _, cube := range d.suspects(t) {
		for {
			point, ok := d.find(p, cube)
			if !ok {
				break
			}
			c, x, y, agree := d.change(t, point)
			found++
			if !agree || outcome(t, x) == outcome(t, y) || found > maxChanges {
				d.out.Settled = false
				return
			}
			p.forbid(d.region(t, c.Rows))
			d.plainest(&c, func(x, y decision.Decision) bool {
				return outcome(t, x) != outcome(t, y) && d.rows(t, x, y) == c.Rows
			})
			d.out.Changes = append(d.out.Changes, c)
		}
	}
}

func outcome(t ruleset.Table, x decision.Decision) int {
	if t == ruleset.MindsetTable {
		return int(x.Mindset)
	}
	return int(x.Sender)
}

// suspects lists cubes that together hold every member for whom a table decides
// differently. Where the gate says the same, a row that changed decides in one of
// the Sets; of the sender table, also where the mindset differs.
func (d *differ) suspects(t ruleset.Table) []Cube {
	var out []Cube
	add := func(sides ...Side) {
		if c, ok := cubeOf(sides...); ok {
			out = append(out, c)
		}
	}
	both := [2]*answer{d.old, d.now}
	if d.old.safe != d.now.safe {
		for v := range d.old.space.Size(d.old.outcomeColumn(t)) {
			for k := range both {
				add(d.old.is(both[k].safe, 1), d.old.is(both[1-k].safe, 0), d.old.is(d.old.outcomeColumn(t), v), d.old.not(d.now.outcomeColumn(t), v))
			}
		}
	}
	for k, rows := range d.changed(t) {
		for _, r := range rows {
			o := int(both[k].set.Rows(t)[r].Outcome)
			add(append(both[k].decidedBy(t, int32(r)), d.old.not(both[1-k].outcomeColumn(t), o))...)
		}
	}
	if t == ruleset.MindsetTable {
		return out
	}
	for k, rows := range d.changed(ruleset.MindsetTable) {
		for _, r := range rows {
			o := int(both[k].set.Rows(ruleset.MindsetTable)[r].Outcome)
			for s := range 4 {
				add(append(both[k].decidedBy(ruleset.MindsetTable, int32(r)), d.old.not(both[1-k].mindset, o), d.old.is(d.old.sender, s), d.old.not(d.now.sender, s))...)
			}
		}
	}
	return out
}

// changed lists the rows of a table that only one Set has, or at another place.
func (d *differ) changed(t ruleset.Table) [2][]int {
	old, now := changedRows(d.old.rowKeys(t), d.now.rowKeys(t))
	return [2][]int{old, now}
}

func (a *answer) outcomeColumn(t ruleset.Table) int {
	if t == ruleset.MindsetTable {
		return a.mindset
	}
	return a.sender
}

// find looks for a point and notes if it could not be settled whether there is
// one.
func (d *differ) find(p *prover, cube Cube) ([]int, bool) {
	answer, point := p.find(cube, d.budget)
	if answer == Undetermined {
		d.out.Settled = false
	}
	return point, answer == Found
}

// change reads a point, and reports whether both evaluators answer as it says.
func (d *differ) change(t ruleset.Table, point []int) (c Change, x, y decision.Decision, agree bool) {
	c = Change{Table: t, Items: [2]int{-1, -1}}
	c.Example[0], c.Example[1] = d.old.question(d.old.lens, point), d.now.question(d.now.lens, point)
	x, y = d.decide(&c)
	c.Rows = d.rows(t, x, y)
	return c, x, y, d.old.agrees(point, x) && d.now.agrees(point, y) && d.possible(&c)
}

func (d *differ) decide(c *Change) (x, y decision.Decision) {
	return d.old.set.Decide(&c.Example[0].Facts, c.Example[0].Topic), d.now.set.Decide(&c.Example[1].Facts, c.Example[1].Topic)
}

func (d *differ) possible(c *Change) bool {
	f, g := c.Example[0].Facts, c.Example[1].Facts
	return d.old.set.DropImpossible(&f) == 0 && d.now.set.DropImpossible(&g) == 0
}

func (d *differ) rows(t ruleset.Table, x, y decision.Decision) [2]int32 {
	if t == ruleset.MindsetTable {
		return [2]int32{x.MindsetRow, y.MindsetRow}
	}
	return [2]int32{x.SenderRow, y.SenderRow}
}

// region is the cube of all members for whom these rows decide.
func (d *differ) region(t ruleset.Table, rows [2]int32) Cube {
	c, _ := cubeOf(append(d.old.decidedBy(t, rows[0]), d.now.decidedBy(t, rows[1])...)...)
	return c
}

// decidedBy restricts to members for whom a row, the gate or their choice
// decides.
func (a *answer) decidedBy(t ruleset.Table, row int32) []Side {
	switch row {
	case decision.BySafety:
		return []Side{a.is(a.safe, 1)}
	case decision.ByMemberChoice:
		return []Side{a.is(a.safe, 0), a.chose()}
	}
	return append(a.asked(t), a.rows(t, func(_ *ruleset.Row, i int) bool { return i == int(row) }))
}

// plainest makes an example plainer in the terms of both Sets at once.
func (d *differ) plainest(c *Change, shows func(x, y decision.Decision) bool) {
	f, g := &c.Example[0].Facts, &c.Example[1].Facts
	was, is := d.old.set.Catalogue(), d.now.set.Catalogue()
	copyMissing(f, was, g, is, d.now.lens)
	copyMissing(g, is, f, was, d.old.lens)
	both := places(was, f)
	for i := range both {
		p := &both[i]
		if id, ok := sameFact(p.def, is); ok {
			p.of, p.ids = append(p.of, g), append(p.ids, id)
			p.bits = make([]int64, len(p.def.Values))
			for v, name := range p.def.Values {
				if at, ok := is.Value(id, name); ok {
					p.bits[v] = 1 << at
				}
			}
		}
	}
	for _, p := range places(is, g) {
		if _, ok := sameFact(p.def, was); !ok {
			both = append(both, p)
		}
	}
	plainest(both, func() bool {
		x, y := d.decide(c)
		return d.possible(c) && shows(x, y)
	})
}

// sameFact finds a fact of another catalogue by all that makes it the same.
func sameFact(d *fact.Def, in *fact.Catalogue) (fact.ID, bool) {
	id, ok := in.Lookup(d.Name)
	return id, ok && in.Def(id).Kind == d.Kind && in.Def(id).Unit == d.Unit
}

// copyMissing tells to a Set also what its rules do not read, so that its words
// can tell the whole story.
func copyMissing(from *fact.Facts, was *fact.Catalogue, to *fact.Facts, is *fact.Catalogue, reads *lens) {
	for _, p := range places(was, from) {
		id, ok := sameFact(p.def, is)
		if !ok || reads.facts[id] != nil {
			continue
		}
		raw := from.Raw(p.ids[0])
		switch p.def.Kind {
		case fact.Set:
			to.SetRaw(id, 0)
			for v, name := range p.def.Values {
				if at, ok := is.Value(id, name); ok && raw>>v&1 == 1 {
					to.Add(id, at)
				}
			}
		case fact.Enum:
			if at, ok := is.Value(id, p.def.Values[raw]); ok {
				to.SetRaw(id, int64(at))
			}
		default:
			to.SetRaw(id, raw)
		}
	}
}

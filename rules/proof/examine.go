package proof

import (
	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// Gap is a member whom no rule of a table fits, so that its default row answers.
type Gap struct {
	Topic   uint16
	Mindset decision.Mindset // of the sender table; otherwise Undetermined
	Example Question
}

// Overlap is a member whom two rows with different outcomes fit. The first of
// them decides.
type Overlap struct {
	Rows    [2]int
	Example Question
}

// maxPairsSeen bounds the pairs of cubes that are looked at for overlaps.
const maxPairsSeen = 20_000

// Examiner looks for members that show how the rows of one Set lie to each
// other. It is not safe for concurrent use.
type Examiner struct{ c *checker }

// NewExaminer makes an Examiner of which each question may spend a budget, and
// all of them together a few times as much.
func NewExaminer(set *ruleset.Set, budget Budget) *Examiner {
	var known witnesses
	known.readFor(set)
	return &Examiner{newChecker(set, budget, &known)}
}

// Gaps finds a member for each topic and, of the sender table, each mindset of
// whom only the default row can answer somebody; where there is none, that was
// proved. settled is false where the budget did not suffice for some of them.
func (e *Examiner) Gaps(t ruleset.Table) (gaps []Gap, settled bool) {
	settled = true
	mindsets := []decision.Mindset{decision.Undetermined}
	if t == ruleset.SenderTable {
		mindsets = []decision.Mindset{decision.Patient, decision.Consumer, decision.Undetermined}
	}
	for topic := range e.c.set.Topics() {
		for _, m := range mindsets {
			switch answer, q := e.gap(t, uint16(topic), m); answer {
			case Found:
				gaps = append(gaps, Gap{uint16(topic), m, q})
			case Undetermined:
				settled = false
			}
		}
	}
	return gaps, settled
}

func (e *Examiner) gap(t ruleset.Table, topic uint16, m decision.Mindset) (Answer, Question) {
	c := e.c
	sides := append(c.asked(t), c.rows(t, func(row *ruleset.Row, _ int) bool { return row.Default }),
		c.where(c.topic, func(v int) bool { return c.topics[v] == int(topic) }))
	if t == ruleset.SenderTable {
		sides = append(sides, c.is(c.mindset, int(m)))
	}
	cube, ok := cubeOf(sides...)
	if !ok {
		return Proved, Question{}
	}
	last := len(c.set.Rows(t)) - 1
	shows := func(q Question, d decision.Decision) bool {
		return q.Topic == topic && decided(c.set, t, &q) == last && c.possible(q) && (t == ruleset.MindsetTable || d.Mindset == m)
	}
	answer, q := c.find(cube, shows)
	if answer == Found {
		c.plainest(&q, func(q Question) bool { return shows(q, c.set.Decide(&q.Facts, q.Topic)) })
	}
	return answer, q
}

// Overlaps finds a member for each two rows with different outcomes that can fit
// the same one, at most as many as are asked for. settled is false where there
// may be more.
func (e *Examiner) Overlaps(t ruleset.Table, most int) (overlaps []Overlap, settled bool) {
	c := e.c
	table, rows := &c.tables[t], c.set.Rows(t)
	n := len(table.row)
	for n > 0 && rows[table.row[n-1]].Default {
		n--
	}
	outcomes := make([]uint8, n)
	for i := range outcomes {
		outcomes[i] = rows[table.row[i]].Outcome
	}
	settled = true
	done, looks := map[[2]int]bool{}, 0
	c.overlaps(table.cubes[:n], outcomes, func(i, j int) bool {
		pair := [2]int{table.row[i], table.row[j]}
		if done[pair] {
			return true
		}
		if looks++; len(overlaps) == most || looks > maxPairsSeen || c.left <= 0 {
			settled = false
			return false
		}
		switch answer, q := e.overlap(t, pair, table.cubes[i], table.cubes[j]); answer {
		case Found:
			done[pair] = true
			overlaps = append(overlaps, Overlap{pair, q})
		case Undetermined:
			settled = false
		}
		return true
	})
	return overlaps, settled
}

func (e *Examiner) overlap(t ruleset.Table, pair [2]int, first, second Cube) (Answer, Question) {
	c := e.c
	both, ok := meet(first, second, c.asked(t), Cube{c.rows(t, func(_ *ruleset.Row, i int) bool { return i == pair[0] })})
	if !ok {
		return Proved, Question{}
	}
	shows := func(q Question) bool {
		return decided(c.set, t, &q) == pair[0] && c.set.Fits(t, pair[1], &q.Facts, q.Topic) && c.possible(q)
	}
	answer, q := c.find(both, func(q Question, _ decision.Decision) bool { return shows(q) })
	if answer == Found {
		c.plainest(&q, shows)
	}
	return answer, q
}

// Reached finds a member whom a row decides. Proved is that there is none.
func (e *Examiner) Reached(t ruleset.Table, row int) (Answer, Question) {
	c := e.c
	reaches := func(q Question) bool { return decided(c.set, t, &q) == row && c.possible(q) }
	plain := func(q Question) (Answer, Question) {
		c.plainest(&q, reaches)
		return Found, q
	}
	for _, q := range c.plain(c.set.Rows(t)[row].Cubes()) {
		if reaches(q) {
			return plain(q)
		}
	}
	cube, ok := cubeOf(append(c.asked(t), c.rows(t, func(_ *ruleset.Row, i int) bool { return i == row }))...)
	if !ok {
		return Proved, Question{}
	}
	answer, q := c.find(cube, func(q Question, _ decision.Decision) bool { return reaches(q) })
	if answer == Found {
		return plain(q)
	}
	return answer, q
}

package ruleset

import "github.com/rightvoice/rightvoice/rules/fact"

// Fits reports whether the words of a row of the mindset or the sender table
// hold of a member, answered as Decide answers, whichever row decides. It is
// false where the gate answers: no table is then asked.
func (s *Set) Fits(t Table, row int, f *fact.Facts, topic uint16) bool {
	if s == nil || s.catalogue == nil {
		return false
	}
	d := s.Decide(f, topic)
	if d.SenderRow < 0 {
		return false
	}
	v := s.view(f, topic)
	if t == SenderTable {
		v.set(fact.MindsetIs, int64(d.Mindset))
	}
	return v.meets(s.tables[t][row].When)
}

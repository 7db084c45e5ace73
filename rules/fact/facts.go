package fact

// MaxFacts is the most facts a catalogue can hold: the built-in ones and those
// that a revision declares itself.
const MaxFacts = 96

// Facts is what is known about one member at one moment. The zero value knows
// nothing. It is a plain value: copy it freely; two equal Facts decide equally.
//
// The setters trust their arguments to fit the fact's Def: intake checks what
// callers send (Catalogue.Parse…), so that decisions need not.
type Facts struct {
	known [(MaxFacts + 63) / 64]uint64
	value [MaxFacts]int64
}

// Known reports whether fact id has a value.
func (f *Facts) Known(id ID) bool { return f.known[id/64]>>(id%64)&1 == 1 }

// Raw returns the value of fact id in its vector form, 0 when unknown: 0 or 1
// for Bool, the position in Values for Enum, a bit for each position for Set,
// the number for Int, thousandths for Decimal.
func (f *Facts) Raw(id ID) int64 { return f.value[id] }

// SetRaw makes fact id known with a value in vector form.
func (f *Facts) SetRaw(id ID, v int64) {
	f.known[id/64] |= 1 << (id % 64)
	f.value[id] = v
}

// Forget makes fact id unknown.
func (f *Facts) Forget(id ID) {
	f.known[id/64] &^= 1 << (id % 64)
	f.value[id] = 0
}

// SetBool makes a Bool fact known.
func (f *Facts) SetBool(id ID, v bool) {
	if v {
		f.SetRaw(id, 1)
		return
	}
	f.SetRaw(id, 0)
}

// Is reports whether a Bool fact is known to be true.
func (f *Facts) Is(id ID) bool { return f.Known(id) && f.value[id] == 1 }

// Add puts the value at position i into a Set fact, making it known.
func (f *Facts) Add(id ID, i int) { f.SetRaw(id, f.value[id]|1<<i) }

// Has reports whether a Set fact is known to include the value at position i.
func (f *Facts) Has(id ID, i int) bool { return f.Known(id) && f.value[id]>>i&1 == 1 }

// Equals reports whether an Enum, Int or Decimal fact is known to be v.
func (f *Facts) Equals(id ID, v int64) bool { return f.Known(id) && f.value[id] == v }

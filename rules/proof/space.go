package proof

import "math/bits"

// Space is a finite product of columns. A point picks one value of each column.
// Once made it is immutable and safe for concurrent use.
type Space struct {
	size  []int // values of each column
	off   []int // where each column's words begin in a flat state
	words int   // of a flat state
}

// NewSpace makes a space whose column c has the values 0 … sizes[c]-1; every
// size must be at least 1.
func NewSpace(sizes []int) *Space {
	s := &Space{}
	for _, n := range sizes {
		s.grow(n)
	}
	return s
}

// grow adds a column while a model is being built and returns its number.
func (s *Space) grow(size int) int {
	s.size = append(s.size, size)
	s.off = append(s.off, s.words)
	s.words += (size + 63) / 64
	return len(s.size) - 1
}

// Columns is the number of columns.
func (s *Space) Columns() int { return len(s.size) }

// Size is the number of values of column c.
func (s *Space) Size(c int) int { return s.size[c] }

// None is an empty set of values of column c.
func (s *Space) None(c int) Values { return make(Values, (s.size[c]+63)/64) }

// All is the set of all values of column c.
func (s *Space) All(c int) Values {
	v := s.None(c)
	s.fill(v, c)
	return v
}

func (s *Space) fill(v Values, c int) {
	for i := range v {
		v[i] = ^uint64(0)
	}
	if r := s.size[c] % 64; r != 0 {
		v[len(v)-1] = 1<<r - 1
	}
}

// Not is the set of the values of column c that are not in v.
func (s *Space) Not(c int, v Values) Values {
	n := s.All(c)
	for i := range n {
		n[i] &^= v[i]
	}
	return n
}

// Of is the set of the given values of column c.
func (s *Space) Of(c int, values ...int) Values {
	v := s.None(c)
	for _, x := range values {
		v.Add(x)
	}
	return v
}

// Values is a set of values of one column, a bit for each.
type Values []uint64

// Add puts value x into the set.
func (v Values) Add(x int) { v[x/64] |= 1 << (x % 64) }

// Has reports whether value x is in the set.
func (v Values) Has(x int) bool { return v[x/64]>>(x%64)&1 == 1 }

// Count is the number of values in the set.
func (v Values) Count() int {
	n := 0
	for _, w := range v {
		n += bits.OnesCount64(w)
	}
	return n
}

// First is the smallest value in the set, or -1.
func (v Values) First() int {
	for i, w := range v {
		if w != 0 {
			return i*64 + bits.TrailingZeros64(w)
		}
	}
	return -1
}

func (v Values) meets(w Values) bool {
	for i := range v {
		if v[i]&w[i] != 0 {
			return true
		}
	}
	return false
}

func (v Values) join(w Values) {
	for i := range v {
		v[i] |= w[i]
	}
}

func (v Values) narrow(w Values) {
	for i := range v {
		v[i] &= w[i]
	}
}

func (v Values) within(w Values) bool {
	for i := range v {
		if v[i]&^w[i] != 0 {
			return false
		}
	}
	return true
}

// Side restricts one column of a cube.
type Side struct {
	Col int
	In  Values
}

// Cube is a box: the points whose value in each named column lies in the
// column's set. Columns are named at most once, in rising order; the others
// are free. The empty Cube is the whole space.
type Cube []Side

// Holds reports whether a point lies in the cube.
func (c Cube) Holds(point []int) bool {
	for _, s := range c {
		if !s.In.Has(point[s.Col]) {
			return false
		}
	}
	return true
}

// Meets reports whether two cubes have a point in common, given that neither
// is empty by itself.
func (c Cube) Meets(d Cube) bool {
	for i, j := 0, 0; i < len(c) && j < len(d); {
		switch {
		case c[i].Col < d[j].Col:
			i++
		case c[i].Col > d[j].Col:
			j++
		default:
			if !c[i].In.meets(d[j].In) {
				return false
			}
			i, j = i+1, j+1
		}
	}
	return true
}

// Within reports whether every point of c lies in d.
func (c Cube) Within(d Cube) bool {
	i := 0
	for _, s := range d {
		for i < len(c) && c[i].Col < s.Col {
			i++
		}
		if i == len(c) || c[i].Col != s.Col || !c[i].In.within(s.In) {
			return false
		}
	}
	return true
}

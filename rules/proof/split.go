package proof

import "slices"

// Split answers the same question as Solver.Find by plain case analysis: it
// cuts the cube along one column into the parts the forbidden cubes can tell
// apart, and looks at each part. It learns nothing and shares no code with the
// solver but the sets of values, so that one can confirm the other. nodes
// bounds the parts looked at.
func Split(s *Space, cube Cube, forbidden []Cube, nodes int) (Answer, []int) {
	p := splitter{space: s, left: nodes, box: make([]Values, s.Columns())}
	for c := range p.box {
		p.box[c] = s.All(c)
	}
	for _, side := range cube {
		p.box[side.Col] = side.In
		if side.In.First() < 0 {
			return Proved, nil
		}
	}
	return p.look(forbidden)
}

type splitter struct {
	space *Space
	left  int
	box   []Values
}

func (p *splitter) look(forbidden []Cube) (Answer, []int) {
	if p.left--; p.left < 0 {
		return Undetermined, nil
	}
	var near []Cube
	for _, f := range forbidden {
		switch p.against(f) {
		case covers:
			return Proved, nil
		case cuts:
			near = append(near, f)
		}
	}
	if len(near) == 0 {
		point := make([]int, len(p.box))
		for c := range point {
			point[c] = p.box[c].First()
		}
		return Found, point
	}
	c := p.column(near)
	whole := p.box[c]
	defer func() { p.box[c] = whole }()
	answer := Proved
	for _, part := range p.parts(c, whole, near) {
		p.box[c] = part
		switch a, point := p.look(near); a {
		case Found:
			return a, point
		case Undetermined:
			answer = a
		}
	}
	return answer, nil
}

type relation uint8

const (
	misses relation = iota
	cuts
	covers
)

// against tells how a forbidden cube lies to the box.
func (p *splitter) against(f Cube) relation {
	r := covers
	for _, s := range f {
		if !p.box[s.Col].meets(s.In) {
			return misses
		}
		if !p.box[s.Col].within(s.In) {
			r = cuts
		}
	}
	return r
}

// column is the one that most of the cubes cut the box along.
func (p *splitter) column(near []Cube) int {
	count := make([]int, len(p.box))
	for _, f := range near {
		for _, s := range f {
			if !p.box[s.Col].within(s.In) {
				count[s.Col]++
			}
		}
	}
	return slices.Index(count, slices.Max(count))
}

// parts cuts the open values of column c so that within a part no cube tells
// one value from another.
func (p *splitter) parts(c int, whole Values, near []Cube) []Values {
	parts := []Values{whole}
	for _, f := range near {
		for _, s := range f {
			if s.Col == c {
				parts = cut(parts, s.In)
			}
		}
	}
	return parts
}

func cut(parts []Values, by Values) []Values {
	var out []Values
	for _, v := range parts {
		in, ex := make(Values, len(v)), make(Values, len(v))
		for i := range v {
			in[i], ex[i] = v[i]&by[i], v[i]&^by[i]
		}
		for _, w := range []Values{in, ex} {
			if w.First() >= 0 {
				out = append(out, w)
			}
		}
	}
	return out
}

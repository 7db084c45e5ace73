package proof

import "slices"

// raise makes a column likelier to be decided soon.
func (v *Solver) raise(c int) {
	v.activity[c] += v.bump
	if v.activity[c] > 1e100 {
		for i := range v.activity {
			v.activity[i] *= 1e-100
		}
		for _, cl := range v.learnt {
			cl.score *= 1e-100
		}
		v.bump *= 1e-100
	}
	v.heap.rise(c)
}

// forget drops the less useful half of what was learnt once it outgrows what
// was forbidden. Clauses that explain a narrowing stay.
func (v *Solver) forget() {
	if len(v.learnt) < 2000+v.forbidden/4 {
		return
	}
	slices.SortStableFunc(v.learnt, func(a, b *clause) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return len(a.sides) - len(b.sides)
	})
	reason := map[*clause]bool{}
	for i := range v.trail {
		reason[v.trail[i].by] = true
	}
	half := len(v.learnt) / 2
	kept := v.learnt[:half]
	for _, c := range v.learnt[half:] {
		if len(c.sides) <= 2 || reason[c] {
			kept = append(kept, c)
			continue
		}
		c.gone = true
	}
	v.learnt = kept
}

// heap orders columns by activity, the most active first.
type heap struct {
	items []int32
	at    []int32 // by column: its place, -1 when out
	by    []float64
}

func (h *heap) init(n int, by []float64) {
	h.at, h.by = make([]int32, n), by
	for i := range h.at {
		h.at[i] = -1
	}
}

func (h *heap) insert(c int) {
	if h.at[c] >= 0 {
		return
	}
	h.at[c] = int32(len(h.items))
	h.items = append(h.items, int32(c))
	h.rise(c)
}

func (h *heap) rise(c int) {
	i := h.at[c]
	for i > 0 {
		p := (i - 1) / 2
		if h.by[h.items[p]] >= h.by[h.items[i]] {
			return
		}
		h.swap(i, p)
		i = p
	}
}

func (h *heap) pop() (int, bool) {
	if len(h.items) == 0 {
		return 0, false
	}
	top := h.items[0]
	last := int32(len(h.items) - 1)
	h.swap(0, last)
	h.items = h.items[:last]
	h.at[top] = -1
	h.sink(0)
	return int(top), true
}

func (h *heap) sink(i int32) {
	n := int32(len(h.items))
	for {
		m := i
		for k := 2*i + 1; k <= 2*i+2 && k < n; k++ {
			if h.by[h.items[k]] > h.by[h.items[m]] {
				m = k
			}
		}
		if m == i {
			return
		}
		h.swap(i, m)
		i = m
	}
}

func (h *heap) swap(i, j int32) {
	h.items[i], h.items[j] = h.items[j], h.items[i]
	h.at[h.items[i]], h.at[h.items[j]] = i, j
}

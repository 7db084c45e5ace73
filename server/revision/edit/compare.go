package edit

import (
	"bytes"
	"maps"
	"slices"
	"strings"
)

// Compare lists what differs between two contents, row by row where a file
// differs in rows only, and otherwise the whole file.
func Compare(before, after map[string][]byte) []Change {
	var out []Change
	for _, name := range names(before, after) {
		a, inA := before[name]
		b, inB := after[name]
		if inA == inB && bytes.Equal(a, b) {
			continue
		}
		rows, ok := compareRows(name, a, b)
		if !inA || !inB || !ok {
			rows = []Change{{File: name, Before: string(a), After: string(b)}}
		}
		out = append(out, rows...)
	}
	return out
}

func names(all ...map[string][]byte) []string {
	seen := map[string]bool{}
	for _, files := range all {
		for name := range files {
			seen[name] = true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

func compareRows(name string, a, b []byte) ([]Change, bool) {
	x, err := open(name, a)
	y, err2 := open(name, b)
	if err != nil || err2 != nil || x.rest() != y.rest() || len(x.lists) != len(y.lists) {
		return nil, false
	}
	var out []Change
	for i := range x.lists {
		l, m := &x.lists[i], &y.lists[i]
		if l.key != m.key || !sameOrder(l, m) {
			return nil, false
		}
		for _, r := range l.rows {
			after := ""
			if j := m.index(r.id); j >= 0 {
				after = y.textOf(m.rows[j])
			}
			if before := x.textOf(r); before != after {
				out = append(out, Change{name, listName(name, l.key), r.id, before, after})
			}
		}
		for _, r := range m.rows {
			if l.index(r.id) < 0 {
				out = append(out, Change{name, listName(name, l.key), r.id, "", y.textOf(r)})
			}
		}
	}
	return out, true
}

// home is the list of that name that has a row, and where; if none has, it is
// the one that the row could go to, and -1.
func (d *document) home(name, id string) (*list, int) {
	var to *list
	for i := range d.lists {
		l := &d.lists[i]
		if listName(d.file, l.key) != name {
			continue
		}
		if j := l.index(id); j >= 0 {
			return l, j
		}
		if l.key != "default" {
			to = l
		}
	}
	return to, -1
}

func (l *list) index(id string) int {
	return slices.IndexFunc(l.rows, func(r row) bool { return r.id == id })
}

// sameOrder reports whether the rows that two lists share are in one order.
func sameOrder(l, m *list) bool {
	last := -1
	for _, r := range l.rows {
		if j := m.index(r.id); j >= 0 {
			if j < last {
				return false
			}
			last = j
		}
	}
	return true
}

// textOf is a row with the comment right above it.
func (d *document) textOf(r row) string {
	if r.from == 0 {
		return r.id
	}
	return strings.Join(d.lines[r.lead-1:r.until-1], "\n")
}

// rest is all of a file but its rows and blank lines. Rows that are not on lines
// of their own are part of it.
func (d *document) rest() string {
	mine := make([]bool, len(d.lines)+2)
	for _, l := range d.lists {
		for _, r := range l.rows {
			for n := r.lead; r.from > 0 && n < r.until; n++ {
				mine[n] = true
			}
		}
	}
	var b strings.Builder
	for i, line := range d.lines {
		if line = strings.TrimSpace(line); !mine[i+1] && line != "" {
			b.WriteString(strings.TrimSpace(strings.TrimSuffix(line, "[]")) + "\n")
		}
	}
	return b.String()
}

// Merge makes on a content the changes that lead from base to mine. What onto
// changed as well is a clash, unless both came to the same, and is left as onto
// has it.
func Merge(base, mine, onto map[string][]byte) (map[string][]byte, []Clash) {
	out := maps.Clone(onto)
	var clashes []Clash
	for _, c := range Compare(base, mine) {
		if c.ID == "" {
			theirs, ok := onto[c.File]
			old, had := base[c.File]
			switch text, have := mine[c.File]; {
			case ok == have && bytes.Equal(theirs, text):
			case ok != had || !bytes.Equal(theirs, old):
				clashes = append(clashes, Clash{File: c.File, Base: c.Before, Theirs: string(theirs), Mine: c.After})
			case have:
				out[c.File] = text
			default:
				delete(out, c.File)
			}
			continue
		}
		if clash := mergeRow(out, mine, c); clash != nil {
			clashes = append(clashes, *clash)
		}
	}
	return out, clashes
}

// mergeRow makes the change of one row.
func mergeRow(out, mine map[string][]byte, c Change) *Clash {
	clash := &Clash{File: c.File, List: c.List, ID: c.ID, Base: c.Before, Mine: c.After}
	d, err := open(c.File, out[c.File])
	if err != nil {
		clash.Theirs = string(out[c.File])
		return clash
	}
	l, i := d.home(c.List, c.ID)
	if i >= 0 {
		clash.Theirs = d.textOf(l.rows[i])
	}
	switch {
	case clash.Theirs == c.After:
		return nil
	case l == nil || clash.Theirs != c.Before:
		return clash
	case i < 0:
		if !l.block {
			return clash
		}
		if d.put(l, Place{After: neighbour(mine[c.File], l, c)}, strings.Split(c.After, "\n")) != nil {
			return clash
		}
	case c.After == "":
		if remove(d, l, i) != nil {
			return clash
		}
	default:
		d.splice(l.rows[i].lead, l.rows[i].until, strings.Split(c.After, "\n")...)
	}
	out[c.File] = d.text()
	return nil
}

// neighbour is the nearest row before a new one that l has too.
func neighbour(mine []byte, l *list, c Change) string {
	d, err := open(c.File, mine)
	if err != nil {
		return ""
	}
	own, at := d.home(c.List, c.ID)
	for i := at - 1; i >= 0; i-- {
		if l.index(own.rows[i].id) >= 0 {
			return own.rows[i].id
		}
	}
	return ""
}

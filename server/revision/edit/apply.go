package edit

import (
	"maps"
	"slices"
	"strings"
)

// Apply does operations one after the other and returns the new files; those
// given are not changed. The error is an *Error.
func Apply(files map[string][]byte, ops []Op) (map[string][]byte, error) {
	out := maps.Clone(files)
	if out == nil {
		out = map[string][]byte{}
	}
	for i := range ops {
		if err := apply(out, &ops[i]); err != nil {
			if e, ok := err.(*Error); ok {
				e.Op = i
			}
			return nil, err
		}
	}
	return out, nil
}

func apply(files map[string][]byte, o *Op) error {
	switch o.Do {
	case WriteFile:
		files[o.File] = []byte(o.Text)
		return nil
	case RemoveFile:
		if _, ok := files[o.File]; !ok {
			return bad("file", "there is no such file")
		}
		delete(files, o.File)
		return nil
	case SetLines:
		return setLines(files, o)
	case Insert:
		return insert(files, o)
	}
	d, l, i, err := locate(files, o)
	if err != nil {
		return err
	}
	switch o.Do {
	case Duplicate:
		err = duplicate(files, d, l, i, o)
	case Move:
		err = move(d, l, i, o.Place)
	case Delete:
		err = remove(d, l, i)
	default:
		err = d.change(l, i, o)
	}
	if err == nil {
		files[d.file] = d.text()
	}
	return err
}

func setLines(files map[string][]byte, o *Op) error {
	text, ok := files[o.File]
	if !ok {
		return bad("file", "there is no such file")
	}
	d := document{lines: strings.Split(string(text), "\n")}
	if o.From < 1 || o.Until < o.From || o.Until > len(d.lines)+1 {
		return bad("fromLine", "the file has no such lines")
	}
	d.splice(o.From, o.Until, o.Lines...)
	files[o.File] = d.text()
	return nil
}

func insert(files map[string][]byte, o *Op) error {
	n, err := parseRow(o.Text)
	if err != nil {
		return err
	}
	names, err := filesOf(files, o.List)
	if err != nil {
		return err
	}
	if taken(files, o.List, idOf(n)) {
		return bad("text", "there is a row with that id already")
	}
	name := o.File
	if beside := o.Place.Before + o.Place.After; beside != "" {
		d, _, _, err := locate(files, &Op{List: o.List, Row: beside})
		if err != nil {
			return bad(o.Place.field(), "the row to put it beside is not there")
		}
		name = d.file
	} else if name == "" && len(names) == 1 {
		name = names[0]
	}
	if !slices.Contains(names, name) {
		return bad("file", "say in which file of the list the row goes")
	}
	d, err := open(name, files[name])
	if err != nil {
		return err
	}
	l := d.list(homes[o.List].key)
	if l == nil || !l.block && len(l.rows) > 0 {
		return bad("list", "the list cannot be changed in place; change the file as text")
	}
	lines, err := print(n, l.dash, true)
	if err != nil {
		return err
	}
	if !l.block { // an empty list, written []
		d.lines[l.end-2] = strings.Replace(d.lines[l.end-2], "[]", "", 1)
		d.lines[l.end-2] = strings.TrimRight(d.lines[l.end-2], " ")
		l.block = true
	}
	if err := d.put(l, o.Place, lines); err != nil {
		return err
	}
	files[name] = d.text()
	return nil
}

// put writes lines as a row at a place, set apart as the rows around it are.
func (d *document) put(l *list, p Place, lines []string) error {
	at, before := l.end, p.Before != ""
	switch {
	case p.Top && len(l.rows) > 0:
		at, before = l.rows[0].lead, true
	case p.Before != "" || p.After != "":
		i := l.index(p.Before + p.After)
		if i < 0 {
			return bad(p.field(), "the row to put it beside is not there")
		}
		if at = l.rows[i].until; before {
			at = l.rows[i].lead
		}
	}
	switch {
	case !d.apart(l):
	case before:
		lines = append(slices.Clip(lines), "")
	default:
		lines = append([]string{""}, lines...)
	}
	d.splice(at, at, lines...)
	return nil
}

// apart reports whether a list has blank lines between its rows.
func (d *document) apart(l *list) bool {
	return len(l.rows) > 1 && l.rows[1].lead > 1 && strings.TrimSpace(d.lines[l.rows[1].lead-2]) == ""
}

func inPlace(l *list) error {
	if !l.block {
		return bad("row", "this row cannot be changed in place; change the file as text")
	}
	return nil
}

func duplicate(files map[string][]byte, d *document, l *list, i int, o *Op) error {
	if err := inPlace(l); err != nil {
		return err
	}
	if o.Value == "" || taken(files, o.List, o.Value) {
		return bad("value", "the copy needs an id that no other row has")
	}
	n, err := parseRow(d.of(l.rows[i]))
	if err != nil {
		return err
	}
	setChild(n, "id", scalar(o.Value))
	lines, err := print(n, l.dash, true)
	if err != nil {
		return err
	}
	return d.put(l, Place{After: o.Row}, lines)
}

// cut takes a row with the comment right above it, and the blank line that set
// it apart, out of the file.
func (d *document) cut(r row) []string {
	lines := slices.Clone(d.lines[r.lead-1 : r.until-1])
	from, until := r.lead, r.until
	if until <= len(d.lines) && from > 1 && strings.TrimSpace(d.lines[until-1]) == "" && until < len(d.lines) {
		until++
	}
	d.splice(from, until)
	return lines
}

func remove(d *document, l *list, i int) error {
	if err := inPlace(l); err != nil {
		return err
	}
	key := l.key
	d.cut(l.rows[i])
	if len(l.rows) == 1 {
		d.emptied(key)
	}
	return nil
}

// emptied writes [] behind the key of a list that lost its last row.
func (d *document) emptied(key string) {
	for n, line := range d.lines {
		if rest, ok := strings.CutPrefix(line, key+":"); ok {
			d.lines[n] = key + ": []" + rest
			return
		}
	}
}

func move(d *document, l *list, i int, p Place) error {
	if err := inPlace(l); err != nil {
		return err
	}
	r := l.rows[i]
	if len(l.rows) == 1 || p.Before == r.id || p.After == r.id {
		return nil
	}
	key := l.key
	if beside := p.Before + p.After; beside != "" && l.index(beside) < 0 {
		return bad(p.field(), "the row to put it beside is not in the same file")
	}
	lines := d.cut(r)
	again, err := open(d.file, d.text())
	if err != nil {
		return err
	}
	*d = *again
	return d.put(d.list(key), p, lines)
}

package edit

import (
	"bytes"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

// document is one file by lines, and the lists of rows in it. Line n is at n-1.
type document struct {
	file  string
	lines []string
	lists []list
}

// list is a list of mappings with ids under a key of the file.
type list struct {
	key   string
	block bool // written with dashes; only such lists can be changed in place
	rows  []row
	end   int // the line behind the last row, or behind the key of an empty list
	dash  int // column of the dashes, from 0
}

// row is the lines [from, until) of one entry, the comment right above it
// excluded; lead is where that begins.
type row struct {
	id                string
	lead, from, until int
}

// open reads a file. Rows are found by parsing, their ends by indentation.
func open(file string, text []byte) (*document, error) {
	var p strictyaml.Problems
	if _, ok := strictyaml.Parse(file, text, &p); !ok || oddBreaks(string(text)) {
		return nil, bad("file", "the file cannot be read as it is; mend it as text first")
	}
	var root yaml.Node
	if err := yaml.Unmarshal(text, &root); err != nil || len(root.Content) == 0 || root.Content[0].Kind != yaml.MappingNode {
		return nil, bad("file", "the file cannot be read as it is; mend it as text first")
	}
	d := &document{file: file, lines: strings.Split(string(text), "\n")}
	top := root.Content[0]
	for i := 0; i+1 < len(top.Content); i += 2 {
		d.addList(top.Content[i], top.Content[i+1])
	}
	return d, nil
}

// oddBreaks reports whether a text has line breaks that YAML counts and people
// do not write: a lone carriage return and the separators of Unicode.
func oddBreaks(text string) bool {
	return strings.ContainsAny(strings.ReplaceAll(text, "\r\n", "\n"), "\r\u0085\u2028\u2029")
}

func (d *document) addList(key, value *yaml.Node) {
	switch {
	case value.Kind == yaml.MappingNode && idOf(value) != "" && value.Line > key.Line: // such as default
		from, until := value.Line, d.deeper(value.Line, key.Column-1)
		d.lists = append(d.lists, list{key: key.Value, end: until, rows: []row{{idOf(value), from, from, until}}})
		return
	case value.Kind != yaml.SequenceNode:
		return
	}
	l := list{key: key.Value, block: value.Style&yaml.FlowStyle == 0, end: value.Line + 1, dash: key.Column + 1}
	for _, item := range value.Content {
		if item.Kind != yaml.MappingNode || idOf(item) == "" {
			return
		}
		if l.block {
			l.dash = indent(d.lines[item.Line-1])
			r := row{idOf(item), item.Line, item.Line, d.deeper(item.Line, l.dash)}
			for r.lead > key.Line+1 && isComment(d.lines[r.lead-2]) && indent(d.lines[r.lead-2]) == l.dash {
				r.lead--
			}
			l.rows, l.end = append(l.rows, r), r.until
		} else {
			l.rows = append(l.rows, row{id: idOf(item)})
		}
	}
	d.lists = append(d.lists, l)
}

// deeper is the line behind those from line n on that are indented deeper than
// a column, as far as anything but blanks is written there.
func (d *document) deeper(n, than int) int {
	until := n + 1
	for n++; n <= len(d.lines); n++ {
		line := d.lines[n-1]
		if strings.TrimSpace(line) == "" {
			continue
		}
		if indent(line) <= than {
			break
		}
		until = n + 1
	}
	return until
}

func indent(line string) int        { return len(line) - len(strings.TrimLeft(line, " ")) }
func isComment(line string) bool    { return strings.HasPrefix(strings.TrimLeft(line, " "), "#") }
func (d *document) text() []byte    { return []byte(strings.Join(d.lines, "\n")) }
func (d *document) of(r row) string { return strings.Join(d.lines[r.from-1:r.until-1], "\n") }

// find is the row of a list, or of any list with the empty key.
func (d *document) find(key, id string) (*list, int) {
	for i := range d.lists {
		l := &d.lists[i]
		for j := range l.rows {
			if l.rows[j].id == id && (key == "" || l.key == key) {
				return l, j
			}
		}
	}
	return nil, -1
}

func (d *document) list(key string) *list {
	for i := range d.lists {
		if d.lists[i].key == key {
			return &d.lists[i]
		}
	}
	return nil
}

// splice puts lines in place of the lines [from, until).
func (d *document) splice(from, until int, with ...string) {
	d.lines = slices.Replace(d.lines, from-1, until-1, with...)
}

func idOf(m *yaml.Node) string {
	if id := child(m, "id"); id != nil && id.Kind == yaml.ScalarNode {
		return id.Value
	}
	return ""
}

// child is the value of a key of a mapping.
func child(m *yaml.Node, key string) *yaml.Node {
	for i := 0; m.Kind == yaml.MappingNode && i+1 < len(m.Content); i += 2 {
		if m.Content[i].Value == key {
			return m.Content[i+1]
		}
	}
	return nil
}

// setChild gives a key of a mapping a value; nil removes the key. A new key
// goes behind the others, in the way the mapping is written.
func setChild(m *yaml.Node, key string, value *yaml.Node) {
	for i := 0; i+1 < len(m.Content); i += 2 {
		if m.Content[i].Value != key {
			continue
		}
		if value == nil {
			m.Content = slices.Delete(m.Content, i, i+2)
			return
		}
		old := m.Content[i+1]
		value.HeadComment, value.LineComment, value.FootComment = old.HeadComment, old.LineComment, old.FootComment
		if value.Kind == yaml.ScalarNode && old.Kind == yaml.ScalarNode {
			value.Style = old.Style & (yaml.DoubleQuotedStyle | yaml.SingleQuotedStyle)
		}
		m.Content[i+1] = value
		return
	}
	if value != nil {
		m.Content = append(m.Content, scalar(key), value)
	}
}

// scalar is a value as people write it: quoted only where it must be.
func scalar(text string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Value: text} }

// words is a text for people, always quoted.
func words(text string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text, Style: yaml.DoubleQuotedStyle}
}

// parseRow reads the text of one row, "- id: …" or, of a default, "id: …".
func parseRow(text string) (*yaml.Node, error) {
	var root yaml.Node
	if err := yaml.Unmarshal([]byte(text+"\n"), &root); err != nil || len(root.Content) == 0 {
		return nil, bad("text", "this is no row of a list")
	}
	n := root.Content[0]
	if n.Kind == yaml.SequenceNode && len(n.Content) == 1 {
		n = n.Content[0]
	}
	if n.Kind != yaml.MappingNode || idOf(n) == "" {
		return nil, bad("text", "a row is a list of names and values, one of them id")
	}
	return n, nil
}

// print writes a row at a column, with a dash or, of a default, without.
func print(n *yaml.Node, column int, dash bool) ([]string, error) {
	var buf bytes.Buffer
	enc := yaml.NewEncoder(&buf)
	enc.SetIndent(2)
	if dash {
		n = &yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{n}}
	}
	if err := enc.Encode(n); err != nil {
		return nil, bad("text", "this cannot be written as YAML")
	}
	lines := strings.Split(strings.TrimRight(buf.String(), "\n"), "\n")
	for i, line := range lines {
		if line != "" {
			lines[i] = strings.Repeat(" ", column) + line
		}
	}
	return lines, nil
}

package finding

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

// text is one file by lines; line n is at n-1.
type text struct {
	file  string
	lines []string
}

func read(fsys fs.FS, file string) (*text, error) {
	b, err := fs.ReadFile(fsys, file)
	if err != nil {
		return nil, err
	}
	return &text{file, strings.Split(string(b), "\n")}, nil
}

// with is the file's text after an edit.
func (t *text) with(e *Edit) []byte {
	return []byte(strings.Join(slices.Replace(slices.Clone(t.lines), e.From-1, e.Until-1, e.Lines...), "\n"))
}

// change replaces one line.
func (t *text) change(n int, line string) *Edit { return &Edit{t.file, n, n + 1, []string{line}} }

// cut splits a line before a column, which counts characters.
func (t *text) cut(at strictyaml.Pos) (before, after string, ok bool) {
	if at.Line < 1 || at.Line > len(t.lines) {
		return "", "", false
	}
	r := []rune(t.lines[at.Line-1])
	if at.Col < 1 || at.Col > len(r) {
		return "", "", false
	}
	return string(r[:at.Col-1]), string(r[at.Col-1:]), true
}

var operatorValue = regexp.MustCompile(`^([a-z_]+:\s*)(\[[^\]]*\]|[^,}\]#\s][^,}\]#]*)`)

// constant writes another constant behind an operator.
func (t *text) constant(c *ruleset.Condition, value string) *Edit {
	before, after, ok := t.cut(c.Pos)
	m := operatorValue.FindStringSubmatchIndex(after)
	if !ok || m == nil {
		return nil
	}
	old := strings.TrimRight(after[m[4]:m[5]], " ")
	return t.change(c.Line, before+after[:m[4]]+value+after[m[4]+len(old):])
}

// addCondition puts a condition before the others of a rule.
func (t *text) addCondition(r *ruleset.Row, condition string) *Edit {
	if r.When == nil {
		return nil
	}
	before, after, ok := t.cut(r.When.Pos)
	switch {
	case !ok:
		return nil
	case strings.HasPrefix(after, "["):
		return t.change(r.When.Line, before+"["+condition+", "+after[1:])
	case strings.HasPrefix(after, "- ") && strings.TrimSpace(before) == "":
		return &Edit{t.file, r.When.Line, r.When.Line, []string{before + "- " + strings.TrimSuffix(strings.TrimPrefix(condition, "{"), "}")}}
	}
	return nil
}

var keyWord = map[string]*regexp.Regexp{"tier": regexp.MustCompile(`(\btier:\s*)([a-z]+)`), "then": regexp.MustCompile(`(\bthen:\s*)([a-z]+)`)}

// setKey gives a rule another tier or outcome.
func (t *text) setKey(r *ruleset.Row, key, value string) *Edit {
	from, until := t.entry(r.Pos)
	for n := from; n < until; n++ {
		line := t.lines[n-1]
		m := keyWord[key].FindStringSubmatchIndex(line)
		if m == nil || strings.HasPrefix(strings.TrimSpace(line), "#") {
			continue
		}
		if line[m[4]:m[5]] == value {
			return nil
		}
		return t.change(n, line[:m[4]]+value+line[m[5]:])
	}
	return nil
}

// addKey puts a key behind the first line of an entry that is written line by
// line.
func (t *text) addKey(at strictyaml.Pos, key string) *Edit {
	before, after, ok := t.cut(at)
	if !ok || strings.HasPrefix(after, "{") {
		return nil
	}
	return &Edit{t.file, at.Line + 1, at.Line + 1, []string{strings.Repeat(" ", len(before)) + key}}
}

// remove takes an entry of a list away.
func (t *text) remove(at strictyaml.Pos) *Edit {
	from, until := t.entry(at)
	if from == until || !strings.HasPrefix(strings.TrimSpace(t.lines[from-1]), "- ") {
		return nil
	}
	return &Edit{t.file, from, until, nil}
}

// entry is the lines of a list's entry that begins at a place: all that are
// indented deeper than its dash. Blank lines and comments behind it are not part
// of it.
func (t *text) entry(at strictyaml.Pos) (from, until int) {
	before, _, ok := t.cut(at)
	if !ok {
		return at.Line, at.Line
	}
	dash := len(before) - len(strings.TrimLeft(before, " "))
	until = at.Line + 1
	for n := at.Line + 1; n <= len(t.lines); n++ {
		line := strings.TrimRight(t.lines[n-1], " \r")
		words := strings.TrimLeft(line, " ")
		if words == "" || strings.HasPrefix(words, "#") {
			continue
		}
		if len(line)-len(words) <= dash {
			break
		}
		until = n + 1
	}
	return at.Line, until
}

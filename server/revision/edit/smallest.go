package edit

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// smallest writes a changed row with the fewest changes: where only one value
// on one line differs from the text, that value alone. It reports whether the
// text then reads as the row does.
func smallest(text string, want *yaml.Node) ([]string, bool) {
	had, err := parseRow(text)
	if err != nil {
		return nil, false
	}
	old, now := difference(had, want)
	if old == nil || strings.Contains(now.Value, "\n") || old.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		return nil, false
	}
	written, err := print(now, 0, false)
	if err != nil || len(written) != 1 {
		return nil, false
	}
	lines := strings.Split(text, "\n")
	line := []rune(lines[old.Line-1])
	from := old.Column - 1
	until := from + sourceLen(line[from:], old)
	if until > len(line) {
		return nil, false
	}
	lines[old.Line-1] = string(line[:from]) + bare(written[0], now) + string(line[until:])
	got, err := parseRow(strings.Join(lines, "\n"))
	return lines, err == nil && same(got, want)
}

// bare is a written value without the comment behind it.
func bare(written string, n *yaml.Node) string {
	if n.LineComment != "" {
		return strings.TrimRight(strings.TrimSuffix(written, n.LineComment), " ")
	}
	return written
}

// sourceLen is how long a value on one line is as it was written.
func sourceLen(line []rune, n *yaml.Node) int {
	switch {
	case n.Style&yaml.DoubleQuotedStyle != 0:
		for i := 1; i < len(line); i++ {
			if line[i] == '\\' {
				i++
			} else if line[i] == '"' {
				return i + 1
			}
		}
		return len(line) + 1
	case n.Style&yaml.SingleQuotedStyle != 0:
		for i := 1; i < len(line); i++ {
			if line[i] == '\'' && (i+1 == len(line) || line[i+1] != '\'') {
				return i + 1
			} else if line[i] == '\'' {
				i++
			}
		}
		return len(line) + 1
	}
	return len([]rune(n.Value))
}

// difference is the only scalar in which two trees differ; nil if they differ
// in more, or not at all.
func difference(a, b *yaml.Node) (old, now *yaml.Node) {
	if a.Kind != b.Kind || len(a.Content) != len(b.Content) {
		return nil, nil
	}
	for i := range a.Content {
		if same(a.Content[i], b.Content[i]) {
			continue
		}
		if old != nil {
			return nil, nil
		}
		x, y := a.Content[i], b.Content[i]
		if x.Kind != yaml.ScalarNode || y.Kind != yaml.ScalarNode {
			x, y = difference(x, y)
		}
		if x == nil {
			return nil, nil
		}
		old, now = x, y
	}
	return old, now
}

// same reports whether two trees say the same.
func same(a, b *yaml.Node) bool {
	if a.Kind != b.Kind || a.Value != b.Value || len(a.Content) != len(b.Content) {
		return false
	}
	for i := range a.Content {
		if !same(a.Content[i], b.Content[i]) {
			return false
		}
	}
	return true
}

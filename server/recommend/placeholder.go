package recommend

import (
	"slices"
	"strings"
)

// A {placeholder} in a text is a name in braces. Contacts of the policy are
// filled when a revision is compiled, facts for each answer, and what is left
// is named in Advice.Placeholders for the portal to fill.

// replace fills the placeholders that with knows and leaves the others.
func replace(text string, with func(name string) (string, bool)) string {
	var b strings.Builder
	for {
		before, name, after, found := nextPlaceholder(text)
		if !found {
			break
		}
		b.WriteString(before)
		if value, ok := with(name); ok {
			b.WriteString(value)
		} else {
			b.WriteString("{" + name + "}")
		}
		text = after
	}
	if b.Len() == 0 {
		return text
	}
	b.WriteString(text)
	return b.String()
}

// placeholders lists the names left in a text, each once, in order.
func placeholders(text string) []string {
	var names []string
	for {
		_, name, after, found := nextPlaceholder(text)
		if !found {
			return names
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
		text = after
	}
}

func holds(text, name string) bool { return strings.Contains(text, "{"+name+"}") }

func nextPlaceholder(text string) (before, name, after string, found bool) {
	before, rest, found := strings.Cut(text, "{")
	if !found {
		return text, "", "", false
	}
	name, after, found = strings.Cut(rest, "}")
	return before, name, after, found
}

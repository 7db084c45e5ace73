package recommend

import (
	"fmt"
	"slices"

	"golang.org/x/text/language"
)

// english is the language of words that nobody chose a language for.
const english = "en"

// noWords is the index of a language in which a revision says nothing.
const noWords = -1

// languages are those a revision has words in. The matcher is built when the
// revision is compiled; a request only asks it.
type languages struct {
	names   []string
	tags    []language.Tag
	matcher language.Matcher
	usual   map[string]int // spellings that need no parsing
}

func newLanguages(names []string) (*languages, error) {
	l := &languages{names: names, tags: make([]language.Tag, len(names)), usual: map[string]int{}}
	for i, name := range names {
		tag, err := language.Parse(name)
		if err != nil {
			return nil, fmt.Errorf("%s is no language tag", name)
		}
		l.tags[i] = tag
		l.usual[name] = i
	}
	l.usual[""] = slices.Index(names, english)
	l.matcher = language.NewMatcher(l.tags)
	for _, name := range names {
		for _, region := range [...]string{"US", "MX", "PR", "419", "GB", "CA"} {
			if i := l.find(name + "-" + region); i != noWords {
				l.usual[name+"-"+region] = i
			}
		}
	}
	return l, nil
}

// find returns the index of the language that serves a reader of tag, or
// noWords. A variant of the same language serves. A related or neighbouring one
// does not, though the matcher would offer Spanish to a reader of Galician.
func (l *languages) find(tag string) int {
	if i, ok := l.usual[tag]; ok {
		return i
	}
	want, err := language.Parse(tag)
	if err != nil {
		return noWords
	}
	_, i, sure := l.matcher.Match(want)
	asked, _ := want.Base()
	if found, _ := l.tags[i].Base(); sure < language.High || asked != found {
		return noWords
	}
	return i
}

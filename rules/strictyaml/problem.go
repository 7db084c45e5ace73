package strictyaml

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Severity says whether a problem keeps the content from being used.
type Severity uint8

const (
	Error Severity = iota
	Warning
)

func (s Severity) String() string { return [...]string{"error", "warning"}[s] }

// Pos is a place in a file. Line and Col count from 1; Col counts characters.
// The zero Pos is no place.
type Pos struct {
	File string
	Line int
	Col  int
}

func (p Pos) String() string { return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col) }

// Problem is one thing wrong with a file.
type Problem struct {
	File       string
	Line, Col  int
	Severity   Severity
	Code       string // stable, kebab-case: unknown-key, wrong-type …
	Message    string // a plain sentence, without a full stop
	Suggestion string // the word that was probably meant; often empty
}

// String is "file:line:col: message (did you mean …?)".
func (p Problem) String() string {
	s := fmt.Sprintf("%s:%d:%d: ", p.File, p.Line, p.Col)
	if p.Severity == Warning {
		s += "warning: "
	}
	s += p.Message
	if p.Suggestion != "" {
		s += " (did you mean " + p.Suggestion + "?)"
	}
	return s
}

// MaxProblems is how many problems are kept; the list then ends with a note.
const MaxProblems = 100

// Problems gathers what is wrong with a set of files. The zero value is ready;
// it is not safe for concurrent use.
type Problems struct {
	list   []Problem
	more   int
	errors int
}

// Add keeps one problem.
func (p *Problems) Add(x Problem) {
	if x.Severity == Error {
		p.errors++
	}
	if len(p.list) == MaxProblems {
		p.more++
		return
	}
	p.list = append(p.list, x)
}

// addAll keeps all that another one found, as if each had been added here.
func (p *Problems) addAll(q *Problems) {
	errors := p.errors + q.errors
	for _, x := range q.list {
		p.Add(x)
	}
	p.more, p.errors = p.more+q.more, errors
}

// Errorf keeps an error at a place.
func (p *Problems) Errorf(at Pos, code, format string, args ...any) {
	p.Add(Problem{File: at.File, Line: at.Line, Col: at.Col, Code: code, Message: fmt.Sprintf(format, args...)})
}

// Warnf keeps a warning at a place.
func (p *Problems) Warnf(at Pos, code, format string, args ...any) {
	p.Add(Problem{File: at.File, Line: at.Line, Col: at.Col, Severity: Warning, Code: code, Message: fmt.Sprintf(format, args...)})
}

// Unknown keeps an error about a word that is not among those allowed here:
// `there is no topic "slep"`. It suggests the nearest allowed word, or lists
// them all where they are few.
func (p *Problems) Unknown(at Pos, code, what, word string, allowed []string) {
	x := Problem{File: at.File, Line: at.Line, Col: at.Col, Code: code, Message: fmt.Sprintf("there is no %s %q", what, word), Suggestion: Suggest(word, allowed)}
	if x.Suggestion == "" && len(allowed) > 0 && len(allowed) <= 12 {
		x.Message += "; it can be " + strings.Join(allowed, ", ")
	}
	p.Add(x)
}

// Failed reports whether any problem is an error.
func (p *Problems) Failed() bool { return p.errors > 0 }

// Errors is the number of errors so far, to tell whether a step added any.
func (p *Problems) Errors() int { return p.errors }

// List returns the problems by file and place.
func (p *Problems) List() []Problem {
	out := slices.Clone(p.list)
	slices.SortStableFunc(out, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Message, b.Message))
	})
	if p.more > 0 {
		last := out[len(out)-1]
		out = append(out, Problem{File: last.File, Line: last.Line, Col: last.Col, Severity: Warning, Code: "more-problems", Message: fmt.Sprintf("%d more problems are not listed", p.more)})
	}
	return out
}

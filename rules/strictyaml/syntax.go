package strictyaml

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

var (
	syntaxLine  = regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)$`)
	missingName = regexp.MustCompile(`^unknown anchor '(.*)' referenced$`)
)

// plainer says in plain words what the parser says in its own.
var plainer = []struct{ theirs, ours string }{
	{"found character that cannot start any token", "this line holds a sign that needs quotes around the value"},
	{"mapping values are not allowed", "there is a colon too many; put the text in quotes if the colon belongs to it"},
	{notExpected, "this does not line up with the lines before it, or a bracket is not closed"},
	{"could not find expected ':'", "a colon is missing after the name"},
	{"found unexpected end of stream", "a quote is not closed"},
	{"found unknown escape character", "a backslash is not allowed here; use single quotes"},
	{"control characters are not allowed", "the file holds invisible control characters"},
}

// notExpected is what the parser says of broken structure. It then knows only
// where the structure began, not where it broke.
const notExpected = "did not find expected"

// syntaxProblem reports an error of the parser, which knows at best the line.
func syntaxProblem(file string, src []byte, err error, p *Problems) {
	at, message := Pos{file, 1, 1}, "this is not valid YAML"
	m := syntaxLine.FindStringSubmatch(err.Error())
	if m == nil {
		p.Errorf(at, "syntax", "%s", message)
		return
	}
	if name := missingName.FindStringSubmatch(m[2]); name != nil {
		at.Line, at.Col = find("*"+name[1], src)
		p.Errorf(at, "alias", "%s", noAlias)
		return
	}
	if n, err := strconv.Atoi(m[1]); err == nil {
		at.Line = n
	}
	for _, x := range plainer {
		if strings.Contains(m[2], x.theirs) {
			message = x.ours
			break
		}
	}
	if tab, ok := firstTab(src); ok {
		at.Line, message = tab, "this line is indented with a tab; use spaces"
	} else if strings.Contains(m[2], notExpected) {
		at.Line = brokenLine(src, at.Line)
	}
	p.Errorf(at, "syntax", "%s", message)
}

// find is the line and column of the first place where word is in src.
func find(word string, src []byte) (line, col int) {
	before, _, _ := bytes.Cut(src, []byte(word))
	line = 1 + bytes.Count(before, []byte("\n"))
	return line, 1 + len([]rune(string(before[bytes.LastIndexByte(before, '\n')+1:])))
}

// firstTab finds the first line that a tab indents.
func firstTab(src []byte) (int, bool) {
	line := 0
	for l := range bytes.Lines(src) {
		line++
		rest := bytes.TrimLeft(l, " ")
		if len(rest) > 0 && rest[0] == '\t' && len(bytes.TrimSpace(rest)) > 0 {
			return line, true
		}
	}
	return 0, false
}

// brokenLine finds the first line with which the lines up to it stop being
// valid for good. It halves the file again and again; a start that is cut in
// the middle of a bracket is invalid too, so it looks some lines ahead before
// it believes a cut. It gives up and returns guess when that costs too much.
func brokenLine(src []byte, guess int) int {
	var ends []int // of the first i+1 lines
	for l := range bytes.Lines(src) {
		ends = append(ends, len(l))
	}
	for i := 1; i < len(ends); i++ {
		ends[i] += ends[i-1]
	}
	budget := 32 << 20
	valid := func(lines int) bool {
		if lines == 0 {
			return true
		}
		budget -= ends[lines-1]
		var n yaml.Node
		return budget > 0 && yaml.Unmarshal(src[:ends[lines-1]], &n) == nil
	}
	const ahead = 12
	good := 0
	for budget > 0 {
		bad := len(ends)
		for bad-good > 1 {
			if mid := (good + bad) / 2; valid(mid) {
				good = mid
			} else {
				bad = mid
			}
		}
		longer := min(good+ahead, len(ends)-1)
		for longer > good && !valid(longer) {
			longer--
		}
		if longer <= good {
			return bad
		}
		good = longer
	}
	return guess
}

package icd10

import (
	"bufio"
	"os"
	"strings"
	"testing"
)

const differencesFile = "testdata/differences.txt"

// differences are the places where the table knowingly leaves the reference.
type differences struct{ lines []*difference }

type difference struct {
	text               string
	kind, theirs, ours string
	from               []string // prefixes of the codes
	found              bool
}

func loadDifferences(t *testing.T) *differences {
	t.Helper()
	f, err := os.Open(differencesFile)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	d := &differences{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line, reason, _ := strings.Cut(lines.Text(), "#")
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		if len(fields) < 4 || strings.TrimSpace(reason) == "" {
			t.Fatalf("%s: %q is not: kind, theirs, ours, codes # reason", differencesFile, lines.Text())
		}
		for _, pattern := range fields[3:] {
			prefixes, err := expand(strings.ReplaceAll(pattern, ".", ""))
			if err != nil {
				t.Fatal(err)
			}
			d.lines = append(d.lines, &difference{pattern, fields[0], fields[1], fields[2], prefixes, false})
		}
	}
	return d
}

// explain reports whether a difference is listed, and notes that it was found.
func (d *differences) explain(kind, code, theirs, ours string) bool {
	for _, l := range d.lines {
		if l.kind != kind || l.theirs != theirs || l.ours != ours {
			continue
		}
		for _, prefix := range l.from {
			if strings.HasPrefix(code, prefix) {
				l.found = true
				return true
			}
		}
	}
	return false
}

// checkAllFound fails for a listed difference that is none.
func (d *differences) checkAllFound(t *testing.T, kind string) {
	t.Helper()
	for _, l := range d.lines {
		if l.kind == kind && !l.found {
			t.Errorf("%s lists %s of %s as %s for %s, but they do not differ so", differencesFile, kind, l.text, l.ours, l.theirs)
		}
	}
}

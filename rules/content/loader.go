package content

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/intake"
	"github.com/rightvoice/rightvoice/rules/intake/icd10"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

// Loader loads contents that differ little from each other: drafts that people
// type, the overlays of tenants. It gives exactly what Load gives, and does
// again only what a change can touch: files whose bytes were read before are not
// parsed, a lexicon is compiled once for the words and facts it is made of, and
// equal rules are one Set. What it remembers is bounded.
//
// The folders it is given must not change. It is safe for concurrent use; a nil
// Loader remembers nothing.
type Loader struct {
	documents *strictyaml.Documents
	lexicons  recent[lexiconKey, lexiconMade]
	sets      recent[setKey, setMade]
}

// What a Loader remembers at most.
const (
	keptBytes    = 2 << 20 // of files that were parsed
	keptLexicons = 4
	keptSets     = 4
)

// NewLoader makes a Loader that remembers nothing yet.
func NewLoader() *Loader {
	l := &Loader{documents: strictyaml.NewDocuments(keptBytes)}
	l.lexicons.most, l.sets.most = keptLexicons, keptSets
	return l
}

// lexiconKey is all that a lexicon is made of.
type lexiconKey struct{ words, codes, facts sum }

type lexiconMade struct {
	lexicon *intake.Lexicon
	found   []strictyaml.Problem
}

// setKey is all that a Set is made of.
type setKey struct {
	files sum
	day   string
}

type setMade struct {
	set   *ruleset.Set
	found []strictyaml.Problem
}

// Folder is fsys, of whose files the Loader remembers what ReadFile of package
// strictyaml parses: for whatever else reads it, such as package casefile.
func (l *Loader) Folder(fsys fs.FS) fs.FS {
	if l == nil {
		return fsys
	}
	return l.documents.Over(fsys)
}

// Draft is ruleset.LoadDraft.
func (l *Loader) Draft(fsys fs.FS, on time.Time) (*ruleset.Set, []strictyaml.Problem) {
	if l == nil {
		return ruleset.LoadDraft(fsys, on)
	}
	var p strictyaml.Problems
	files := digestsOf(fsys, filesOf(fsys, &p), &p)
	if p.Failed() {
		l = nil // bytes that can't be read name nothing
	}
	return l.draft(fsys, files, on)
}

func (l *Loader) draft(fsys fs.FS, files digests, on time.Time) (*ruleset.Set, []strictyaml.Problem) {
	if l == nil {
		return ruleset.LoadDraft(fsys, on)
	}
	key := setKey{files.only(readByRules).sum(), on.Format(time.DateOnly)}
	x := l.sets.get(key, func() (x setMade) {
		x.set, x.found = ruleset.LoadDraft(l.Folder(fsys), on)
		return x
	})
	return x.set, slices.Clone(x.found)
}

// readByRules reports whether a Set is made of a file.
func readByRules(name string) bool {
	switch name {
	case intake.File, icd10.File, policyFile:
		return false
	}
	return path.Dir(name) != "cases"
}

// lexicon is intake.LoadLexicon.
func (l *Loader) lexicon(fsys fs.FS, files digests, c *fact.Catalogue) (*intake.Lexicon, []strictyaml.Problem) {
	if l == nil {
		return intake.LoadLexicon(fsys, c)
	}
	key := lexiconKey{files.of(intake.File), files.of(icd10.File), digestOf(c)}
	x := l.lexicons.get(key, func() (x lexiconMade) {
		x.lexicon, x.found = intake.LoadLexicon(fsys, c)
		return x
	})
	return x.lexicon, x.found
}

// digestOf is a digest of all that a catalogue says.
func digestOf(c *fact.Catalogue) sum {
	h := sha256.New()
	for _, id := range c.All() {
		fmt.Fprintf(h, "%d %#v\n", id, *c.Def(id))
	}
	return sum(h.Sum(nil))
}

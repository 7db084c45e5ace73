package content

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/rightvoice/rightvoice/rules/intake"
	"github.com/rightvoice/rightvoice/rules/intake/icd10"
	"github.com/rightvoice/rightvoice/rules/lint"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

// Revision is one content, ready to answer. It is immutable and safe for
// concurrent use.
type Revision struct {
	ID      string // "r-" and 16 hex digits: equal content that is in force alike has equal ids
	Set     *ruleset.Set
	Lexicon *intake.Lexicon
	Policy  Policy
	Files   fs.FS // the folder it was loaded from; cases are in cases/
}

// Load reads a content folder for use on a day. The Revision is nil if any
// problem is an error; warnings come beside a Revision.
func Load(fsys fs.FS, on time.Time) (*Revision, []strictyaml.Problem) {
	return (*Loader)(nil).Load(fsys, on)
}

// Load is the function Load.
func (l *Loader) Load(fsys fs.FS, on time.Time) (*Revision, []strictyaml.Problem) {
	var p strictyaml.Problems
	names := filesOf(fsys, &p)
	files := digestsOf(fsys, names, &p)
	if p.Failed() {
		l = nil // bytes that can't be read name nothing
	}
	r := &Revision{Files: fsys}
	var found []strictyaml.Problem
	if r.Set, found = ruleset.Strict(l.draft(fsys, files, on)); !keep(&p, found) {
		return nil, p.List()
	}
	r.Lexicon, found = l.lexicon(fsys, files, r.Set.Catalogue())
	keep(&p, found)
	sameKinds(r.Set, r.Lexicon, &p)
	r.Policy = loadPolicy(l.Folder(fsys), r.Set.Catalogue(), &p)
	r.Policy.Holdout.check(r.Set, &p)
	if p.Failed() {
		return nil, p.List()
	}
	keep(&p, lint.Check(r.Policy.lintInput(r.Set)))
	if digestsOf(fsys, names, &p).sum() != files.sum() {
		p.Errorf(strictyaml.Pos{File: ".", Line: 1, Col: 1}, "folder-changed", "the folder changed while it was read; load it again")
	}
	if p.Failed() {
		return nil, p.List()
	}
	r.ID = name(files.sum(), r.Set)
	return r, p.List()
}

// sameKinds reports topics that the lexicon takes to be of another kind than
// topics.yaml: a question would then be read by the wrong rules.
func sameKinds(set *ruleset.Set, lexicon *intake.Lexicon, p *strictyaml.Problems) {
	if lexicon == nil {
		return
	}
	for i, topic := range set.Topics() {
		if kind := lexicon.KindOf(uint16(i)); kind != "" && kind != topic.Kind {
			p.Errorf(strictyaml.Pos{File: intake.File, Line: 1, Col: 1}, "topic-kind", "the topic %s is of the kind %s here and %s in topics.yaml", topic.ID, kind, topic.Kind)
		}
	}
}

// keep adds what was found to p and reports whether nothing in p is an error.
func keep(p *strictyaml.Problems, found []strictyaml.Problem) bool {
	for _, x := range found {
		p.Add(x)
	}
	return !p.Failed()
}

// places are the files of a content folder; "x/*" stands for all YAML in x.
var places = []string{"advice/*", "cases/*", "facts.yaml", "guardrails.yaml", icd10.File, "lexicon.yaml", "mindset.yaml", "policy.yaml", "sender.yaml", "topics.yaml"}

// Owns reports whether a file of that name is part of a content. Others, such as
// a README, may lie beside it and say nothing.
func Owns(name string) bool {
	return isYAML(name) || path.Ext(name) == path.Ext(icd10.File)
}

func isYAML(name string) bool { return path.Ext(name) == ".yaml" || path.Ext(name) == ".yml" }

// filesOf lists the files of a content in order. A file in a place that nothing
// reads is an error: it was meant to say something.
func filesOf(fsys fs.FS, p *strictyaml.Problems) []string {
	var names []string
	err := fs.WalkDir(fsys, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if strings.HasPrefix(e.Name(), ".") && name != "." {
			if e.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if e.IsDir() || !Owns(name) {
			return nil
		}
		if !slices.Contains(places, name) && !(isYAML(name) && slices.Contains(places, path.Dir(name)+"/*")) {
			p.Unknown(strictyaml.Pos{File: name, Line: 1, Col: 1}, "unknown-file", "place for a file called", name, places)
		}
		names = append(names, name)
		return nil
	})
	if err != nil {
		p.Errorf(strictyaml.Pos{File: ".", Line: 1, Col: 1}, "unreadable-file", "this folder is missing or cannot be read")
	}
	slices.Sort(names)
	return names
}

// sum is a SHA-256.
type sum [sha256.Size]byte

// digests are the files of a folder, by name, and the digest of each.
type digests []struct {
	name string
	sum  sum
}

func digestsOf(fsys fs.FS, names []string, p *strictyaml.Problems) digests {
	out := make(digests, len(names))
	for i, name := range names {
		content := sha256.New()
		f, err := fsys.Open(name)
		if err == nil {
			_, err = io.Copy(content, f)
			err = errors.Join(err, f.Close())
		}
		if err != nil {
			p.Errorf(strictyaml.Pos{File: name, Line: 1, Col: 1}, "unreadable-file", "this file is missing or cannot be read")
		}
		out[i].name = name
		content.Sum(out[i].sum[:0])
	}
	return out
}

// sum is one digest of all. Each name and each digest is framed by its length,
// so that no two folders run together into the same bytes.
func (d digests) sum() sum {
	h := sha256.New()
	for i := range d {
		frame(h, []byte(d[i].name))
		frame(h, d[i].sum[:])
	}
	return sum(h.Sum(nil))
}

// of is the digest of a file, zero if it is not there.
func (d digests) of(name string) sum {
	for i := range d {
		if d[i].name == name {
			return d[i].sum
		}
	}
	return sum{}
}

// only are those whose names are wanted.
func (d digests) only(wanted func(string) bool) digests {
	var out digests
	for i := range d {
		if wanted(d[i].name) {
			out = append(out, d[i])
		}
	}
	return out
}

func frame(h hash.Hash, b []byte) {
	h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(b))))
	h.Write(b)
}

// name makes the id of a revision from its bytes. Rules with dates let the same
// files answer differently on another day, so the ids of what is in force are
// part of the name too.
func name(files sum, set *ruleset.Set) string {
	h := sha256.New()
	frame(h, files[:])
	for _, t := range []ruleset.Table{ruleset.MindsetTable, ruleset.SenderTable} {
		for i, rows := 0, set.Rows(t); i < len(rows); i++ {
			frame(h, []byte(t.String()+" "+rows[i].ID))
		}
	}
	for i, items := 0, set.Items(); i < len(items); i++ {
		frame(h, []byte("item "+items[i].ID))
	}
	return "r-" + hex.EncodeToString(h.Sum(nil)[:8])
}

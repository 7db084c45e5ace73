package gitdir

import (
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
)

// repository is where git keeps what belongs to a working tree.
type repository struct {
	dir    string // of this working tree: HEAD, index
	common string // of all working trees: branches
}

// find looks for the repository of a folder, there and above.
func find(folder string) (repository, error) {
	at, err := filepath.Abs(folder)
	if err != nil {
		return repository{}, err
	}
	for {
		git := filepath.Join(at, ".git")
		if info, err := os.Stat(git); err == nil {
			if info.IsDir() {
				return withCommon(git), nil
			}
			return linked(at, git)
		}
		if filepath.Dir(at) == at {
			return repository{}, errors.New("gitdir: this folder is not under git")
		}
		at = filepath.Dir(at)
	}
}

// Under reports whether a folder is under git.
func Under(folder string) bool {
	_, err := find(folder)
	return err == nil
}

// linked follows the file that stands for the folder in further working trees.
func linked(at, file string) (repository, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return repository{}, err
	}
	dir, ok := strings.CutPrefix(strings.TrimSpace(string(text)), "gitdir: ")
	if !ok {
		return repository{}, errors.New("gitdir: .git is neither a folder nor names one")
	}
	return withCommon(under(at, dir)), nil
}

func withCommon(dir string) repository {
	text, err := os.ReadFile(filepath.Join(dir, "commondir"))
	if err != nil {
		return repository{dir, dir}
	}
	return repository{dir, under(dir, strings.TrimSpace(string(text)))}
}

func under(base, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(base, path)
}

var errNoCommit = errors.New("gitdir: the commit that is checked out cannot be read")

// commit is the commit that is checked out.
func (r repository) commit() (string, error) {
	text, err := os.ReadFile(filepath.Join(r.dir, "HEAD"))
	if err != nil {
		return "", errNoCommit
	}
	name := strings.TrimSpace(string(text))
	for range 5 { // a branch may name another one
		ref, ok := strings.CutPrefix(name, "ref: ")
		if !ok {
			break
		}
		if !filepath.IsLocal(ref) {
			return "", errNoCommit
		}
		if text, err = os.ReadFile(filepath.Join(r.common, ref)); err != nil {
			return r.packed(ref)
		}
		name = strings.TrimSpace(string(text))
	}
	if !isCommit(name) {
		return "", errNoCommit
	}
	return name, nil
}

// packed looks for a branch in the file that git packs them into.
func (r repository) packed(ref string) (string, error) {
	text, err := os.ReadFile(filepath.Join(r.common, "packed-refs"))
	if err != nil {
		return "", errNoCommit
	}
	for line := range strings.Lines(string(text)) {
		if name, of, ok := strings.Cut(strings.TrimSpace(line), " "); ok && of == ref && isCommit(name) {
			return name, nil
		}
	}
	return "", errNoCommit
}

func isCommit(name string) bool {
	_, err := hex.DecodeString(name)
	return err == nil && (len(name) == 40 || len(name) == 64)
}

// busy reports whether git is changing the working tree.
func (r repository) busy() bool {
	for _, name := range []string{"index.lock", "HEAD.lock", "MERGE_HEAD", "rebase-merge", "rebase-apply", "CHERRY_PICK_HEAD"} {
		if _, err := os.Stat(filepath.Join(r.dir, name)); err == nil {
			return true
		}
	}
	return false
}

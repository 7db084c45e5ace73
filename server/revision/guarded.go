package revision

import (
	"bytes"
	"context"
	"slices"

	"go.yaml.in/yaml/v3"
)

// DefaultGuardian is the capacity in which someone must approve what is guarded,
// unless a tenant's Settings name another one.
const DefaultGuardian = "legal"

// guardedFiles are the files that hold promises to members rather than rules:
// what keeps a rule from doing harm must not be weakened by whoever writes it.
// Of each file the parts that are free to change are listed, or those that are
// not; a file without either is guarded as a whole.
var guardedFiles = []struct {
	file   string
	free   []string // these parts, and no others
	guards []string // if any: these parts alone
}{
	{file: "guardrails.yaml"},
	{file: "lexicon.yaml", guards: []string{"flags", "signals"}},
	{file: "policy.yaml", free: []string{"contacts", "placeholders"}},
}

// maxGuarded bounds for how many pairs of contents it is remembered what of the
// guarded differs.
const maxGuarded = 1000

// guarded lists what a draft changes of what is guarded: files, or parts of them
// as in "policy.yaml: sms". Contents never change, so that an answer can be kept.
func (s *Service) guarded(ctx context.Context, before, after Digest) ([]string, error) {
	if before == after {
		return nil, nil
	}
	pair := [2]Digest{before, after}
	s.mu.Lock()
	known, ok := s.guards[pair]
	s.mu.Unlock()
	if ok {
		return known, nil
	}
	was, err := s.guardedTexts(ctx, before)
	if err != nil {
		return nil, err
	}
	is, err := s.guardedTexts(ctx, after)
	if err != nil {
		return nil, err
	}
	var out []string
	for i, g := range guardedFiles {
		if !bytes.Equal(was[i], is[i]) {
			out = append(out, changedParts(g.file, was[i], is[i], g.free, g.guards)...)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.guards) >= maxGuarded {
		clear(s.guards)
	}
	s.guards[pair] = out
	return out, nil
}

// guardedTexts are the texts of the guarded files of a content; nil for those it
// lacks.
func (s *Service) guardedTexts(ctx context.Context, d Digest) ([][]byte, error) {
	tree, err := s.store.Get(ctx, d)
	if err != nil {
		return nil, err
	}
	names, digests, err := readTree(tree)
	if err != nil {
		return nil, err
	}
	out := make([][]byte, len(guardedFiles))
	for i, g := range guardedFiles {
		if at := slices.Index(names, g.file); at >= 0 {
			if out[i], err = s.store.Get(ctx, digests[at]); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// changedParts names the guarded parts of a file that differ. Remarks and
// spelling that mean the same do not count where parts are told apart; a text
// that can't be told apart into parts is guarded as a whole.
func changedParts(file string, before, after []byte, free, guards []string) []string {
	was, ok := parts(before)
	is, readable := parts(after)
	if free == nil && guards == nil || !ok || !readable {
		return []string{file}
	}
	var out []string
	for _, at := range [][]part{was, is} {
		for _, p := range at {
			name := file + ": " + p.name
			if slices.Contains(free, p.name) || guards != nil && !slices.Contains(guards, p.name) || slices.Contains(out, name) {
				continue
			}
			if !alike(valueOf(was, p.name), valueOf(is, p.name)) {
				out = append(out, name)
			}
		}
	}
	return out
}

// part is a key of the outermost mapping of a file, and its value.
type part struct {
	name  string
	value *yaml.Node
}

// parts takes a file apart; false if it is no mapping of keys that are there
// once.
func parts(text []byte) (out []part, ok bool) {
	var doc yaml.Node
	if yaml.Unmarshal(text, &doc) != nil || len(doc.Content) != 1 || doc.Content[0].Kind != yaml.MappingNode {
		return nil, false
	}
	return keysOf(doc.Content[0])
}

// keysOf takes a mapping apart.
func keysOf(mapping *yaml.Node) (out []part, ok bool) {
	all := mapping.Content
	for i := 0; i+1 < len(all); i += 2 {
		if all[i].Kind != yaml.ScalarNode || valueOf(out, all[i].Value) != nil {
			return nil, false
		}
		out = append(out, part{all[i].Value, all[i+1]})
	}
	return out, true
}

func valueOf(all []part, name string) *yaml.Node {
	if i := slices.IndexFunc(all, func(p part) bool { return p.name == name }); i >= 0 {
		return all[i].value
	}
	return nil
}

// alike reports whether two values mean the same. An alias is like nothing: what
// it stands for is elsewhere.
func alike(a, b *yaml.Node) bool {
	if a == nil || b == nil || a.Kind != b.Kind || a.Kind == yaml.AliasNode || a.ShortTag() != b.ShortTag() || a.Value != b.Value || len(a.Content) != len(b.Content) {
		return a == b
	}
	for i := range a.Content {
		if !alike(a.Content[i], b.Content[i]) {
			return false
		}
	}
	return true
}

// guardian is the capacity that must approve what is guarded.
func (set *Settings) guardian() string {
	if set.Guardian == "" {
		return DefaultGuardian
	}
	return set.Guardian
}

// Needs is whose approval a draft that changes these guarded parts needs. The
// guardian is one of those who have to approve anyway, unless nobody does whose
// capacity is free.
func (set *Settings) Needs(guarded []string) []Requirement {
	out := slices.Clone(set.Required)
	as := set.guardian()
	if len(guarded) == 0 || slices.ContainsFunc(out, func(r Requirement) bool { return r.As == as }) {
		return out
	}
	if i := slices.IndexFunc(out, func(r Requirement) bool { return r.As == "" }); i >= 0 {
		if out[i].Count--; out[i].Count == 0 {
			out = slices.Delete(out, i, i+1)
		}
	}
	return append(out, Requirement{As: as, Count: 1})
}

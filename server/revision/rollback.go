package revision

import (
	"bytes"
	"context"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Whoever takes back a version in an emergency has nobody to ask. But an old
// content may promise members less than the one in force, and what took the
// guardian's approval to write down takes it to take back, too: by a draft that is
// begun from the old version.

// looser lists what of the guarded a content has less of than the one in force:
// files, or parts of them. What can't be seen to be as strict counts as looser.
func (s *Service) looser(ctx context.Context, now, back Digest) ([]string, error) {
	was, err := s.guardedTexts(ctx, now)
	if err != nil {
		return nil, err
	}
	is, err := s.guardedTexts(ctx, back)
	if err != nil {
		return nil, err
	}
	var out []string
	for i, g := range guardedFiles {
		if !bytes.Equal(was[i], is[i]) {
			out = append(out, looserParts(g.file, was[i], is[i], g.free, g.guards)...)
		}
	}
	return out, nil
}

func looserParts(file string, now, back []byte, free, guards []string) []string {
	was, ok := parts(now)
	is, readable := parts(back)
	if !ok || !readable {
		return []string{file}
	}
	var out []string
	for _, at := range [][]part{was, is} {
		for _, p := range at {
			name := file + ": " + p.name
			if slices.Contains(free, p.name) || guards != nil && !slices.Contains(guards, p.name) || slices.Contains(out, name) {
				continue
			}
			if !asStrict(name, valueOf(was, p.name), valueOf(is, p.name)) {
				out = append(out, name)
			}
		}
	}
	return out
}

// Lists of which more is stricter: promises, signs of emergencies, and ways to say
// stop.
var moreIsStricter = []string{"guardrails.yaml: guardrails", "lexicon.yaml: flags", "policy.yaml: revocation_words"}

// Numbers of which fewer, or more, is stricter.
var (
	fewerIsStricter = []string{"policy.yaml: quiet_hours.until", "policy.yaml: sms.max_chars", "policy.yaml: sms.per_day", "policy.yaml: sms.per_week"}
	aboveIsStricter = []string{"policy.yaml: quiet_hours.from"}
)

// asStrict reports whether a value is the one in force or surely as strict. Places
// are told as in "policy.yaml: sms.per_day".
func asStrict(place string, now, back *yaml.Node) bool {
	switch {
	case alike(now, back):
		return true
	case now == nil || back == nil || now.Kind != back.Kind:
		return false
	}
	inList := slices.ContainsFunc(moreIsStricter, func(p string) bool { return place == p || strings.HasPrefix(place, p+".") })
	switch now.Kind {
	case yaml.SequenceNode:
		return inList && !slices.ContainsFunc(now.Content, func(x *yaml.Node) bool {
			return !slices.ContainsFunc(back.Content, func(y *yaml.Node) bool { return alike(x, y) })
		})
	case yaml.MappingNode:
		return allAsStrict(place, now, back, inList)
	case yaml.ScalarNode:
		x, err := strconv.Atoi(now.Value)
		y, failed := strconv.Atoi(back.Value)
		return err == nil && failed == nil && (y <= x && slices.Contains(fewerIsStricter, place) || y >= x && slices.Contains(aboveIsStricter, place))
	}
	return false
}

// allAsStrict is asStrict of the keys of mappings. Keys that are there twice can't
// be told apart.
func allAsStrict(place string, now, back *yaml.Node, moreIsFine bool) bool {
	was, ok := keysOf(now)
	is, readable := keysOf(back)
	if !ok || !readable || len(is) > len(was) && !moreIsFine {
		return false
	}
	for _, p := range was {
		if !asStrict(place+"."+p.name, p.value, valueOf(is, p.name)) {
			return false
		}
	}
	return true
}

// kept refuses to take back what members were promised.
func (s *Service) kept(ctx context.Context, tenant string, now, back Digest) error {
	less, err := s.looser(ctx, now, back)
	if err != nil || len(less) == 0 {
		return err
	}
	set, _, err := s.settings(ctx, tenant)
	if err != nil {
		return err
	}
	e := refuse(NotApproved, "that version promises members less (%s); begin a draft from it and have it approved", strings.Join(less, ", "))
	e.Missing = []Requirement{{As: set.guardian(), Count: 1}}
	return e
}

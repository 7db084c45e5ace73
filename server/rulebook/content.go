package rulebook

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/rightvoice/rightvoice/rules/casefile"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/rules/sentence"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
	"github.com/rightvoice/rightvoice/server/revision"
)

// Content is everything of one content that people look at.
type Content struct {
	Digest    revision.Digest
	Set       *ruleset.Set // nil if the files can't be read: Problems says why
	Printer   *sentence.Printer
	Rules     []Rule
	Scenarios []Scenario
	Files     []string
	Problems  []strictyaml.Problem
}

// Rule is one row of a table.
type Rule struct {
	*ruleset.Row
	Position int  // in its table, from 1
	InForce  bool // today
}

// Scenario is an example member with the expected answer, as it is written.
type Scenario struct {
	*casefile.Case
	Text string
}

// Content puts a content into words.
func (b *Book) Content(ctx context.Context, tenant string, r Ref, language string) (*Content, error) {
	c, err := b.open(ctx, tenant, r)
	if err != nil {
		return nil, err
	}
	out := c.worded(ctx, language)
	if c.set == nil {
		return out, nil
	}
	out.Rules = c.rules()
	cases, problems := casefile.Load(c.folder, c.set)
	out.Problems = append(out.Problems, errorsOf(ctx, problems)...)
	out.Scenarios = c.scenarios(cases)
	return out, nil
}

// ContentTag names what Content answers: it is the same as long as that is.
func (b *Book) ContentTag(ctx context.Context, tenant string, r Ref, language string) (string, error) {
	d, err := b.digest(ctx, tenant, r)
	return b.TagOf(d, language), err
}

// TagOf is the tag of a content: rules count by the day, and each build of the
// program may have other words for them.
func (b *Book) TagOf(d revision.Digest, language string) string {
	h := sha256.New()
	for _, part := range []string{string(d), language, b.today().Format(time.DateOnly), b.o.Build} {
		fmt.Fprintf(h, "%d %s", len(part), part)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// worded is a content with a printer and nothing printed yet.
func (c *compiled) worded(ctx context.Context, language string) *Content {
	out := &Content{Digest: c.digest, Files: slices.Sorted(maps.Keys(c.files)), Problems: errorsOf(ctx, c.problems), Set: c.set}
	if c.set != nil {
		out.Printer = sentence.New(c.set, language)
	}
	return out
}

// File is the text of one file of a content.
func (b *Book) File(ctx context.Context, tenant string, r Ref, name string) (string, revision.Digest, error) {
	c, err := b.open(ctx, tenant, r)
	if err != nil {
		return "", "", err
	}
	text, ok := c.files[name]
	if !ok {
		return "", "", &revision.Error{Code: revision.NotFound, Message: "the content has no such file"}
	}
	return string(text), c.digest, nil
}

func errorsOf(ctx context.Context, all []strictyaml.Problem) []strictyaml.Problem {
	return problemsIn(ctx, slices.DeleteFunc(slices.Clone(all), func(p strictyaml.Problem) bool { return p.Severity != strictyaml.Error }))
}

// maxDays bounds how many other days a content is read for.
const maxDays = 12

// lastDay is the last day of a row. Only lines that name one are searched by
// it: a search of whole files is slow.
var lastDay = regexp.MustCompile(`\buntil:\s*["']?(\d{4}-\d{2}-\d{2})`)

// rules lists the rows of both tables as the files have them: also those that
// are paused, over or still to come, which a Set of today leaves out. They are
// found by reading the content for days on which they count.
func (c *compiled) rules() []Rule {
	seen := map[revision.RowName]bool{}
	var out []Rule
	add := func(set *ruleset.Set, today bool) {
		if set == nil {
			return
		}
		for _, t := range []ruleset.Table{ruleset.MindsetTable, ruleset.SenderTable} {
			for i, rows := 0, set.Rows(t); i < len(rows); i++ {
				name := revision.RowName{List: t.String(), ID: rows[i].ID}
				if !seen[name] {
					seen[name] = true
					out = append(out, Rule{Row: &rows[i], InForce: today})
				}
			}
		}
	}
	add(c.set, true)
	for _, day := range c.otherDays() {
		set, _ := c.loader.Draft(c.folder, day)
		add(set, false)
	}
	slices.SortStableFunc(out, func(a, b Rule) int {
		return cmp.Or(cmp.Compare(a.Table, b.Table), boolCompare(a.Default, b.Default), cmp.Compare(a.Line, b.Line))
	})
	for i := range out {
		if i > 0 && out[i].Table == out[i-1].Table {
			out[i].Position = out[i-1].Position + 1
		} else {
			out[i].Position = 1
		}
	}
	return out
}

func boolCompare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// otherDays are days on which other rules count than today.
func (c *compiled) otherDays() []time.Time {
	out := c.set.Changes()
	out = out[:min(len(out), maxDays)]
	var past []time.Time
	for _, name := range []string{"mindset.yaml", "sender.yaml"} {
		for line := range bytes.Lines(c.files[name]) {
			if !bytes.Contains(line, []byte("until:")) {
				continue
			}
			m := lastDay.FindSubmatch(line)
			if m == nil {
				continue
			}
			if day, err := time.Parse(time.DateOnly, string(m[1])); err == nil && day.Before(c.day) {
				past = append(past, day)
			}
		}
	}
	slices.SortFunc(past, func(a, b time.Time) int { return b.Compare(a) })
	past = slices.Compact(past)
	return append(slices.Clone(out), past[:min(len(past), maxDays)]...)
}

// scenarios cuts the examples out of their files.
func (c *compiled) scenarios(cases []casefile.Case) []Scenario {
	lines := map[string][][]byte{}
	out := make([]Scenario, len(cases))
	for i, x := range cases {
		if lines[x.File] == nil {
			lines[x.File] = bytes.Split(c.files[x.File], []byte("\n"))
		}
		last := len(lines[x.File])
		for _, y := range cases {
			if y.File == x.File && y.Line > x.Line && y.Line-1 < last {
				last = y.Line - 1
			}
		}
		first := min(max(x.Line-1, 0), last)
		out[i] = Scenario{Case: &cases[i], Text: undented(lines[x.File][first:last])}
	}
	return out
}

// undented joins the lines of one list entry without what stands between it and
// the next one.
func undented(lines [][]byte) string {
	for n := len(lines); n > 0; n = len(lines) {
		t := bytes.TrimSpace(lines[n-1])
		if len(t) > 0 && t[0] != '#' {
			break
		}
		lines = lines[:n-1]
	}
	return strings.TrimRight(string(bytes.Join(lines, []byte("\n"))), "\n")
}

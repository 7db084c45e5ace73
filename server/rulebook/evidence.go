package rulebook

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/rightvoice/rightvoice/rules/proof/finding"
	"github.com/rightvoice/rightvoice/rules/sentence"
	"github.com/rightvoice/rightvoice/server/audit/decisionlog"
	"github.com/rightvoice/rightvoice/server/revision"
	"github.com/rightvoice/rightvoice/server/revision/edit"
)

// keptIn are the languages in which evidence is kept; readers of others get the
// first.
var keptIn = []string{"en", "es"}

// evidence is what is kept of a content that was submitted: what it changes in
// words, and whom that affects. It holds no samples: they come from recorded
// decisions, which are deleted after a while, and this stays for good.
type evidence struct {
	Changes     []keptChange
	Regions     []keptRegion
	Cut         bool
	Shifts      []Shift
	NotRecorded []string
}

type keptChange struct {
	edit.Change
	Said, Says map[string]sentence.Sentence // by language
}

type keptRegion struct {
	Region
	Stories map[string][2]string // by language
}

// Assess works out what is kept with a content, for revision.Options.Assess. Who
// is affected may take long to count, and an old content may no longer be
// readable: then that part is left out, and says so.
func (b *Book) Assess(ctx context.Context, a revision.Assessment) (revision.Assessed, error) {
	x, err := b.compile(ctx, a.Before)
	if err != nil {
		return revision.Assessed{}, err
	}
	y, err := b.compile(ctx, a.After)
	if err != nil {
		return revision.Assessed{}, err
	}
	limited, stop := context.WithTimeout(ctx, a.Within)
	defer stop()
	kept := evidence{Changes: b.keptChanges(x, y)}
	impact := &Impact{Draft: a.After, Live: a.Before, Logged: b.o.Decisions != nil}
	told, cut, err := regionsIn(limited, x, y, keptIn)
	if kept.Cut = cut || err != nil; !kept.Cut {
		err = b.count(limited, impact, told, x, y, decisionlog.ReplayOptions{Tenant: a.Tenant})
	}
	if ctx.Err() != nil {
		return revision.Assessed{}, ctx.Err()
	}
	for _, r := range told {
		k := keptRegion{Region: r.Region, Stories: map[string][2]string{}}
		for i, tag := range keptIn {
			k.Stories[tag] = r.stories[i]
		}
		kept.Regions = append(kept.Regions, k)
	}
	kept.Shifts, kept.NotRecorded = fewer(impact.Shifts), impact.NotRecorded
	whole, err := json.Marshal(kept)
	return revision.Assessed{Sums: sums(&kept, impact, a.Report), Whole: whole}, err
}

// sums are the figures of what is kept.
func sums(kept *evidence, i *Impact, r *revision.Report) revision.Sums {
	s := revision.Sums{Changes: len(kept.Changes), Logged: i.Logged, Counted: i.Counted, Recorded: i.Recorded, Changed: i.Changed, Unsettled: i.Unsettled,
		Dropped: int(i.Dropped), Regions: len(kept.Regions), Cut: kept.Cut, Cases: r.Cases}
	for _, x := range kept.Regions {
		if i.Counted && x.Recorded == 0 {
			s.Unseen++
		}
	}
	for _, g := range r.Proof.Guardrails {
		switch g.State {
		case finding.Proved:
			s.Proved++
		case finding.ByLint:
			s.Lint++
		case finding.AtRunTime:
			s.RunTime++
		}
	}
	return s
}

// keptChanges puts both sides of what differs into words, in every language.
func (b *Book) keptChanges(x, y *compiled) []keptChange {
	all := edit.Compare(x.files, y.files)
	out := make([]keptChange, len(all))
	for i, c := range all {
		out[i] = keptChange{Change: c, Said: map[string]sentence.Sentence{}, Says: map[string]sentence.Sentence{}}
	}
	for _, tag := range keptIn {
		for i, c := range b.changes(x.files, y.files, all, tag) {
			out[i].Said[tag], out[i].Says[tag] = c.Said, c.Says
		}
	}
	return out
}

// maxShifts bounds what is kept day by day.
const maxShifts = 2000

// fewer adds up the days of shifts if there are very many.
func fewer(all []Shift) []Shift {
	if len(all) <= maxShifts {
		return all
	}
	at := map[Shift]int{}
	var out []Shift
	for _, s := range all {
		name := s
		name.Day, name.Count = time.Time{}, 0
		i, ok := at[name]
		if !ok {
			i, at[name] = len(out), len(out)
			out = append(out, name)
		}
		out[i].Count += s.Count
	}
	slices.SortStableFunc(out, func(a, b Shift) int { return b.Count - a.Count })
	return out
}

// languageKept is the language in which a reader is shown what was kept.
func languageKept(tag string) string {
	base, _, _ := strings.Cut(strings.ToLower(tag), "-")
	if slices.Contains(keptIn, base) {
		return base
	}
	return keptIn[0]
}

// kept reads evidence in a language: what changed, and whom that affects.
func (b *Book) kept(ctx context.Context, e *revision.Evidence, language string) ([]Change, *Impact, error) {
	text, err := b.o.Revisions.Whole(ctx, e)
	if err != nil {
		return nil, nil, err
	}
	var k evidence
	if err := json.Unmarshal(text, &k); err != nil {
		return nil, nil, &revision.Error{Code: revision.Unavailable, Message: "revisions cannot be stored or read now", Cause: err}
	}
	tag := languageKept(language)
	changes := make([]Change, len(k.Changes))
	for i, c := range k.Changes {
		changes[i] = Change{Change: c.Change, Said: c.Said[tag], Says: c.Says[tag]}
	}
	s := &e.Sums
	out := &Impact{Draft: e.After, Live: e.Before, At: e.At, Logged: s.Logged, Counted: s.Counted, Recorded: s.Recorded, Changed: s.Changed, Unsettled: s.Unsettled,
		Dropped: uint64(s.Dropped), Shifts: k.Shifts, NotRecorded: k.NotRecorded, Cut: k.Cut}
	for _, r := range k.Regions {
		r.Story = r.Stories[tag]
		out.Regions = append(out.Regions, r.Region)
	}
	return changes, out, nil
}

package rulebook

import (
	"context"
	"slices"
	"time"

	"github.com/rightvoice/rightvoice/rules/proof"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/rules/sentence"
	"github.com/rightvoice/rightvoice/server/audit/decisionlog"
	"github.com/rightvoice/rightvoice/server/revision"
	"github.com/rightvoice/rightvoice/server/revision/edit"
)

// Change is a row or file that differs, in words where it has any.
type Change struct {
	edit.Change
	Said, Says sentence.Sentence // before and after
}

// Region is members who are answered differently for one pair of reasons.
type Region struct {
	Table         string
	Old, New      string // the rule that decides, or the item that is given; empty for none
	Before, After string // the mindset or sender
	Story         [2]string
	Recorded      int // decisions in it
	Day           time.Time
}

// Comparison is what differs between two contents.
type Comparison struct {
	Before, After revision.Digest
	Changes       []Change
	Regions       []Region
	Cut           bool // more may differ than is listed
}

// maxRegions bounds how many regions are listed.
const maxRegions = 500

// Compare tells what differs between two contents and, if asked for, exactly
// which members they answer differently.
func (b *Book) Compare(ctx context.Context, tenant string, before, after Ref, language string, regions bool) (*Comparison, error) {
	x, err := b.open(ctx, tenant, before)
	if err != nil {
		return nil, err
	}
	y, err := b.open(ctx, tenant, after)
	if err != nil {
		return nil, err
	}
	out := &Comparison{Before: x.digest, After: y.digest, Changes: b.changes(x.files, y.files, edit.Compare(x.files, y.files), language)}
	if regions {
		out.Regions, out.Cut, err = differences(ctx, x, y, language)
	}
	return out, err
}

// changes puts both sides of changes into words.
func (b *Book) changes(before, after revision.Files, all []edit.Change, language string) []Change {
	said, _ := revision.Sentences(before, b.today(), language)
	says, _ := revision.Sentences(after, b.today(), language)
	out := make([]Change, len(all))
	for i, c := range all {
		name := revision.RowName{List: c.List, ID: c.ID}
		out[i] = Change{Change: c}
		if c.Before != "" {
			out[i].Said = said[name]
		}
		if c.After != "" {
			out[i].Says = says[name]
		}
	}
	return out
}

// differences proves which members two contents answer differently, from today
// on: also on each later day on which other rules are in force.
func differences(ctx context.Context, x, y *compiled, language string) (out []Region, cut bool, err error) {
	all, cut, err := regionsIn(ctx, x, y, []string{language})
	for _, r := range all {
		r.Story = r.stories[0]
		out = append(out, r.Region)
	}
	return out, cut, err
}

// toldRegion is a region and its stories in several languages.
type toldRegion struct {
	Region
	stories [][2]string
}

// regionsIn is differences with stories in several languages.
func regionsIn(ctx context.Context, x, y *compiled, languages []string) (out []toldRegion, cut bool, err error) {
	days := []time.Time{x.day}
	seen := map[[3]string]bool{}
	for i := 0; i < len(days) && i < maxDays; i++ {
		old, now, err := loadBoth(x, y, days[i])
		if err != nil {
			return nil, false, err
		}
		if i == 0 {
			later := slices.Concat(old.Changes(), now.Changes())
			slices.SortFunc(later, time.Time.Compare)
			days = append(days, slices.Compact(later)...)
			cut = len(days) > maxDays
		}
		d := proof.Diff(old, now, proof.DefaultBudget)
		cut = cut || !d.Settled
		t := newTeller(old, now, languages)
		for j := range d.Changes {
			r := t.region(&d.Changes[j])
			r.Day = days[i]
			name := [3]string{r.Table, r.Old, r.New}
			switch {
			case seen[name]:
			case len(out) == maxRegions:
				cut = true
			default:
				seen[name] = true
				out = append(out, r)
			}
		}
		if err := ctx.Err(); err != nil {
			return nil, false, err
		}
	}
	return out, cut, nil
}

// loadBoth reads two contents for one day. Only rules that decide alike however
// their order can be compared.
func loadBoth(x, y *compiled, day time.Time) (old, now *ruleset.Set, err error) {
	for _, side := range []struct {
		c  *compiled
		to **ruleset.Set
	}{{x, &old}, {y, &now}} {
		set, problems := ruleset.Strict(side.c.loader.Draft(side.c.folder, day))
		if set == nil {
			return nil, nil, &revision.Error{Code: revision.NotGreen, Message: "this content can't answer yet, so nobody can be compared",
				Report: &revision.Report{Digest: side.c.digest, Day: day, Parts: revision.PartCheck, Problems: problems}}
		}
		*side.to = set
	}
	return old, now, nil
}

// teller puts regions into words.
type teller struct {
	old, now *ruleset.Set
	was, is  []*sentence.Printer // by language
}

func newTeller(old, now *ruleset.Set, languages []string) *teller {
	t := &teller{old: old, now: now}
	for _, tag := range languages {
		t.was, t.is = append(t.was, sentence.New(old, tag)), append(t.is, sentence.New(now, tag))
	}
	return t
}

func (t *teller) region(c *proof.Change) toldRegion {
	r := toldRegion{Region: Region{Table: c.Table.String()}, stories: make([][2]string, len(t.was))}
	before, after := t.old.Decide(&c.Example[0].Facts, c.Example[0].Topic), t.now.Decide(&c.Example[1].Facts, c.Example[1].Topic)
	for i := range r.stories {
		r.stories[i][0] = t.was[i].Story(&c.Example[0].Facts, c.Example[0].Topic, &before).String()
		r.stories[i][1] = t.is[i].Story(&c.Example[1].Facts, c.Example[1].Topic, &after).String()
	}
	switch c.Table {
	case ruleset.AdviceTable:
		if c.Items[0] >= 0 {
			r.Old = t.old.Items()[c.Items[0]].ID
		}
		if c.Items[1] >= 0 {
			r.New = t.now.Items()[c.Items[1]].ID
		}
		return r
	case ruleset.MindsetTable:
		r.Before, r.After = before.Mindset.String(), after.Mindset.String()
	default:
		r.Before, r.After = before.Sender.String(), after.Sender.String()
	}
	r.Old, r.New = decisionlog.RowName(t.old, c.Table, c.Rows[0]), decisionlog.RowName(t.now, c.Table, c.Rows[1])
	return r
}

package rulebook

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"github.com/rightvoice/rightvoice/rules/casefile"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/sentence"
	"github.com/rightvoice/rightvoice/server/audit/decisionlog"
	"github.com/rightvoice/rightvoice/server/revision"
)

// Impact is whom a draft answers differently from the version in force.
type Impact struct {
	Draft, Live revision.Digest
	At          time.Time // of what was kept, when it was worked out

	Logged    bool // decisions are recorded here
	Counted   bool // they were replayed; otherwise the figures are 0
	Recorded  int
	Changed   int
	Unsettled int
	Dropped   uint64

	Shifts      []Shift
	NotRecorded []string
	Samples     []Sample
	Regions     []Region
	Cut         bool
}

// Shift counts decisions of a topic and a day that moved from one outcome to
// another.
type Shift struct {
	Before, After string // the mindset and the sender: consumer/insurer
	Topic         string
	Day           time.Time // zero: of all days
	Count         int
}

// Sample is a recorded question that is answered differently.
type Sample struct {
	Topic         string
	Given         []casefile.Given
	Before, After string // outcomes as of a Shift
	Story         string
}

// samples is how many of them are shown.
const samples = 50

// Impact proves whom a draft answers differently, and counts how often that was
// asked, from a day on; the zero time is as far back as anything was recorded.
func (b *Book) Impact(ctx context.Context, tenant, draft string, from time.Time, language string, tell Progress) (*Impact, error) {
	live, err := b.open(ctx, tenant, Ref{})
	if err != nil {
		return nil, err
	}
	now, err := b.open(ctx, tenant, Ref{Draft: draft})
	if err != nil {
		return nil, err
	}
	out := &Impact{Draft: now.digest, Live: live.digest, Logged: b.o.Decisions != nil}
	tell(say(ctx, "comparing for every possible member"), 0, 0)
	told, cut, err := regionsIn(ctx, live, now, []string{language})
	if err != nil {
		return nil, err
	}
	out.Cut = cut
	if out.Logged {
		err = b.count(ctx, out, told, live, now, decisionlog.ReplayOptions{Tenant: tenant, From: from, Samples: samples,
			Progress: func(done int) { tell(say(ctx, "replaying recorded decisions"), done, 0) }})
	}
	for i := range told {
		told[i].Story = told[i].stories[0]
		out.Regions = append(out.Regions, told[i].Region)
	}
	tellSamples(out.Samples, live, language)
	return out, err
}

// count replays recorded decisions, and counts those of each region, of which
// those with the most then come first.
func (b *Book) count(ctx context.Context, out *Impact, regions []toldRegion, live, now *compiled, o decisionlog.ReplayOptions) error {
	if b.o.Decisions == nil {
		return nil
	}
	r, err := b.replay(ctx, live, now, o)
	if err != nil {
		return err
	}
	out.Counted, out.Recorded, out.Changed, out.Unsettled = true, r.Decisions, r.Changed, r.Unsettled
	if b.o.Dropped != nil {
		out.Dropped = b.o.Dropped()
	}
	for _, c := range r.Cells {
		if c.Changed > 0 {
			out.Shifts = append(out.Shifts, Shift{Before: outcome(c.From), After: outcome(c.To), Topic: c.Topic, Day: c.Day, Count: c.Changed})
		}
	}
	for _, n := range r.NotRecorded {
		out.NotRecorded = append(out.NotRecorded, n.Fact)
	}
	for _, s := range r.Samples {
		out.Samples = append(out.Samples, Sample{Topic: s.Topic, Given: givenOf(live, s), Before: outcome(s.From), After: outcome(s.To)})
	}
	counts := map[[3]string]int{}
	for _, x := range r.Regions {
		counts[[3]string{x.Table, x.Old, x.New}] += x.Decisions
	}
	for i := range regions {
		x := &regions[i]
		x.Recorded = counts[[3]string{x.Table, x.Old, x.New}]
	}
	slices.SortStableFunc(regions, func(a, b toldRegion) int { return cmp.Compare(b.Recorded, a.Recorded) })
	return nil
}

func outcome(o decisionlog.Outcome) string { return o.Mindset.String() + "/" + o.Sender.String() }

// replay answers recorded decisions by two contents.
func (b *Book) replay(ctx context.Context, live, now *compiled, o decisionlog.ReplayOptions) (*decisionlog.Impact, error) {
	old, draft, err := loadBoth(live, now, live.day)
	if err != nil {
		return nil, err
	}
	in, err := b.o.Decisions()
	if err != nil {
		return nil, &revision.Error{Code: revision.Unavailable, Message: "recorded decisions can't be read now", Cause: err}
	}
	defer in.Close()
	out, err := decisionlog.Replay(ctx, in, old, draft, o)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return nil, &revision.Error{Code: revision.Unavailable, Message: "recorded decisions can't be read now", Cause: err}
	}
	return out, nil
}

// givenOf are the facts of a sample as cases hold them. What the version in force
// has no word for is left out.
func givenOf(live *compiled, s decisionlog.Sample) []casefile.Given {
	var ask casefile.Ask
	for _, name := range slices.Sorted(maps.Keys(s.Facts)) {
		_ = ask.Give(live.set.Catalogue(), name, given(live.set.Catalogue(), name, s.Facts[name]))
	}
	return ask.Context
}

// tellSamples puts samples into words. One that the version in force has no
// words for is left without a story.
func tellSamples(all []Sample, live *compiled, language string) {
	p := sentence.New(live.set, language)
	for i := range all {
		var ask casefile.Ask
		for _, g := range all[i].Given {
			_ = ask.Give(live.set.Catalogue(), g.Name, g.Value)
		}
		if topic, ok := live.set.Topic(all[i].Topic); ok {
			d := live.set.Decide(&ask.Facts, topic)
			all[i].Story = p.Story(&ask.Facts, topic, &d).String()
		}
	}
}

// given is a fact as cases hold it: the decision log writes numbers and lists as
// JSON does.
func given(c *fact.Catalogue, name string, v any) any {
	switch v := v.(type) {
	case float64:
		if id, ok := c.Lookup(name); ok && c.Def(id).Kind == fact.Int {
			return int64(v)
		}
	case []any:
		words := make([]string, 0, len(v))
		for _, x := range v {
			if w, ok := x.(string); ok {
				words = append(words, w)
			}
		}
		return words
	}
	return v
}

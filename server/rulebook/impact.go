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
	Logged      bool                // decisions are recorded here
	Replayed    *decisionlog.Impact // empty where none are
	Samples     []Sample
	Regions     []Region
	Cut         bool
	Dropped     uint64
}

// Sample is a recorded question that is answered differently.
type Sample struct {
	decisionlog.Sample
	Given []casefile.Given
	Story string
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
	out := &Impact{Draft: now.digest, Live: live.digest, Replayed: &decisionlog.Impact{}, Logged: b.o.Decisions != nil}
	tell(say(ctx, "comparing for every possible member"), 0, 0)
	if out.Regions, out.Cut, err = differences(ctx, live, now, language); err != nil {
		return nil, err
	}
	if !out.Logged {
		return out, nil
	}
	if b.o.Dropped != nil {
		out.Dropped = b.o.Dropped()
	}
	if err := b.replay(ctx, out, live, now, decisionlog.ReplayOptions{Tenant: tenant, From: from, Samples: samples,
		Progress: func(done int) { tell(say(ctx, "replaying recorded decisions"), done, 0) }}); err != nil {
		return nil, err
	}
	b.tellSamples(out, live, language)
	return out, nil
}

// replay counts recorded decisions, also those of each region.
func (b *Book) replay(ctx context.Context, out *Impact, live, now *compiled, o decisionlog.ReplayOptions) error {
	old, draft, err := loadBoth(live, now, live.day)
	if err != nil {
		return err
	}
	in, err := b.o.Decisions()
	if err != nil {
		return &revision.Error{Code: revision.Unavailable, Message: "recorded decisions can't be read now", Cause: err}
	}
	defer in.Close()
	if out.Replayed, err = decisionlog.Replay(ctx, in, old, draft, o); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return &revision.Error{Code: revision.Unavailable, Message: "recorded decisions can't be read now", Cause: err}
	}
	counts := map[[3]string]int{}
	for _, r := range out.Replayed.Regions {
		counts[[3]string{r.Table, r.Old, r.New}] += r.Decisions
	}
	for i := range out.Regions {
		r := &out.Regions[i]
		r.Recorded = counts[[3]string{r.Table, r.Old, r.New}]
	}
	slices.SortStableFunc(out.Regions, func(a, b Region) int { return cmp.Compare(b.Recorded, a.Recorded) })
	return nil
}

// tellSamples puts samples into words. One that the version in force has no
// words for is left without a story.
func (b *Book) tellSamples(out *Impact, live *compiled, language string) {
	p := sentence.New(live.set, language)
	for _, s := range out.Replayed.Samples {
		x := Sample{Sample: s}
		ask := casefile.Ask{Topic: s.Topic}
		for _, name := range slices.Sorted(maps.Keys(s.Facts)) {
			// What the version in force has no word for is left out.
			_ = ask.Give(live.set.Catalogue(), name, given(live.set.Catalogue(), name, s.Facts[name]))
		}
		x.Given = ask.Context
		if topic, ok := live.set.Topic(s.Topic); ok {
			d := live.set.Decide(&ask.Facts, topic)
			x.Story = p.Story(&ask.Facts, topic, &d).String()
		}
		out.Samples = append(out.Samples, x)
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

package insights

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"math"
	"slices"
	"time"

	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/server/audit/decisionlog"
)

// window is how long before a publish decisions are replayed to predict what it
// changes.
const window = 28 * day

// Drift is what a version was to change against what came.
//
// Its numbers are rounded down to multiples of Floor before anything is made
// of them: it speaks of other days than Figures do, and taking one from the
// other must not lead to a few decisions.
type Drift struct {
	Version          Version
	Logged           bool
	Before, Since    int
	PredictedChanged Rate // of Before, those that it answers differently
	Rows             []DriftRow
}

// DriftRow is one outcome of one topic.
type DriftRow struct {
	Outcome, Topic, Label string
	Was, Predicted, Came  Rate
	Drift                 *Difference // nil where nothing was predicted, or nothing came
	Drifts                bool        // the interval of Drift leaves out 0
}

// outcomes are how topics were answered.
type outcomes map[[2]string]int // by topic and "mindset/sender"

// Drift compares what a version of a tenant was to change with what came; number
// 0 is the version in force.
func (s *Service) Drift(ctx context.Context, tenant string, number uint64, language string) (*Drift, error) {
	live, err := s.o.Rules.Version(ctx, tenant, 0)
	if err != nil {
		return nil, err
	}
	v, until := live, s.o.Now()
	if number != 0 && number != live.Number {
		if v, err = s.o.Rules.Version(ctx, tenant, number); err != nil {
			return nil, err
		}
		next, err := s.o.Rules.Version(ctx, tenant, number+1)
		if err != nil {
			return nil, err
		}
		until = next.At
	}
	out := &Drift{Version: v, Logged: s.o.Decisions != nil}
	if !out.Logged || v.Number == 0 {
		return out, nil
	}
	was, predicted, err := s.predict(ctx, tenant, &v, out)
	if err != nil {
		return nil, err
	}
	came, err := s.came(ctx, tenant, &v, until)
	if err != nil {
		return nil, err
	}
	out.compare(was, predicted, came, newWording(live.Set, language))
	return out, nil
}

// predict answers the decisions before a version by it and by the one before it.
func (s *Service) predict(ctx context.Context, tenant string, v *Version, out *Drift) (was, predicted outcomes, err error) {
	if v.Number < 2 || v.Set == nil {
		return nil, nil, nil
	}
	old, err := s.o.Rules.Version(ctx, tenant, v.Number-1)
	if err != nil || old.Set == nil {
		return nil, nil, err
	}
	in, err := s.open()
	if in == nil || err != nil {
		return nil, nil, err
	}
	defer in.Close()
	i, err := decisionlog.Replay(ctx, in, old.Set, v.Set, decisionlog.ReplayOptions{Tenant: tenant, From: v.At.Add(-window), Until: v.At.Truncate(time.Hour)})
	if err != nil {
		return nil, nil, unreadable(ctx, err)
	}
	was, predicted = outcomes{}, outcomes{}
	changed, of := 0, 0
	for _, c := range i.Cells {
		was[[2]string{c.Topic, outcomeName(c.From)}] += c.Decisions
		predicted[[2]string{c.Topic, outcomeName(c.To)}] += c.Decisions
		changed, of = changed+c.Changed, of+c.Decisions
	}
	out.PredictedChanged = NewRate(rounded(changed), rounded(of))
	return was, predicted, nil
}

// came counts what a version answered while it was in force.
func (s *Service) came(ctx context.Context, tenant string, v *Version, until time.Time) (outcomes, error) {
	in, err := s.open()
	if in == nil || err != nil {
		return nil, err
	}
	defer in.Close()
	out, from := outcomes{}, v.At.Truncate(time.Hour)
	err = eachDecision(ctx, in, func(d *decisionlog.Decision) {
		if d.Tenant == tenant && d.Schema.Revision == v.Revision && !d.Hour.Before(from) && d.Hour.Before(until) {
			out[[2]string{d.Schema.Topics[d.Topic], outcomeName(decisionlog.Outcome{Mindset: d.Mindset, Sender: d.Sender})}]++
		}
	})
	return out, err
}

// open opens the log of decisions; nil if nothing was recorded yet.
func (s *Service) open() (*decisionlog.Reader, error) {
	in, err := s.o.Decisions()
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, unreadable(context.Background(), err)
	}
	return in, nil
}

// eachDecision reads a log to its end. What is damaged is passed over; replays
// count it.
func eachDecision(ctx context.Context, in *decisionlog.Reader, f func(*decisionlog.Decision)) error {
	for {
		b, err := in.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err = cmp.Or(err, ctx.Err()); err != nil {
			return unreadable(ctx, err)
		}
		for d, err := range b.Decisions() {
			if err != nil {
				break
			}
			f(d)
		}
	}
}

func unreadable(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return &Error{Message: "recorded decisions can't be read now", Cause: err}
}

func outcomeName(o decisionlog.Outcome) string { return o.Mindset.String() + "/" + o.Sender.String() }

func rounded(n int) int { return n - n%Floor }

// round rounds all numbers and adds up the exact ones.
func (o outcomes) round() (total int) {
	for k, n := range o {
		total += n
		o[k] = rounded(n)
	}
	return rounded(total)
}

// compare puts the three side by side, what drifts most first.
func (d *Drift) compare(was, predicted, came outcomes, w *wording) {
	d.Before, d.Since = was.round(), came.round()
	predicted.round()
	all := map[[2]string]bool{}
	for _, some := range []outcomes{was, predicted, came} {
		for k, n := range some {
			if n > 0 {
				all[k] = true
			}
		}
	}
	for k := range all {
		r := DriftRow{Topic: k[0], Outcome: k[1], Label: w.topic(k[0]),
			Was: NewRate(was[k], d.Before), Predicted: NewRate(predicted[k], d.Before), Came: NewRate(came[k], d.Since)}
		r.Drift = r.Came.Less(r.Predicted)
		r.Drifts = r.Drift != nil && (r.Drift.Low > 0 || r.Drift.High < 0)
		d.Rows = append(d.Rows, r)
	}
	slices.SortFunc(d.Rows, func(a, b DriftRow) int {
		return cmp.Or(cmp.Compare(b.size(), a.size()), cmp.Compare(a.Topic, b.Topic), cmp.Compare(a.Outcome, b.Outcome))
	})
}

// size orders rows.
func (r *DriftRow) size() float64 {
	if r.Drift == nil {
		return 0
	}
	return math.Abs(r.Drift.Value)
}

// Says is what a drift means, in a sentence.
func (d *Drift) Says(language string) string {
	words := driftWords["en"]
	if text, tag := (ruleset.Words{"en": "en", "es": "es"}).In(language); text != "" {
		words = driftWords[tag]
	}
	n := 0
	for i := range d.Rows {
		if d.Rows[i].Drifts {
			n++
		}
	}
	switch {
	case !d.Logged:
		return words.notLogged
	case d.Before == 0:
		return words.noBefore
	case d.Since == 0:
		return words.noSince
	case n == 0:
		return words.asPredicted
	}
	return words.drifted(n)
}

package coherence

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/rightvoice/rightvoice/rules/casefile"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/server/drive"
)

// Voice is a side that asks one server.
type Voice struct {
	Name string // for people, as in "insurer at server 1"
	Side string // insurer or provider
	Hear func(ctx context.Context, a *drive.Asked) (drive.Heard, error)
}

// Feed tells one server what a side knows.
type Feed func(ctx context.Context, tenant, side string, news []drive.News) error

// Clock is what the servers go by. Set moves it, if it can be moved.
type Clock interface {
	Now() time.Time
	Set(t time.Time)
}

// World is what is looked at.
type World struct {
	Set      *ruleset.Set // of the content that the servers have in force
	Revision string       // its id; empty is not compared
	Voices   []Voice
	Feeds    []Feed // one for each server; members are told by all in turn
	Clock    Clock
	Tenant   string
	Prefix   string // of the members' names
}

// Options say how large a day to replay. Zero values stand for the defaults.
type Options struct {
	Members int       // 10,000
	Seed    uint64    // fixes the day
	Day     time.Time // when it begins; zero: the day ends now, by the clock of the World
	Steps   int       // 96 of a quarter of an hour
	Callers int       // how many questions may be under way at once; 8

	Patience time.Duration // how long to ask again after an event until everybody answers by it; 5 s
	Step     func(done, of int)
}

// topics are asked about: habits with benefits, a condition, money, care.
var topics = []string{"activity", "sleep", "chronic_care", "coverage", "medication"}

// Run replays the day. Its error is a server that does not answer, or a World
// that cannot be looked at; a divergence is none.
func Run(ctx context.Context, w World, o Options) (*Report, error) {
	r := &replay{World: w, Options: o.withDefaults(), report: &Report{Seed: o.Seed}, model: model{w.Set}}
	r.report.Members, r.report.Voices = r.Members, len(w.Voices)
	if err := r.prepare(); err != nil {
		return nil, err
	}
	begin := time.Now()
	for step := range r.Steps {
		if err := r.step(ctx, step); err != nil {
			return nil, err
		}
		if o.Step != nil {
			o.Step(step+1, r.Steps)
		}
	}
	r.report.Took = time.Since(begin)
	return r.report, nil
}

func (o Options) withDefaults() Options {
	set := func(n *int, to int) {
		if *n == 0 {
			*n = to
		}
	}
	set(&o.Members, 10_000)
	set(&o.Steps, 96)
	set(&o.Callers, 8)
	if o.Patience == 0 {
		o.Patience = 5 * time.Second
	}
	return o
}

// replay is a day under way.
type replay struct {
	World
	Options
	model   model
	topics  []uint16
	members []member
	due     [][]int // by step: members told of something, once for each event

	report  *Report
	heard   sync.Map // what was heard in this step, by moment
	mu      sync.Mutex
	failure error
}

// member is what is told about one member. Its version is how many events of
// its story have been told.
type member struct {
	mu          sync.Mutex
	story       []event
	sent, acked int
}

func (r *replay) prepare() error {
	if len(r.Voices) < 2 || len(r.Feeds) == 0 || r.Set == nil || r.Clock == nil {
		return errors.New("it takes two voices, a feed, a clock and the rules")
	}
	if r.Day.IsZero() {
		r.Day = r.Clock.Now().Add(-aDay)
	}
	for _, name := range topics {
		id, ok := r.Set.Topic(name)
		if !ok {
			return fmt.Errorf("the rules know no topic %s", name)
		}
		r.topics = append(r.topics, id)
	}
	r.members, r.due = make([]member, r.Members), make([][]int, r.Steps)
	for i := range r.members {
		m := &r.members[i]
		m.story = story(r.Seed, i)
		for j := range m.story {
			step := int(m.story[j].told * time.Duration(r.Steps) / aDay)
			r.due[step] = append(r.due[step], i)
		}
		if err := r.model.check(m.story); err != nil {
			return err
		}
	}
	return nil
}

// step tells what is due while questions are asked, and waits for all of it.
func (r *replay) step(ctx context.Context, step int) error {
	r.Clock.Set(r.Day.Add(aDay * time.Duration(step+1) / time.Duration(r.Steps)))
	r.heard.Clear()
	var all sync.WaitGroup
	due := r.byFeeder(step)
	for feeder := range due {
		all.Go(func() { r.feed(ctx, due[feeder], feeder) })
	}
	questions := r.questions(step)
	for caller := range r.Callers {
		all.Go(func() {
			for i := caller; i < len(questions) && r.going(ctx); i += r.Callers {
				r.askAll(ctx, questions[i])
			}
		})
	}
	all.Wait()
	return errors.Join(r.failure, ctx.Err())
}

func (r *replay) going(ctx context.Context) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.failure == nil && ctx.Err() == nil
}

func (r *replay) fail(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.failure == nil {
		r.failure = err
	}
}

// question is a topic to ask about a member.
type question struct {
	member int
	topic  uint16
}

// questions are about every member who is told of something in this step, and
// about a share of the others, so that each is asked about twice a day.
func (r *replay) questions(step int) []question {
	random := rand.New(rand.NewPCG(r.Seed^0x9e3779b97f4a7c15, uint64(step)))
	var all []question
	add := func(member int) { all = append(all, question{member, r.topics[random.IntN(len(r.topics))]}) }
	for _, m := range r.due[step] {
		add(m)
	}
	for range 2 * r.Members / r.Steps {
		add(random.IntN(r.Members))
	}
	random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}

// askAll asks one question with every voice, one after the other.
func (r *replay) askAll(ctx context.Context, q question) {
	for v := range r.Voices {
		if !r.going(ctx) {
			return
		}
		r.ask(ctx, q, v)
	}
}

// ask asks with one voice and looks at the answer. It reports whether the answer
// follows from all that was told.
func (r *replay) ask(ctx context.Context, q question, voice int) bool {
	m, v := &r.members[q.member], &r.Voices[voice]
	m.mu.Lock()
	known := m.acked
	m.mu.Unlock()
	before := r.Clock.Now()
	a := &drive.Asked{Tenant: r.Tenant, Member: r.name(q.member), Ask: casefile.Ask{Topic: r.Set.Topics()[q.topic].ID, Asker: v.Side}}
	begin := time.Now()
	h, err := v.Hear(ctx, a)
	took := time.Since(begin)
	after := r.Clock.Now()
	if err == nil && (len(h.Said) != 1 || r.Revision != "" && h.Revision != r.Revision) {
		err = fmt.Errorf("%s answers by other rules than those named", v.Name)
	}
	if err != nil {
		r.fail(fmt.Errorf("%s: %w", v.Name, err))
		return false
	}
	m.mu.Lock()
	sent := m.sent
	m.mu.Unlock()
	return r.look(q, voice, &h, window{known, sent, before, after, took})
}

func (r *replay) name(member int) string { return fmt.Sprintf("%s-%d", r.Prefix, member) }

package coherence

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"sync"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/casefile"
	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/server/drive"
)

var day = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)

var rules = sync.OnceValue(func() *ruleset.Set {
	set, _ := ruleset.Load(content.Default(), day)
	return set
})

// stage is a made-up pair of servers, faithful until it is told otherwise.
type stage struct {
	mu    sync.Mutex
	now   time.Time
	told  map[string][]event
	acked map[string]time.Time

	stale     time.Duration        // server 1 answers so long by what it knew before an event
	otherIDs  bool                 // the provider gets ids of its own
	lies      func(voice int) bool // who is told the wrong sender
	forgetful bool                 // nothing ends
	lost      bool                 // nobody answers
}

func (s *stage) Now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

func (s *stage) Set(t time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = t
}

func (s *stage) tell(_ context.Context, _, _ string, news []drive.News) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, n := range news {
		s.told[n.Member] = append(s.told[n.Member], event{asOf: n.AsOf.Sub(day), source: n.Source, facts: n.Facts, retract: n.Retract})
		s.acked[n.Member] = time.Now()
	}
	return nil
}

func (s *stage) voice(server int, side string) Voice {
	voice := 2*server + map[string]int{"insurer": 0, "provider": 1}[side]
	return Voice{Name: fmt.Sprintf("the %s at server %d", side, server+1), Side: side, Hear: func(_ context.Context, a *drive.Asked) (drive.Heard, error) {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.lost {
			return drive.Heard{}, errors.New("nobody is there")
		}
		told := s.told[a.Member]
		if server == 1 && time.Since(s.acked[a.Member]) < s.stale {
			told = told[:max(len(told)-1, 0)]
		}
		m, now := model{rules()}, s.now
		if s.forgetful {
			now = day
		}
		topic, _ := rules().Topic(a.Topic)
		f := m.facts(told, day, now)
		said := m.answer(&f, topic)
		if s.lies != nil && s.lies(voice) {
			said.Sender = "nobody at all"
		}
		id := fmt.Sprint(a.Member, a.Topic, f)
		if s.otherIDs && side == "provider" {
			id += "'"
		}
		return drive.Heard{Decision: id, Said: []drive.Said{said}, Shared: true}, nil
	}}
}

func (s *stage) run(t *testing.T, o Options) (*Report, error) {
	t.Helper()
	s.told, s.acked = map[string][]event{}, map[string]time.Time{}
	w := World{Set: rules(), Clock: s, Tenant: "t", Prefix: "m", Feeds: []Feed{s.tell},
		Voices: []Voice{s.voice(0, "insurer"), s.voice(0, "provider"), s.voice(1, "insurer"), s.voice(1, "provider")}}
	o.Members, o.Steps, o.Day = 60, 12, day
	return Run(t.Context(), w, o)
}

func TestAFaithfulPairDoesNotDiverge(t *testing.T) {
	steps := 0
	r, err := (&stage{}).run(t, Options{Seed: 7, Step: func(done, of int) { steps = done * 100 / of }})
	if err != nil {
		t.Fatal(err)
	}
	if r.Divergences() != 0 || len(r.Examples) != 0 {
		t.Errorf("%d divergences: %v", r.Divergences(), r.Examples)
	}
	if r.Events < 150 || r.Again == 0 || r.Late == 0 || r.Answers < 4*r.Events || r.Staleness.Count() < 50 || r.Alone != 0 || steps != 100 {
		t.Errorf("too little happened: %+v", r)
	}
}

// TestEveryKindOfDivergenceIsSeen breaks the pair in one way at a time.
func TestEveryKindOfDivergenceIsSeen(t *testing.T) {
	for name, try := range map[string]struct {
		stage *stage
		seen  func(r *Report) bool
	}{
		"a server that is late":         {&stage{stale: 20 * time.Millisecond}, func(r *Report) bool { return r.Wrong > 0 && r.Staleness.Max() >= 20*time.Millisecond }},
		"decisions that differ":         {&stage{otherIDs: true}, func(r *Report) bool { return r.Decisions > 0 && r.Wrong == 0 && r.Senders == 0 }},
		"one who hears another voice":   {&stage{lies: func(v int) bool { return v == 3 }}, func(r *Report) bool { return r.Senders > 0 && r.Wrong > 0 }},
		"all of them wrong alike":       {&stage{lies: func(int) bool { return true }}, func(r *Report) bool { return r.Wrong > 0 && r.Senders == 0 }},
		"servers on which nothing ends": {&stage{forgetful: true}, func(r *Report) bool { return r.Wrong > 0 }},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := try.stage.run(t, Options{Seed: 7, Patience: 30 * time.Millisecond})
			if err != nil {
				t.Fatal(err)
			}
			if !try.seen(r) || len(r.Examples) == 0 {
				t.Errorf("wrong %d, senders %d, decisions %d, staleness %s, %v", r.Wrong, r.Senders, r.Decisions, r.Staleness.Max(), r.Examples)
			}
		})
	}
}

func TestAnErrorIsNoDivergence(t *testing.T) {
	if r, err := (&stage{lost: true}).run(t, Options{}); err == nil || r != nil {
		t.Errorf("%+v, %v", r, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s := &stage{told: map[string][]event{}, acked: map[string]time.Time{}}
	w := World{Set: rules(), Clock: s, Feeds: []Feed{s.tell}, Voices: []Voice{s.voice(0, "insurer"), s.voice(1, "insurer")}}
	if _, err := Run(ctx, w, Options{Members: 10, Steps: 2, Day: day}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if _, err := Run(t.Context(), World{}, Options{}); err == nil {
		t.Error("an empty world was looked at")
	}
	w.Revision = "r-0"
	if _, err := Run(t.Context(), w, Options{Members: 10, Steps: 2, Day: day}); err == nil {
		t.Error("answers by other rules were taken")
	}
}

// TestADayIsFixedByItsSeed: the same seed is the same day, another one is not.
func TestADayIsFixedByItsSeed(t *testing.T) {
	differ := 0
	for member := range 200 {
		one, again, other := story(1, member), story(1, member), story(2, member)
		if !reflect.DeepEqual(one, again) {
			t.Fatalf("member %d has two days", member)
		}
		if !reflect.DeepEqual(one, other) {
			differ++
		}
		for i, e := range one {
			if e.told < 0 || e.told >= aDay || e.asOf > e.told || e.side == "" || e.source == "" || len(e.facts)+len(e.retract) == 0 || i > 0 && e.told < one[i-1].told {
				t.Fatalf("member %d: %+v", member, e)
			}
		}
	}
	if differ < 190 {
		t.Errorf("only %d of 200 members have another day with another seed", differ)
	}
}

// TestTheModel holds the rules of memory by hand.
func TestTheModel(t *testing.T) {
	given := func(name string, v any) []casefile.Given { return []casefile.Given{{Name: name, Value: v}} }
	at := func(h float64) time.Duration { return time.Duration(h * float64(time.Hour)) }
	told := []event{
		{asOf: at(1), source: "adt", facts: given("encounter_class_now", "EMER")}, // counts for 4 hours
		{asOf: at(3), source: "adt", facts: given("hours_since_acute_care", int64(2))},
		{asOf: at(6), source: "claims", facts: given("acute_dx_active", true)},
		{asOf: at(5), source: "ehr", facts: given("acute_dx_active", false)}, // older, told later
		{asOf: at(8), source: "claims", retract: []string{"acute_dx_active"}},
	}
	c := rules().Catalogue()
	emergency, _ := c.Value(fact.EncounterClassNow, "EMER")
	for _, try := range []struct {
		events int
		hour   float64
		id     fact.ID
		known  bool
		raw    int64
	}{
		{1, 4.9, fact.EncounterClassNow, true, int64(emergency)},
		{1, 5, fact.EncounterClassNow, false, 0},
		{2, 3, fact.HoursSinceAcuteCare, true, 2},
		{2, 4.9, fact.HoursSinceAcuteCare, true, 3},
		{2, 26.9, fact.HoursSinceAcuteCare, true, 25},
		{2, 27, fact.HoursSinceAcuteCare, true, 26}, // a moment does not grow old
		{2, 1 + 8784, fact.HoursSinceAcuteCare, true, 8784},
		{2, 1 + 8785, fact.HoursSinceAcuteCare, false, 0},
		{3, 7, fact.AcuteDxActive, true, 1},
		{4, 7, fact.AcuteDxActive, true, 1},
		{5, 9, fact.AcuteDxActive, false, 0},
	} {
		f := (&model{rules()}).facts(told[:try.events], day, day.Add(at(try.hour)))
		if f.Known(try.id) != try.known || try.known && f.Raw(try.id) != try.raw {
			t.Errorf("%+v: known %t, %d", try, f.Known(try.id), f.Raw(try.id))
		}
	}
	for _, bad := range []event{{facts: given("nonsense", true)}, {facts: given("encounter_class_now", "nonsense")}, {facts: given("chronic_dx", []string{"nonsense"})},
		{facts: given("bmi", 1.5)}, {retract: []string{"nonsense"}}} {
		if (&model{rules()}).check([]event{bad}) == nil {
			t.Errorf("%+v is taken", bad)
		}
	}
}

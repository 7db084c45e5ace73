package recommend

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/server/memory"
)

// spy counts what reaches a store.
type spy struct {
	Store
	claims, replaces, batches int
	records                   []memory.Record
	down                      bool
	forge                     func(*memory.Entry)
	assumed                   memory.Assumed // instead of what the store knows, if it is Fed
}

func (s *spy) Assume(tenant, member string) memory.Assumed {
	if s.assumed.Fed {
		return s.assumed
	}
	return s.Store.Assume(tenant, member)
}

func (s *spy) RecordFacts(ctx context.Context, tenant string, told []memory.Told) error {
	return s.Store.(interface {
		RecordFacts(context.Context, string, []memory.Told) error
	}).RecordFacts(ctx, tenant, told)
}

func (s *spy) Claim(ctx context.Context, c memory.Claim) memory.Claimed {
	switch {
	case c.Replace:
		s.replaces++
	default:
		s.claims++
	}
	if s.down {
		return memory.Claimed{Entry: c.Fresh, Status: memory.Unavailable}
	}
	if s.forge != nil {
		s.forge(&c.Fresh)
		return memory.Claimed{Entry: c.Fresh, Status: memory.Hit, Age: time.Second}
	}
	return s.Store.Claim(ctx, c)
}

func (s *spy) ClaimAll(ctx context.Context, all []memory.Claim) []memory.Claimed {
	s.batches++
	return s.Store.ClaimAll(ctx, all)
}

func (s *spy) Record(r memory.Record) bool {
	s.records = append(s.records, r)
	return s.Store.Record(r)
}

func (s *spy) GetDecision(ctx context.Context, tenant, id string) (memory.Record, error) {
	if s.down {
		return memory.Record{}, memory.ErrUnavailable
	}
	return s.Store.GetDecision(ctx, tenant, id)
}

func TestBothSidesGetOneDecision(t *testing.T) {
	store := &spy{Store: local(t)}
	s := serving(t, Options{Store: store})
	ask := func(asker Asker, more ...any) *Answer {
		return answer(t, s, about(t, s, "activity", Request{Asker: asker, MemberRef: "m1", Facts: gym(t, s, more...)}))
	}
	insurer, provider := ask(Insurer), ask(Provider)
	if insurer.ID != provider.ID || insurer.Cache.Status != CacheMiss || provider.Cache.Status != CacheHit {
		t.Errorf("%s\n%s", inJSON(t, insurer), inJSON(t, provider))
	}
	if adviceIDs(&insurer.Recommendations[0]) != "gym" || len(provider.Recommendations[0].Advice) != 0 || provider.Recommendations[0].Handoff == "" {
		t.Errorf("%s\n%s", inJSON(t, insurer), inJSON(t, provider))
	}
	if same := ask(Provider, "local_hour", 7, "age_years", 50); same.ID != insurer.ID {
		t.Error("facts that no rule of the topic reads made another decision")
	}
	if other := ask(Provider, "hours_since_acute_care", 24); other.ID == insurer.ID || other.Cache.Status != CacheMiss {
		t.Error("other facts did not make another decision")
	}
	if len(store.records) != 2 {
		t.Errorf("%d records, want one for each decision", len(store.records))
	}
	anybody := answer(t, s, about(t, s, "activity", Request{Facts: gym(t, s)}))
	if anybody.Cache.Status != CacheBypass || store.claims != 4 || len(store.records) != 2 {
		t.Error("a question about nobody in particular reached the store")
	}
}

func TestPolicyIsReadLiveAfterSharing(t *testing.T) {
	s := serving(t, Options{Store: local(t)})
	ask := func(more ...any) *Answer {
		return answer(t, s, about(t, s, "activity", Request{Asker: Insurer, MemberRef: "m1", Facts: gym(t, s, more...)}))
	}
	first, second := ask(), ask("opt_out_topics", "activity")
	if first.ID != second.ID || len(second.Recommendations[0].Advice) != 0 || second.Recommendations[0].Suppressed[0].Code.String() != "OPTED_OUT" {
		t.Errorf("%s", inJSON(t, second))
	}
	if third := ask(); adviceIDs(&third.Recommendations[0]) != "gym" {
		t.Errorf("an opt-out stuck to the shared decision: %s", inJSON(t, third))
	}
}

func TestFreshGivesBothSidesANewDecision(t *testing.T) {
	s := serving(t, Options{Store: local(t)})
	ask := func(asker Asker, c Consistency) *Answer {
		return answer(t, s, about(t, s, "activity", Request{Asker: asker, MemberRef: "m1", Facts: gym(t, s), Consistency: c}))
	}
	first, fresh, after := ask(Insurer, Cached), ask(Provider, Fresh), ask(Insurer, Cached)
	if fresh.ID == first.ID || fresh.Cache.Status != CacheBypass || after.ID != fresh.ID || after.Cache.Status != CacheHit {
		t.Errorf("%s\n%s\n%s", inJSON(t, first), inJSON(t, fresh), inJSON(t, after))
	}
	if first.Recommendations[0].Sender != fresh.Recommendations[0].Sender {
		t.Error("two voices")
	}
}

func TestAStoreThatIsDownChangesNoAnswer(t *testing.T) {
	store := &spy{Store: local(t), down: true}
	s := serving(t, Options{Store: store})
	for _, c := range []Consistency{Cached, Fresh} {
		a := answer(t, s, about(t, s, "activity", Request{Asker: Insurer, MemberRef: "m1", Facts: gym(t, s), Consistency: c}))
		if a.Cache.Status != CacheUnavailable || adviceIDs(&a.Recommendations[0]) != "gym" {
			t.Errorf("%s", inJSON(t, a))
		}
	}
	_, err := s.GetDecision(context.Background(), DecisionQuery{DecisionID: "x"})
	if e := new(Error); !errors.As(err, &e) || e.Code != Unavailable {
		t.Errorf("%v", err)
	}
}

// TestTheFirstWordStands: a server of another version may have decided
// otherwise under the same revision; both sides still hear one voice.
func TestTheFirstWordStands(t *testing.T) {
	store := &spy{Store: local(t), forge: func(e *memory.Entry) {
		e.DecisionID = "first"
		e.Recommendations[0].Sender, e.Recommendations[0].Advice = "nobody", nil
	}}
	s := serving(t, Options{Store: store})
	r := Request{Asker: Insurer, MemberRef: "m1", Facts: gym(t, s)}
	if a := answer(t, s, about(t, s, "activity", r)); a.ID != "first" || a.Recommendations[0].Sender.String() != "nobody" || len(a.Recommendations[0].Advice) != 0 {
		t.Errorf("%s", inJSON(t, a))
	}
	store.forge = func(e *memory.Entry) { e.Recommendations[0].Advice = []string{"unheard_of"} }
	if a := answer(t, s, about(t, s, "activity", r)); adviceIDs(&a.Recommendations[0]) != "gym" {
		t.Errorf("an entry that names what is not here was taken over: %s", inJSON(t, a))
	}
}

func TestBatch(t *testing.T) {
	store := &spy{Store: local(t)}
	s := serving(t, Options{Store: store})
	good := func(asker Asker) *Request {
		return about(t, s, "activity", Request{Asker: asker, MemberRef: "m1", Facts: gym(t, s)})
	}
	fresh := good(Insurer)
	fresh.Consistency = Fresh
	flagged := about(t, s, "activity", Request{Asker: Insurer, MemberRef: "m1", Facts: known(t, s, "text_red_flag", "stroke")})
	out := s.Batch(context.Background(), allOf(s.Current(""), good(Insurer), &Request{Asker: NotSaid}, good(Provider), flagged, about(t, s, "sleep", Request{}), fresh))
	if len(out) != 6 || out[1].Err == nil || out[1].Answer != nil {
		t.Fatalf("%+v", out)
	}
	for _, i := range []int{0, 2, 3, 4, 5} {
		if out[i].Err != nil || len(out[i].Answer.Recommendations) == 0 {
			t.Errorf("%d: %+v", i, out[i])
		}
	}
	if out[0].Answer.ID != out[2].Answer.ID || out[3].Answer.Recommendations[0].Sender.String() != "safety" || out[5].Answer.Cache.Status != CacheBypass {
		t.Errorf("%s", inJSON(t, out))
	}
	if store.batches != 1 || store.claims != 0 || store.replaces != 0 {
		t.Errorf("%d batches, %d claims, %d replaces", store.batches, store.claims, store.replaces)
	}
}

func TestARevisionInForceReplacesNoneOnItsWay(t *testing.T) {
	s := serving(t, Options{Store: local(t)})
	old := s.Current("")
	next := *old
	next.id = "r-next"
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range 200 {
				snap := s.Current("")
				a, err := s.Recommend(context.Background(), snap, &Request{Asker: Insurer, MemberRef: "m1"})
				if err != nil || a.Revision != snap.ID() {
					t.Errorf("%v %v", a, err)
				}
			}
		}()
	}
	s.Use("", &next)
	s.Use("", old)
	s.Use("", &next)
	wg.Wait()
	if err := s.Reached(context.Background(), "", old.ID()); err != nil {
		t.Errorf("a revision that came before is asked for in vain: %v", err)
	}
	if snap, err := s.Revision("", old.ID()); err != nil || snap.ID() != old.ID() {
		t.Errorf("%v", err)
	}
	if _, err := s.Revision("", "r-unheard"); err == nil {
		t.Error("a revision that never was is here")
	}
}

func allOf(snap *Snapshot, requests ...*Request) (out []Asked) {
	for _, r := range requests {
		out = append(out, Asked{snap, r})
	}
	return out
}

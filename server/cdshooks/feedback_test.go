package cdshooks

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rightvoice/rightvoice/server/recommend"
)

// told is a listener that notes what it is told.
type told struct {
	all  []recommend.Feedback
	seen map[recommend.Feedback]bool
	err  error
}

func (l *told) RecordFeedback(_ context.Context, f recommend.Feedback) (bool, error) {
	l.all = append(l.all, f)
	first := !l.seen[f]
	l.seen[f] = true
	return first, l.err
}

var at = today.Format(time.RFC3339)

func fed(card, outcome string, more ...any) m {
	f := m{"card": card, "outcome": outcome, "outcomeTimestamp": at}
	for i := 0; i < len(more); i += 2 {
		f[more[i].(string)] = more[i+1]
	}
	return f
}

func (b *bench) feed(entries ...m) *httptest.ResponseRecorder {
	return b.send("POST", Path+"/patient-view/feedback", m{"feedback": entries})
}

func overrides(code string) m {
	return m{"reason": m{"code": code, "system": "https://any.example"}, "userComment": "canary"}
}

func TestFeedbackReachesTheDecision(t *testing.T) {
	listener := &told{seen: map[recommend.Feedback]bool{}}
	b := newBench(t, func(o *Options) { o.Listener = listener })
	id := uuid.NewString()
	for _, try := range []struct {
		entry m
		want  recommend.Feedback
	}{
		{fed(id, "accepted", "acceptedSuggestions", []m{{"id": "s"}}), recommend.Feedback{Outcome: recommend.Accepted}},
		{fed(id, "overridden"), recommend.Feedback{Outcome: recommend.Overridden, Reason: "not_given"}},
		{fed(id, "overridden", "overrideReason", m{"userComment": "canary"}), recommend.Feedback{Outcome: recommend.Overridden, Reason: "not_given"}},
		{fed(id, "overridden", "overrideReason", overrides("fact_is_wrong")), recommend.Feedback{Outcome: recommend.Overridden, Reason: "fact_is_wrong"}},
		{fed(id, "overridden", "overrideReason", overrides("canary")), recommend.Feedback{Outcome: recommend.Overridden, Reason: "other"}},
	} {
		listener.all = nil
		try.want.DecisionID, try.want.Asker, try.want.At = id, recommend.Provider, today
		if w := b.feed(try.entry); w.Code != http.StatusOK || w.Body.Len() != 0 || len(listener.all) != 1 || listener.all[0] != try.want {
			t.Errorf("%v: %d %s %+v", try.entry, w.Code, w.Body, listener.all)
		}
	}
	if strings.Contains(b.log.String()+fmt.Sprint(listener.all), "canary") {
		t.Error("a comment was kept")
	}
}

func TestFeedbackOnCards(t *testing.T) {
	b := newBench(t, nil)
	c := only(t, b.invoke(t, call("encounter-discharge", nil)))
	accepted := fed(c.UUID, "accepted", "acceptedSuggestions", []m{{"id": c.Suggestions[0].UUID}})
	for range 3 { // a client may tell the same several times
		if w := b.feed(accepted, accepted); w.Code != http.StatusOK {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
	}
	for _, code := range c.OverrideReasons {
		if w := b.feed(fed(c.UUID, "overridden", "overrideReason", m{"reason": m{"code": code.Code, "display": code.Display}})); w.Code != http.StatusOK {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	}
	unknown := []m{fed(uuid.NewString(), "overridden"), fed("no-uuid-at-all", "overridden"), fed("01890a5d-ac96-774b-bcce-b302099a8057", "overridden")}
	if w := b.feed(unknown...); w.Code != http.StatusOK {
		t.Errorf("cards nobody knows: %d %s", w.Code, w.Body)
	}
	scrape := httptest.NewRecorder()
	b.tel.Handler().ServeHTTP(scrape, httptest.NewRequest("GET", "/metrics", nil))
	for outcome, n := range map[string]int{fedAccepted: 1, fedRepeated: 5, fedOverridden: 3, fedUnknown: 3, fedRefused: 0} {
		if want := fmt.Sprintf("rightvoice_cds_feedback_total{outcome=%q} %d\n", outcome, n); !strings.Contains(scrape.Body.String(), want) {
			t.Errorf("no %s", want)
		}
	}
}

// TestFeedbackOfATimeThatCantBe: the rules for when something happened are those
// of the other transports.
func TestFeedbackOfATimeThatCantBe(t *testing.T) {
	b := newBench(t, nil)
	card := only(t, b.invoke(t, call("encounter-discharge", nil))).UUID
	for name, try := range map[string]struct {
		at     time.Time
		fields string
	}{
		"now":                     {today, ""},
		"in another zone":         {today.In(time.FixedZone("", -5*60*60)), ""},
		"a clock a little fast":   {today.Add(4 * time.Minute), ""},
		"a clock a little slow":   {today.Add(-4 * time.Minute), ""},
		"a clock from the future": {today.Add(6 * time.Minute), "feedback[0].outcomeTimestamp"},
		"before the card was":     {today.Add(-6 * time.Minute), "feedback[0].outcomeTimestamp"},
		"long before":             {today.AddDate(-1, 0, 0), "feedback[0].outcomeTimestamp"},
	} {
		w := b.feed(fed(card, "overridden", "outcomeTimestamp", try.at.Format(time.RFC3339)), fed(card, "overridden"))
		if try.fields == "" {
			if w.Code != http.StatusOK {
				t.Errorf("%s: %d %s", name, w.Code, w.Body)
			}
			continue
		}
		if reason, fields := refusal(t, w); w.Code != http.StatusBadRequest || reason != "INVALID_ARGUMENT" || fields != try.fields {
			t.Errorf("%s: %d %s [%s]", name, w.Code, reason, fields)
		}
	}
}

func TestOneBadEntryDoesNotSpoilTheOthers(t *testing.T) {
	listener := &told{seen: map[recommend.Feedback]bool{}}
	b := newBench(t, func(o *Options) { o.Listener = listener })
	one, two := uuid.NewString(), uuid.NewString()
	w := b.feed(fed(one, "overridden"), fed(one, "ignored"), fed(two, "overridden"))
	reason, fields := refusal(t, w)
	if w.Code != http.StatusBadRequest || reason != "INVALID_ARGUMENT" || fields != "feedback[1].outcome" {
		t.Errorf("%d %s [%s]", w.Code, reason, fields)
	}
	if len(listener.all) != 2 || listener.all[0].DecisionID != one || listener.all[1].DecisionID != two {
		t.Errorf("recorded: %+v", listener.all)
	}
}

func TestFeedbackThatDoesNotConform(t *testing.T) {
	b := newBench(t, nil)
	id := uuid.NewString()
	for name, try := range map[string]struct {
		body   any
		fields string
	}{
		"no list":             {m{}, "feedback"},
		"no array":            {m{"feedback": m{}}, "feedback"},
		"more beside":         {m{"feedback": []m{}, "canary": 1}, "canary"},
		"too many":            {m{"feedback": make([]m, maxFeedback+1)}, "feedback"},
		"no object":           {m{"feedback": []int{7}}, "feedback[0]"},
		"no card":             {m{"feedback": []m{{"outcome": "overridden", "outcomeTimestamp": at}}}, "feedback[0].card"},
		"no outcome":          {m{"feedback": []m{{"card": id, "outcomeTimestamp": at}}}, "feedback[0].outcome"},
		"no time":             {m{"feedback": []m{{"card": id, "outcome": "overridden"}}}, "feedback[0].outcomeTimestamp"},
		"a day":               {m{"feedback": []m{fed(id, "overridden", "outcomeTimestamp", "2026-03-01")}}, "feedback[0].outcomeTimestamp"},
		"accepted nothing":    {m{"feedback": []m{fed(id, "accepted")}}, "feedback[0].acceptedSuggestions"},
		"accepted no list":    {m{"feedback": []m{fed(id, "accepted", "acceptedSuggestions", []m{})}}, "feedback[0].acceptedSuggestions"},
		"accepted without id": {m{"feedback": []m{fed(id, "accepted", "acceptedSuggestions", []m{{}})}}, "feedback[0].acceptedSuggestions[0].id"},
		"reason without code": {m{"feedback": []m{fed(id, "overridden", "overrideReason", m{"reason": m{"display": "x"}})}}, "feedback[0].overrideReason.reason.code"},
	} {
		w := b.send("POST", Path+"/patient-view/feedback", try.body)
		reason, fields := refusal(t, w)
		if w.Code != http.StatusBadRequest || reason != "INVALID_ARGUMENT" || fields != try.fields {
			t.Errorf("%s: %d %s [%s], want [%s]", name, w.Code, reason, fields, try.fields)
		}
	}
}

func TestFeedbackThatCantBeKept(t *testing.T) {
	for name, try := range map[string]struct {
		err  error
		want int
	}{
		"memory away":  {&recommend.Error{Code: recommend.Unavailable}, http.StatusServiceUnavailable},
		"an old card":  {&recommend.Error{Code: recommend.Expired}, http.StatusOK},
		"an odd error": {errors.New("canary"), http.StatusInternalServerError},
	} {
		b := newBench(t, func(o *Options) { o.Listener = &told{seen: map[recommend.Feedback]bool{}, err: try.err} })
		w := b.feed(fed(uuid.NewString(), "overridden"))
		if w.Code != try.want || strings.Contains(w.Body.String()+b.log.String(), "canary") {
			t.Errorf("%s: %d %s %s", name, w.Code, w.Body, b.log)
		}
	}
}

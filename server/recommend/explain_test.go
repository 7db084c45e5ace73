package recommend

import (
	"context"
	"strings"
	"testing"
	"time"
)

func explained(t *testing.T, s *Service, r *ExplainRequest) *Explanation {
	t.Helper()
	e, err := s.Explain(context.Background(), s.Current(""), r)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestExplainTellsWhatWouldHaveToChange(t *testing.T) {
	store := &spy{Store: local(t)}
	s := serving(t, Options{Store: store})
	e := explained(t, s, &ExplainRequest{Request: *about(t, s, "activity", Request{MemberRef: "m1", Facts: known(t, s, "coverage_status", "cancelled")})})
	var near *RowTrace
	decided := map[string]int{}
	for i := range e.Topics[0].Rows {
		r := &e.Topics[0].Rows[i]
		if r.Verdict == Decided {
			decided[r.Table]++
		}
		if r.RuleID == "benefit-for-this-topic" {
			near = r
		}
		if r.Sentence == "" || r.Outcome == "" {
			t.Errorf("a row without words: %+v", r)
		}
		if (r.Verdict == Almost) != (r.Failed != "" && r.Needs != "") {
			t.Errorf("what failed is told of rows that almost fitted: %+v", r)
		}
	}
	if decided["mindset"] != 1 || decided["sender"] != 1 {
		t.Errorf("rows that decided: %v", decided)
	}
	if near == nil || near.Verdict != Almost || !strings.Contains(near.Needs, "benefit") {
		t.Errorf("the rule that almost let the insurer speak: %+v", near)
	}
	if len(e.FactsRead) == 0 || e.FactsRead[0].Name != "coverage_status" || !e.FactsRead[0].Known || e.FactsRead[0].Value == "" {
		t.Errorf("%+v", e.FactsRead)
	}
	if store.claims+store.replaces+store.batches+len(store.records) != 0 {
		t.Error("an explanation reached the store")
	}
}

func TestExplainAgreesWithRecommend(t *testing.T) {
	s := serving(t, Options{})
	for _, text := range []string{"my knee hurts, is PT covered?", "I have chest pain", "how do I quit smoking", ""} {
		f := gym(t, s)
		a := answer(t, s, about(t, s, "", Request{Text: text, Facts: f}))
		e := explained(t, s, &ExplainRequest{Request: *about(t, s, "", Request{Text: text, Facts: f})})
		if inJSON(t, a.Recommendations) != inJSON(t, e.Recommendations) || inJSON(t, a.NeededFacts) != inJSON(t, e.NeededFacts) {
			t.Errorf("%q: %s\n%s", text, inJSON(t, a), inJSON(t, e))
		}
		if len(e.Topics) != len(e.Recommendations) {
			t.Errorf("%q: %d traces of %d recommendations", text, len(e.Topics), len(e.Recommendations))
		}
	}
}

func TestExplainAtAnotherTime(t *testing.T) {
	s := serving(t, Options{})
	then := moment.Add(-30 * 24 * time.Hour)
	e := explained(t, s, &ExplainRequest{Request: *about(t, s, "activity", Request{Facts: gym(t, s, "direction", "outbound", "local_hour", 23)}), Now: then})
	if e.At != then || e.Recommendations[0].Suppressed[0].RetryAt.Sub(then.Truncate(time.Hour)) != 9*time.Hour {
		t.Errorf("%s", inJSON(t, e))
	}
}

func TestExplainNamesChoiceAndSafety(t *testing.T) {
	s := serving(t, Options{})
	e := explained(t, s, &ExplainRequest{Request: *about(t, s, "activity", Request{Facts: gym(t, s, "member_choice", "patient")})})
	if r := e.Topics[0].Rows[0]; r.Code.String() != "MEMBER_CHOICE" || r.Verdict != Decided || r.Outcome != "patient" {
		t.Errorf("%+v", r)
	}
	e = explained(t, s, &ExplainRequest{Request: *about(t, s, "activity", Request{Facts: known(t, s, "text_red_flag", "stroke")})})
	if r := e.Topics[0].Rows[0]; r.Table != "safety" || r.RuleID != "emergency_911" || len(e.Topics[0].Rows) != 1 || e.FactsRead[0].Name != "text_red_flag" {
		t.Errorf("%+v", e)
	}
}

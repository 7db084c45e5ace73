package cdshooks

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/rightvoice/rightvoice/server/cdshooks/cdstest"
)

const examples = "cds_hooks_examples/"

// parseExample checks a document of the specification as a call on its hook.
func parseExample(t *testing.T, data []byte) error {
	t.Helper()
	_, err := parseRequest(data, findHook("patient-view"))
	return err
}

func TestTheSpecificationsRequests(t *testing.T) {
	for _, name := range []string{"spec-02-request.json", "quickstart-03-request.json"} {
		if err := parseExample(t, reference(t, examples+name)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	err := parseExample(t, reference(t, examples+"spec-07-request.json"))
	if err == nil || err.Error() != "context.patientId: is required" {
		t.Errorf("a fragment without patient: %v", err)
	}
}

// TestTheSpecificationsRequestsAreAnswered sends them to the service. What they
// prefetch was asked for by another, so that what this one needs is missing.
func TestTheSpecificationsRequestsAreAnswered(t *testing.T) {
	b := newBench(t, nil)
	for _, name := range []string{"spec-02-request.json", "quickstart-03-request.json"} {
		var body m
		if err := json.Unmarshal(reference(t, examples+name), &body); err != nil {
			t.Fatal(err)
		}
		if w := b.send("POST", Path+"/patient-view", body); w.Code != http.StatusPreconditionFailed {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
		p := body["prefetch"].(m)
		p["encounters"], p["conditions"] = nil, nil
		b.invoke(t, body)
	}
}

func TestTheSpecificationsContexts(t *testing.T) {
	b := newBench(t, nil)
	for _, h := range hooks {
		var body m
		if err := json.Unmarshal(reference(t, examples+"hook-"+h.name+"-01-context.json"), &body); err != nil {
			t.Fatal(err)
		}
		body["hook"], body["hookInstance"], body["prefetch"] = h.name, instance, m{"encounters": nil, "conditions": nil}
		cards := b.invoke(t, body)
		switch h.name {
		case "encounter-discharge":
			expect(t, "the card", only(t, cards).Summary, "Speak as provider")
		case "appointment-book": // a sleep visit and a check-up
			if len(cards) != 2 || !strings.Contains(cards[0].Summary, "about sleep") || !strings.Contains(cards[1].Summary, "about preventive") {
				t.Errorf("%+v", cards)
			}
		}
	}
}

func TestTheSpecificationsFeedback(t *testing.T) {
	b := newBench(t, nil)
	for _, name := range []string{"spec-feedback-01.json", "spec-feedback-03.json"} {
		if w := b.send("POST", Path+"/patient-view/feedback", string(reference(t, examples+name))); w.Code != http.StatusOK {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
}

// TestTheSpecificationsFeedbackOnACardOfOurs: with a card of today, the times of
// the examples, which are of other years, are before it.
func TestTheSpecificationsFeedbackOnACardOfOurs(t *testing.T) {
	b := newBench(t, nil)
	card := only(t, b.invoke(t, call("encounter-discharge", nil))).UUID
	for _, name := range []string{"spec-feedback-01.json", "spec-feedback-03.json"} {
		var body struct{ Feedback []m }
		if err := json.Unmarshal(reference(t, examples+name), &body); err != nil {
			t.Fatal(err)
		}
		body.Feedback[0]["card"] = card
		if w := b.feed(body.Feedback...); w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), "feedback[0].outcomeTimestamp") {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
		body.Feedback[0]["outcomeTimestamp"] = at
		if w := b.feed(body.Feedback...); w.Code != http.StatusOK {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
}

func TestTheSpecificationsAnswers(t *testing.T) {
	for name, check := range map[string]func([]byte) []string{
		"spec-01-discovery.json": cdstest.Discovery, "spec-03-response.json": cdstest.Response, "spec-05-response.json": cdstest.Response,
	} {
		if wrong := check(reference(t, examples+name)); wrong != nil {
			t.Errorf("%s: %v", name, wrong)
		}
	}
	wrong := cdstest.Discovery(reference(t, examples+"quickstart-01-discovery.json"))
	if len(wrong) != 1 || wrong[0] != ".services[0].name: is not a field of the specification" {
		t.Errorf("a field that is unknown: %v", wrong)
	}
}

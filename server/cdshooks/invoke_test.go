package cdshooks

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/server/cdshooks/cdstest"
	"github.com/rightvoice/rightvoice/server/member"
	"github.com/rightvoice/rightvoice/server/recommend"
)

func TestDiscovery(t *testing.T) {
	w := newBench(t, nil).send("GET", Path, nil)
	if wrong := cdstest.Discovery(w.Body.Bytes()); wrong != nil || w.Code != http.StatusOK {
		t.Errorf("%d %v", w.Code, wrong)
	}
	for _, want := range []string{`"hook":"patient-view"`, `"hook":"appointment-book"`, `"hook":"encounter-discharge"`, "Encounter?patient={{context.patientId}}&_sort=-date&_count=20"} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("no %s in %s", want, w.Body)
		}
	}
}

// only is the one card there must be.
func only(t *testing.T, cards []card) card {
	t.Helper()
	if len(cards) != 1 {
		t.Fatalf("%d cards: %+v", len(cards), cards)
	}
	return cards[0]
}

func expect(t *testing.T, what, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(text, p) {
			t.Errorf("%s lacks %q:\n%s", what, p, text)
		}
	}
}

func TestAnERVisitIsTheProviders(t *testing.T) {
	b := newBench(t, nil)
	c := only(t, b.invoke(t, call("patient-view", m{"patient": patient("m-1"), "encounters": bundle(erVisit(48)), "conditions": nil})))
	expect(t, "the summary", c.Summary, "Speak as provider: the member left the ER or hospital")
	expect(t, "the detail", c.Detail, "the care team", "patient", "`left-acute-care`", "time since leaving the ER or hospital: 2 days (Encounter/er1)",
		"at most 30 days ago", "Not sent:** meds, coverage, eob, eligibility", "Book a visit", snapshot().ID())
	if c.Indicator != info || len(c.OverrideReasons) != 3 || len(c.Suggestions) != 1 || c.Source.Label == "" {
		t.Errorf("%+v", c)
	}
	a, err := b.service.GetDecision(context.Background(), recommend.DecisionQuery{DecisionID: c.UUID})
	if err != nil || a.Recommendations[0].Sender.String() != "provider" {
		t.Errorf("the decision of the card: %+v %v", a, err)
	}
	again := only(t, b.invoke(t, call("patient-view", m{"patient": patient("m-1"), "encounters": bundle(erVisit(48)), "conditions": nil})))
	if again.UUID != c.UUID || again.Suggestions[0].UUID != c.Suggestions[0].UUID {
		t.Error("the same chart gets another decision")
	}
}

func TestNothingKnownIsNoCard(t *testing.T) {
	w := newBench(t, nil).send("POST", Path+"/patient-view", call("patient-view", m{"encounters": nil, "conditions": nil}))
	if got := strings.TrimSpace(w.Body.String()); w.Code != http.StatusOK || got != `{"cards":[]}` {
		t.Errorf("%d %s", w.Code, got)
	}
}

func TestPrefetchThatIsMissing(t *testing.T) {
	b := newBench(t, nil)
	failed := m{"resourceType": "OperationOutcome", "issue": []m{{"severity": "error", "code": "forbidden"}}}
	for name, try := range map[string]struct {
		prefetch m
		fields   string
	}{
		"no prefetch":       {nil, "prefetch.encounters prefetch.conditions"},
		"an empty one":      {m{}, "prefetch.encounters prefetch.conditions"},
		"a patient alone":   {m{"patient": patient("")}, "prefetch.encounters prefetch.conditions"},
		"no encounters":     {m{"conditions": nil}, "prefetch.encounters"},
		"a search failed":   {m{"encounters": bundle(), "conditions": failed}, "prefetch.conditions"},
		"null is an answer": {m{"encounters": nil, "conditions": nil}, ""},
	} {
		body := call("patient-view", try.prefetch)
		body["fhirServer"], body["fhirAuthorization"] = "http://127.0.0.1:1/canary", token // nobody may ask there
		w := b.send("POST", Path+"/patient-view", body)
		if try.fields == "" {
			if w.Code != http.StatusOK {
				t.Errorf("%s: %d %s", name, w.Code, w.Body)
			}
			continue
		}
		reason, fields := refusal(t, w)
		if w.Code != http.StatusPreconditionFailed || reason != "PREFETCH_MISSING" || fields != try.fields {
			t.Errorf("%s: %d %s [%s]", name, w.Code, reason, fields)
		}
	}
}

func TestASearchThatGoesOnIsIncomplete(t *testing.T) {
	visits := bundle(erVisit(48))
	visits["link"] = []m{{"relation": "self", "url": "https://x.example/1"}, {"relation": "next", "url": "https://x.example/2"}}
	c := only(t, newBench(t, nil).invoke(t, call("patient-view", m{"encounters": visits, "conditions": nil})))
	expect(t, "the detail", c.Detail, "Incomplete", "further pages): encounters.")
}

func TestNobodyElsesDataCounts(t *testing.T) {
	b := newBench(t, nil)
	other := erVisit(48)
	other["subject"] = m{"reference": "Patient/somebody-else"}
	if cards := b.invoke(t, call("patient-view", m{"encounters": bundle(other), "conditions": nil})); len(cards) != 0 {
		t.Errorf("somebody else's visit made a card: %+v", cards)
	}
	stranger := patient("m-1")
	stranger["id"] = "p2"
	b.invoke(t, call("patient-view", m{"patient": stranger, "encounters": nil, "conditions": nil}))
	for _, r := range *b.seen {
		if r.MemberRef == "m-1" {
			t.Error("somebody else's identifier named the member")
		}
	}
}

func TestPortalAndEHRGetOneDecision(t *testing.T) {
	b := newBench(t, nil)
	c := only(t, b.invoke(t, call("patient-view", m{"patient": patient("m-7"), "encounters": bundle(erVisit(48)), "conditions": nil})))
	ask := recommend.Request{MemberRef: "m-7", Asker: recommend.Insurer}
	ask.Facts.SetRaw(fact.HoursSinceAcuteCare, 48)
	a, err := b.service.Recommend(context.Background(), b.service.Current(""), &ask)
	if err != nil || a.ID != c.UUID || a.Cache.Status != recommend.CacheHit {
		t.Errorf("the portal got %+v %v, the EHR %s", a, err, c.UUID)
	}
	if len(a.Recommendations[0].Advice) != 0 || a.Recommendations[0].Handoff == "" {
		t.Error("the portal got the provider's words")
	}
}

func TestMembersWithoutAnIdentifier(t *testing.T) {
	h := newBench(t, nil)
	ref := func(issuer, server, patientID string, p m) string {
		r := &request{fhirServer: server, moment: moment{patientID: patientID}, prefetch: map[string]document{}}
		if p != nil {
			raw, err := json.Marshal(p)
			if err != nil {
				t.Fatal(err)
			}
			r.prefetch["patient"] = document{headOf(raw), raw}
		}
		return h.memberRef(issuer, r)
	}
	one := ref("https://a.example", "https://fhir.example/r4", "p1", nil)
	if one != ref("https://a.example", "https://fhir.example/r4/", "p1", nil) || one != ref("https://a.example", "https://fhir.example/r4", "p1", patient("")) {
		t.Error("the same patient has two names")
	}
	others := []string{one, ref("https://b.example", "https://fhir.example/r4", "p1", nil), ref("https://a.example", "https://fhir.example/r5", "p1", nil),
		ref("https://a.example", "https://fhir.example/r4", "p2", nil), ref("https://a.examplehttps://fhir.example/r4", "", "p1", nil), ref("", "", "p1", nil)}
	slices.Sort(others)
	if len(slices.Compact(others)) != 6 {
		t.Errorf("two patients have one name: %v", others)
	}
	for _, name := range others {
		if strings.Contains(name, "p1") || strings.Contains(name, "example") || len(name) > maxMemberRef {
			t.Errorf("%s tells who it is, or is too long", name)
		}
	}
	twice := patient("m-1")
	twice["identifier"] = append(twice["identifier"].([]m), m{"system": ids, "value": "m-2"})
	if got := ref("https://a.example", "https://fhir.example/r4", "p1", twice); got != one {
		t.Errorf("a patient who has two identifiers is %s", got)
	}
}

func TestADischargeIsTheProviders(t *testing.T) {
	b := newBench(t, nil)
	c := only(t, b.invoke(t, call("encounter-discharge", nil)))
	expect(t, "the summary", c.Summary, "Speak as provider")
	expect(t, "the detail", c.Detail, "hospital news of the last three days: a discharge", "Not sent:** patient, encounters, conditions")
	office := erVisit(1)
	office["class"].(m)["code"], office["status"], office["id"] = "AMB", "in-progress", "e1"
	delete(office["period"].(m), "end")
	for _, c := range b.invoke(t, call("encounter-discharge", m{"encounter": office})) {
		if strings.Contains(c.Detail, "a discharge (") || strings.Contains(c.Detail, "days: a discharge") {
			t.Errorf("a visit to the office ended in a discharge:\n%s", c.Detail)
		}
	}
}

func appointment1(fields m) m {
	fields["resourceType"], fields["status"] = "Appointment", "proposed"
	return fields
}

func booking(prefetch m, appointments ...m) m {
	body := call("appointment-book", prefetch)
	body["context"].(m)["appointments"] = appointments
	return body
}

func TestAnEmergencyStandsAlone(t *testing.T) {
	b := newBench(t, nil)
	c := only(t, b.invoke(t, booking(m{"patient": patient("m-1")},
		appointment1(m{"serviceType": []m{{"coding": []m{{"display": "Sleep Medicine"}}}}}),
		appointment1(m{"specialty": []m{{"text": "Nutrition"}}, "description": "Crushing chest pain since this morning"}))))
	if c.Indicator != critical || len(c.Suggestions) != 0 || len(c.OverrideReasons) != 1 || !strings.Contains(c.Summary, "Emergency") {
		t.Errorf("%+v", c)
	}
	expect(t, "the detail", c.Detail, "911")
}

func TestSleepVisit(t *testing.T) {
	b := newBench(t, nil)
	visit := func() m {
		return appointment1(m{"serviceType": []m{{"coding": []m{{"code": "183", "display": "Sleep Medicine"}}}},
			"reason": m{"coding": m{"code": "1", "display": "Apnea"}}, "description": "CPAP adjustments"})
	}
	apnea := condition("G47.33", today.AddDate(-3, 0, 0))
	c := only(t, b.invoke(t, booking(m{"conditions": bundle(apnea)}, visit(), visit())))
	expect(t, "the summary", c.Summary, "Speak as provider about sleep")
	if c.Source.Topic == nil || c.Source.Topic.Code != "sleep" {
		t.Errorf("the topic is %+v", c.Source.Topic)
	}
	// The plan has a benefit for it: then it is the plan's to say.
	benefit := m{"resourceType": "CoverageEligibilityResponse", "id": "el1", "status": "active", "purpose": []string{"benefits"}, "outcome": "complete",
		"patient": subject, "created": today.Format(time.RFC3339), "insurance": []m{{"inforce": true, "item": []m{{"name": "CPAP supplies",
			"productOrService": m{"coding": []m{{"system": "https://bluebutton.example", "code": "cpap_supplies"}}}}}}}}
	c = only(t, b.invoke(t, booking(m{"patient": patient("m-2"), "conditions": bundle(apnea), "eligibility": bundle(benefit)}, visit())))
	expect(t, "the summary", c.Summary, "The plan speaks about sleep")
	expect(t, "the detail", c.Detail, "Your plan has a benefit that can help with this", "CoverageEligibilityResponse/el1")
}

// TestWhatThePlanKnowsCountsAndIsNotShown lets the plan's feed tell of a benefit.
func TestWhatThePlanKnowsCountsAndIsNotShown(t *testing.T) {
	b := newBench(t, nil)
	plan := member.Event{Member: "m-3", Source: "eligibility", AsOf: today.Add(-time.Hour)}
	program, ok := snapshot().Catalogue().Value(fact.BenefitAvailable, "sleep_program")
	if !ok {
		t.Fatal("the content has no sleep program")
	}
	plan.Facts.SetRaw(fact.CoverageStatus, fact.CoverageActive)
	plan.Facts.Add(fact.BenefitAvailable, program)
	if got, err := b.feeds.Record(context.Background(), snapshot(), "", recommend.Insurer, []*member.Event{&plan}); err != nil || got[0].Err != nil {
		t.Fatal(got, err)
	}
	sleep := appointment1(m{"serviceType": []m{{"text": "Sleep Medicine"}}})
	c := only(t, b.invoke(t, booking(m{"patient": patient("m-3"), "conditions": bundle(condition("G47.33", today.AddDate(-3, 0, 0)))}, sleep)))
	expect(t, "the card", c.Summary+c.Detail, "The plan speaks about sleep", "More is known of this member than was sent", "long-term conditions: sleep apnea (Condition/c1)")
	read, _, _ := strings.Cut(c.Detail[strings.Index(c.Detail, "Read from what was sent"):], "\n\n")
	if strings.Contains(read, "benefit") || strings.Contains(read, "coverage") {
		t.Errorf("the card shows what the plan knows:\n%s", read)
	}
}

func TestTheMembersLanguage(t *testing.T) {
	p := patient("m-1")
	p["communication"] = []m{{"language": m{"coding": []m{{"system": "urn:ietf:bcp:47", "code": "es"}}}, "preferred": true}}
	c := only(t, newBench(t, nil).invoke(t, call("patient-view", m{"patient": p, "encounters": bundle(erVisit(48)), "conditions": nil})))
	expect(t, "the card", c.Summary+c.Detail, "the member left the ER", "urgencias")
}

func TestNothingOfTheCallIsLogged(t *testing.T) {
	b := newBench(t, nil)
	body := call("patient-view", m{"patient": patient("canary-ref"), "encounters": bundle(erVisit(48)), "conditions": nil})
	body["context"].(m)["patientId"] = "canary-id"
	body["fhirServer"], body["fhirAuthorization"] = "https://canary.example", token
	b.invoke(t, body)
	b.send("POST", Path+"/canary", body)
	if strings.Contains(b.log.String(), "canary") {
		t.Errorf("the log names what was sent: %s", b.log)
	}
}

package cdshooks

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/server/cdshooks/trust"
	"github.com/rightvoice/rightvoice/server/fhir"
	"github.com/rightvoice/rightvoice/server/recommend"
)

// visit is one call of a service on its way to cards.
type visit struct {
	request *request
	sent    answered
	snap    *recommend.Snapshot
	chart   fhir.Result
	ask     recommend.Request // as far as all questions of the call are alike
}

// reasonUnreadable is the reason of a refusal of FHIR that can't be read.
const reasonUnreadable = "FHIR_UNREADABLE"

// invoke answers a call of a service with cards.
func (h *Handler) invoke(ctx context.Context, s *service, from trust.Client, body []byte) ([]byte, error) {
	r, err := parseRequest(body, s.hook)
	if err != nil {
		return nil, err
	}
	v := visit{request: r, sent: sort(r.prefetch, s.prefetch), snap: h.o.Decider.Current(from.Tenant)}
	switch {
	case len(v.sent.wrong) > 0:
		return nil, v.sent.wrong
	case len(v.sent.lacking) > 0:
		return nil, lacking(v.sent.lacking)
	}
	if v.chart, err = h.read(&v); err != nil {
		return nil, err
	}
	v.ask = recommend.Request{Tenant: from.Tenant, MemberRef: h.memberRef(from.Issuer, r), Asker: recommend.Provider,
		Language: v.chart.Language, Facts: v.chart.Facts}
	v.told()
	ctx, cancel := context.WithTimeout(ctx, h.o.Timeout)
	defer cancel()
	return h.answer(ctx, &v)
}

// read reads what was prefetched.
func (h *Handler) read(v *visit) (fhir.Result, error) {
	in := fhir.NewReader(fhir.Options{Catalogue: v.snap.Catalogue(), Codes: v.snap.Lexicon().Codes(), Now: h.o.Now(), Patient: v.request.moment.patientID})
	for _, doc := range v.sent.documents {
		if err := in.Add(bytes.NewReader(doc)); err != nil {
			return fhir.Result{}, chartProblem(err)
		}
	}
	out, err := in.Result()
	return out, chartProblem(err)
}

func chartProblem(err error) error {
	var unread *fhir.Error
	if errors.As(err, &unread) {
		return &problem{status: http.StatusBadRequest, reason: reasonUnreadable, message: "prefetch: " + unread.Error()}
	}
	return err
}

// told adds what the hook itself tells: who looks, and that a patient goes
// home. What the chart says about the encounter comes first; a visit that
// nobody stays for ends without a discharge.
func (v *visit) told() {
	f, c := &v.ask.Facts, v.snap.Catalogue()
	set := func(id fact.ID, value string) {
		if at, ok := c.Value(id, value); ok && !f.Known(id) {
			f.SetRaw(id, int64(at))
		}
	}
	set(fact.Channel, "provider_app")
	switch v.request.moment.userType {
	case "Patient":
		set(fact.ViewerRole, "self")
	case "RelatedPerson":
		set(fact.ViewerRole, "caregiver")
	default:
		set(fact.ViewerRole, "staff")
	}
	if v.request.hook == "encounter-discharge" && !v.outpatient() {
		set(fact.ADTEvent, "discharge")
	}
}

func (v *visit) outpatient() bool {
	for _, class := range [...]string{"AMB", "VR", "HH", "PRENC"} {
		if at, ok := v.snap.Catalogue().Value(fact.EncounterClassNow, class); ok && v.ask.Facts.Equals(fact.EncounterClassNow, int64(at)) {
			return true
		}
	}
	return false
}

// maxQuestions is how many appointments of one call are looked at.
const maxQuestions = 5

// questions are what a call asks: about each visit that is booked, or about
// nothing in particular.
func (h *Handler) questions(ctx context.Context, v *visit) ([]recommend.Request, error) {
	if !findHook(v.request.hook).appointments {
		return []recommend.Request{v.ask}, nil
	}
	var all []recommend.Request
	asked := map[uint16]bool{}
	for _, raw := range v.request.moment.appointments[:min(maxQuestions, len(v.request.moment.appointments))] {
		var a appointment
		if err := json.Unmarshal(raw, &a); err != nil {
			return nil, Invalid{{"context.appointments", "has a field of the wrong type"}}
		}
		q := v.ask
		q.Text = a.words()
		alarm, err := h.alarming(ctx, v, q)
		if err != nil {
			return nil, err
		}
		if topic, ok := v.snap.Topic(a.topic()); ok && !alarm {
			q.Topic, q.HasTopic, q.Text = topic, true, ""
			if asked[topic] {
				continue
			}
			asked[topic] = true
		}
		if q.HasTopic || q.Text != "" {
			all = append(all, q)
		}
	}
	return all, nil
}

// alarming reports whether the words about a visit are those of an emergency.
// It leaves no trace.
func (h *Handler) alarming(ctx context.Context, v *visit, q recommend.Request) (bool, error) {
	if q.Text == "" {
		return false, nil
	}
	q.MemberRef = "" // what is stored makes no emergency of words, and may be away
	e, err := h.o.Decider.Explain(ctx, v.snap, &recommend.ExplainRequest{Request: q})
	return err == nil && len(e.Recommendations) > 0 && e.Recommendations[0].Sender == decision.Safety, err
}

// answer asks all questions and makes the cards. Nothing stands beside an
// emergency.
func (h *Handler) answer(ctx context.Context, v *visit) ([]byte, error) {
	questions, err := h.questions(ctx, v)
	if err != nil {
		return nil, err
	}
	out := response{Cards: []card{}}
	had := map[string]bool{}
	for _, q := range questions {
		c, err := h.card(ctx, v, q)
		if err != nil {
			return nil, err
		}
		if c == nil || had[c.UUID] {
			continue
		}
		had[c.UUID] = true
		if c.Indicator == critical {
			out.Cards = []card{*c}
			break
		}
		out.Cards = append(out.Cards, *c)
	}
	for _, c := range out.Cards {
		h.count.cards[c.Indicator].Inc()
	}
	return encode(out)
}

// card answers one question; nil means that there is nothing to say.
func (h *Handler) card(ctx context.Context, v *visit, q recommend.Request) (*card, error) {
	again := q // the answer takes the words about a visit
	answer, err := h.o.Decider.Recommend(ctx, v.snap, &q)
	if err != nil {
		return nil, err
	}
	if nothing(answer) {
		return nil, nil
	}
	return h.draw(v, answer, h.why(ctx, v, answer, again)), nil
}

// why is how the rules come to an answer, in English for the clinician, whatever
// the member speaks. It looks at what was sent alone; only if that does not lead
// to the answer does it ask for what is stored as well. It is nil if that can't
// be had: then the answer stands with its reasons.
func (h *Handler) why(ctx context.Context, v *visit, a *recommend.Answer, q recommend.Request) *basis {
	member := q.MemberRef
	q.Language = ""
	for _, ref := range [...]string{"", member} {
		q.MemberRef = ref
		e, err := h.o.Decider.Explain(ctx, v.snap, &recommend.ExplainRequest{Request: q})
		if err == nil && agree(a, e) {
			return &basis{e, ref != ""}
		}
	}
	return nil
}

// basis is what an answer rests on.
type basis struct {
	*recommend.Explanation
	stored bool // on more than was sent
}

// nothing reports whether an answer is only that nothing is known. A clinician
// who opens a chart is not to be stopped for that.
func nothing(a *recommend.Answer) bool {
	for _, r := range a.Recommendations {
		if r.Mindset != decision.Undetermined || r.Sender != decision.Nobody {
			return false
		}
	}
	return true
}

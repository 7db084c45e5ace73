package cdshooks

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/server/cdshooks/cdstest"
	"github.com/rightvoice/rightvoice/server/member"
	"github.com/rightvoice/rightvoice/server/memory/localstore"
	"github.com/rightvoice/rightvoice/server/recommend"
	"github.com/rightvoice/rightvoice/server/telemetry"
)

// today is when the tests run: the store has a clock of its own.
var today = time.Now().UTC().Truncate(time.Second)

const (
	base     = "https://cds.example"
	ids      = "https://plan.example/members"
	instance = "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea"
)

// snapshot is the built-in content, compiled once.
var snapshot = sync.OnceValue(func() *recommend.Snapshot {
	rev, problems := content.Load(content.Default(), today)
	if rev == nil {
		panic(problems)
	}
	snap, err := recommend.NewSnapshot(rev)
	if err != nil {
		panic(err)
	}
	return snap
})

// open lets every call in.
type open struct{}

func (open) Run(ctx context.Context, _ string, do func(context.Context) int) int { return do(ctx) }

// bench is a service of EHRs with the built-in content and a store of its own.
type bench struct {
	*Handler
	service *recommend.Service
	feeds   *member.Service
	tel     *telemetry.Telemetry
	log     *bytes.Buffer
	seen    *[]recommend.Request // what was asked of the service
}

// watched notes what is asked of a service.
type watched struct {
	*recommend.Service
	seen *[]recommend.Request
}

func (w watched) Recommend(ctx context.Context, snap *recommend.Snapshot, r *recommend.Request) (*recommend.Answer, error) {
	*w.seen = append(*w.seen, *r)
	return w.Service.Recommend(ctx, snap, r)
}

func newBench(t testing.TB, change func(*Options)) *bench {
	t.Helper()
	store, err := localstore.Open(localstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close(context.Background()) })
	b := &bench{log: &bytes.Buffer{}, seen: &[]recommend.Request{}}
	b.service = recommend.New(recommend.Options{Store: store, StandIn: snapshot(), Now: func() time.Time { return today }})
	b.service.Use("", snapshot())
	b.feeds = member.New(member.Options{Store: store, Now: func() time.Time { return today }})
	if b.tel, err = telemetry.New(context.Background(), telemetry.Options{LogTo: b.log, LogLevel: "debug"}); err != nil {
		t.Fatal(err)
	}
	o := Options{Decider: watched{b.service, b.seen}, Listener: b.service, Guard: open{}, Telemetry: b.tel, BaseURL: base, MemberSystem: ids,
		MemberKey: []byte("key"), Now: func() time.Time { return today }, Timeout: 10 * time.Second}
	if change != nil {
		change(&o)
	}
	if b.Handler, err = New(o); err != nil {
		t.Fatal(err)
	}
	return b
}

// send makes one call; headers are name, value, name, value.
func (b *bench) send(method, path string, body any, headers ...string) *httptest.ResponseRecorder {
	var in io.Reader
	switch v := body.(type) {
	case nil:
	case string:
		in = strings.NewReader(v)
	default:
		data, err := json.Marshal(v)
		if err != nil {
			panic(err)
		}
		in = bytes.NewReader(data)
	}
	r := httptest.NewRequest(method, path, in)
	if in != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	b.ServeHTTP(w, r)
	return w
}

// m is a JSON object in a test.
type m = map[string]any

// call is a call of a service on its own hook; the ids of both are the same.
func call(hook string, prefetch m) m {
	c := m{"userId": "Practitioner/example", "patientId": "p1"}
	if hook == "encounter-discharge" {
		c["encounterId"] = "e1"
	}
	out := m{"hook": hook, "hookInstance": instance, "context": c}
	if prefetch != nil {
		out["prefetch"] = prefetch
	}
	return out
}

// invoke calls a service and returns its cards, which must conform.
func (b *bench) invoke(t testing.TB, body m) []card {
	t.Helper()
	w := b.send("POST", Path+"/"+body["hook"].(string), body)
	if w.Code != http.StatusOK {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if wrong := cdstest.Response(w.Body.Bytes()); wrong != nil {
		t.Errorf("the answer does not conform: %v\n%s", wrong, w.Body)
	}
	var out response
	if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil {
		t.Fatal(err)
	}
	return out.Cards
}

// refusal is the reason and the fields of an error.
func refusal(t testing.TB, w *httptest.ResponseRecorder) (reason string, fields string) {
	t.Helper()
	var body statusBody
	if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil || len(body.Details) == 0 || body.Message == "" || w.Header().Get("Content-Type") != "application/json" {
		t.Fatalf("no google.rpc.Status: %d %s %v", w.Code, w.Body, err)
	}
	var all []string
	for _, d := range body.Details {
		for _, f := range d.Fields {
			all = append(all, f.Field)
		}
	}
	return body.Details[0].Reason, strings.Join(all, " ")
}

// bundle is the answer to a search.
func bundle(resources ...m) m {
	entries := []m{}
	for _, r := range resources {
		entries = append(entries, m{"resource": r, "search": m{"mode": "match"}})
	}
	return m{"resourceType": "Bundle", "type": "searchset", "total": len(resources), "entry": entries}
}

func patient(memberRef string) m {
	p := m{"resourceType": "Patient", "id": "p1", "birthDate": "1980-05-04"}
	if memberRef != "" {
		p["identifier"] = []m{{"system": "urn:other", "value": "x"}, {"system": ids, "value": memberRef}}
	}
	return p
}

var subject = m{"reference": "Patient/p1"}

// erVisit ended so many hours before today.
func erVisit(hours int) m {
	end := today.Add(-time.Duration(hours) * time.Hour)
	return m{"resourceType": "Encounter", "id": "er1", "status": "finished", "class": m{"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "EMER"},
		"subject": subject, "period": m{"start": end.Add(-3 * time.Hour).Format(time.RFC3339), "end": end.Format(time.RFC3339)}}
}

func condition(icd10 string, onset time.Time) m {
	return m{"resourceType": "Condition", "id": "c1", "subject": subject, "clinicalStatus": m{"coding": []m{{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active"}}},
		"code": m{"coding": []m{{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": icd10}}}, "onsetDateTime": onset.Format("2006-01-02")}
}

// reference finds a file of the examples beside the repository.
func reference(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("../../../shared/data/" + name)
	if err != nil {
		t.Skip("left out: ../shared/data is not here")
	}
	return data
}

package e2e

import (
	"context"
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc/codes"

	rightvoice "github.com/rightvoice/rightvoice/clients/go"
	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/config"
)

// canary is what callers send where something is wrong. It must not come back.
const canary = "canary"

const recommendations = "/v1/recommendations"

// overHTTP is bad input that only REST can have.
var overHTTP = map[string]struct {
	method, path, body string
	status             int
	reason, field      string
}{
	"a misspelt field":          {"POST", recommendations, `{"asker":"ASKER_INSURER","context":{"hoursSinceAcuteCar":7}}`, 400, "INVALID_ARGUMENT", "context.hoursSinceAcuteCar"},
	"an unknown enum":           {"POST", recommendations, `{"asker":"canary"}`, 400, "INVALID_ARGUMENT", "asker"},
	"a value of another type":   {"POST", recommendations, `{"asker":"ASKER_INSURER","context":{"localHour":"canary"}}`, 400, "INVALID_ARGUMENT", "context.localHour"},
	"something behind":          {"POST", recommendations, `{"asker":"ASKER_INSURER"}{"canary":1}`, 400, "INVALID_ARGUMENT", ""},
	"a body of 10 MB":           {"POST", recommendations, `{"text":"` + strings.Repeat("canary ", 10<<20/7) + `"}`, 413, "BODY_TOO_LARGE", ""},
	"an unknown query key":      {"POST", recommendations + "?tenat=canary", `{"asker":"ASKER_INSURER"}`, 400, "INVALID_ARGUMENT", "tenat"},
	"a member in the query":     {"POST", recommendations + "?memberRef=canary", `{"asker":"ASKER_INSURER"}`, 400, "INVALID_ARGUMENT", "memberRef"},
	"another method":            {"GET", recommendations, "", 405, "METHOD_NOT_ALLOWED", ""},
	"another path":              {"GET", "/v1/canary", "", 404, "NO_SUCH_PATH", ""},
	"a revision to come":        {"POST", recommendations, `{"asker":"ASKER_INSURER","minRevision":"r-00000000000cafe0"}`, 412, "REVISION_NOT_IN_FORCE", "minRevision"},
	"a revision that is none":   {"POST", recommendations + ":explain?revision=r-00000000000cafe0", `{"asker":"ASKER_INSURER"}`, 412, "REVISION_NOT_FOUND", "revision"},
	"a decision that is none":   {"GET", "/v1/decisions/0190a000-0000-7000-8000-000000000001", "", 404, "", "decisionId"},
	"an id that is none":        {"GET", "/v1/decisions/canary", "", 400, "INVALID_ARGUMENT", "decisionId"},
	"feedback without reason":   {"POST", "/v1/decisions/0190a000-0000-7000-8000-000000000001/feedback", `{"asker":"ASKER_INSURER","kind":"FEEDBACK_KIND_OVERRIDDEN"}`, 400, "INVALID_ARGUMENT", "reason"},
	"a batch of nothing":        {"POST", recommendations + ":batch", `{}`, 400, "INVALID_ARGUMENT", "requests"},
	"a page of no list":         {"POST", "/v1/decisions:search", `{"memberRef":"m","pageToken":"canary"}`, 400, "INVALID_ARGUMENT", "pageToken"},
	"an explanation at no time": {"POST", recommendations + ":explain?now=9999-12-31T23:59:59Z", `{"asker":"ASKER_INSURER"}`, 400, "INVALID_ARGUMENT", "now"},
	"a list for nobody":         {"POST", "/v1/decisions:search", `{}`, 400, "INVALID_ARGUMENT", "memberRef"},
	"an attribute of no facts":  {"POST", recommendations, `{"asker":"ASKER_INSURER","attributes":{"canary text":{"boolValue":true}}}`, 400, "INVALID_ARGUMENT", "attributes[?]"},
}

func TestBadInputOverREST(t *testing.T) {
	n := start(t, nil)
	for name, try := range overHTTP {
		r := n.send(t, try.method, try.path, try.body)
		got := refusalOf(t, r)
		if r.status != try.status || try.reason != "" && got.reason != try.reason || strings.Join(got.fields, " ") != try.field {
			t.Errorf("%s: %d %s %v, want %d %s %s\n%s", name, r.status, got.reason, got.fields, try.status, try.reason, try.field, r.body)
		}
		if strings.Contains(string(r.body), canary) {
			t.Errorf("%s: what was sent comes back: %s", name, r.body)
		}
	}
	if r := n.send(t, "GET", recommendations, ""); r.header.Get("Allow") != "POST" {
		t.Errorf("Allow is %q", r.header.Get("Allow"))
	}
	if strings.Contains(n.log.String()+n.metrics(t), canary) {
		t.Error("what was sent is in the log or the metrics")
	}
}

// inBoth is bad input that both transports can have.
var inBoth = map[string]struct {
	spoil func(*pb.RecommendRequest)
	field string
}{
	"nobody asks":                  {func(m *pb.RecommendRequest) { m.Asker = 0 }, "asker"},
	"a number of no asker":         {func(m *pb.RecommendRequest) { m.Asker = 77 }, "asker"},
	"a text of 2,001 characters":   {func(m *pb.RecommendRequest) { m.Text = strings.Repeat("é", 1994) + "canary" + "x" }, "text"},
	"a member with a long name":    {func(m *pb.RecommendRequest) { m.MemberRef = strings.Repeat(canary, 30) }, "memberRef"},
	"a tenant with a strange name": {func(m *pb.RecommendRequest) { m.Tenant = "Canary canary" }, "tenant"},
	"negative days":                {func(m *pb.RecommendRequest) { m.Context.DaysSinceProblemVisit = ptr[int32](-1) }, "context.daysSinceProblemVisit"},
	"an impossible pressure":       {func(m *pb.RecommendRequest) { m.Context.BpSystolic = ptr[int32](9000) }, "context.bpSystolic"},
	"an unknown topic":             {func(m *pb.RecommendRequest) { m.Topic = canary }, "topic"},
	"an unknown benefit":           {func(m *pb.RecommendRequest) { m.Context.BenefitAvailable = []string{"gym", canary} }, "context.benefitAvailable[1]"},
	"an unknown condition":         {func(m *pb.RecommendRequest) { m.Context.ChronicDx = []string{canary} }, "context.chronicDx[0]"},
	"an unknown sign":              {func(m *pb.RecommendRequest) { m.Context.TextRedFlag = []string{canary} }, "context.textRedFlag[0]"},
	"a list that is and is not":    {func(m *pb.RecommendRequest) { m.Context.KnownEmpty = []string{"benefit_available"} }, "context.knownEmpty[0]"},
	"a day that never was": {func(m *pb.RecommendRequest) {
		m.Diagnoses = []*pb.Diagnosis{{System: pb.Diagnosis_ICD10CM, Code: "E11.9"}, {System: pb.Diagnosis_ICD10CM, Code: "E11.9", Onset: "2026-02-30"}}
	}, "diagnoses[1].onset"},
	"a code that is none": {func(m *pb.RecommendRequest) {
		m.Diagnoses = []*pb.Diagnosis{{System: pb.Diagnosis_SNOMED, Code: "canary canary"}}
	}, "diagnoses[0].code"},
}

func TestBadInputOverBoth(t *testing.T) {
	n := start(t, nil)
	for name, try := range inBoth {
		in := sleepless(pb.Asker_ASKER_INSURER, "m")
		try.spoil(in)
		r := n.post(t, recommendations, in, &pb.Decision{})
		got := refusalOf(t, r)
		if r.status != 400 || got.Code != codes.InvalidArgument || strings.Join(got.fields, " ") != try.field {
			t.Errorf("%s over REST: %d %v, want 400 %s\n%s", name, r.status, got.fields, try.field, r.body)
		}
		_, err := n.grpc.Recommend(context.Background(), in)
		var refused *rightvoice.Error
		if !errors.As(err, &refused) || refused.Code != codes.InvalidArgument || refused.Reason != "INVALID_ARGUMENT" || len(refused.FieldViolations) != 1 || refused.FieldViolations[0].Field != try.field {
			t.Errorf("%s over gRPC: %v, want %s", name, err, try.field)
		}
		if err != nil && strings.Contains(strings.ToLower(err.Error()+string(r.body)), canary) {
			t.Errorf("%s: what was sent comes back: %v, %s", name, err, r.body)
		}
	}
	if strings.Contains(strings.ToLower(n.log.String()+n.metrics(t)), canary) {
		t.Error("what was sent is in the log or the metrics")
	}
}

// TestALongMessageOverGRPC sends more than a server takes.
func TestALongMessageOverGRPC(t *testing.T) {
	n := start(t, nil)
	in := sleepless(pb.Asker_ASKER_INSURER, "m")
	in.Text = strings.Repeat("canary ", 10<<20/7)
	_, err := n.grpc.Recommend(context.Background(), in)
	var refused *rightvoice.Error
	if !errors.As(err, &refused) || refused.Code != codes.ResourceExhausted || strings.Contains(err.Error(), canary) {
		t.Errorf("got %.200v", err)
	}
}

// TestHalfOpenConnectionsEnd opens connections that say nothing, or not all.
func TestHalfOpenConnectionsEnd(t *testing.T) {
	n := start(t, func(c *config.Config) { c.HeaderTimeout, c.ReadTimeout = 200*time.Millisecond, 300*time.Millisecond })
	for name, try := range map[string]struct{ addr, begin string }{
		"REST, nothing":             {n.app.HTTPAddr(), ""},
		"REST, half of the headers": {n.app.HTTPAddr(), "POST /v1/recommendations HTTP/1.1\r\nHost: x\r\nX-Text: canary"},
		"REST, half of the body":    {n.app.HTTPAddr(), "POST /v1/recommendations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"text\":\"canary"},
		"gRPC, nothing":             {n.app.GRPCAddr(), ""},
		"gRPC, half of the preface": {n.app.GRPCAddr(), "PRI * HTTP/2.0\r\n"},
		"gRPC, something else":      {n.app.GRPCAddr(), "GET /canary HTTP/1.1\r\n\r\n"},
	} {
		c, err := net.Dial("tcp", try.addr)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if _, err := c.Write([]byte(try.begin)); err != nil {
			t.Fatal(err)
		}
		if err := c.SetReadDeadline(time.Now().Add(5 * time.Second)); err != nil {
			t.Fatal(err)
		}
		var got []byte
		for buf := make([]byte, 4096); err == nil; {
			var k int
			k, err = c.Read(buf)
			got = append(got, buf[:k]...)
		}
		if nerr, ok := err.(net.Error); ok && nerr.Timeout() {
			t.Errorf("%s: still open after 5s, got %q", name, got)
		}
		if strings.Contains(string(got), canary) {
			t.Errorf("%s: what was sent comes back: %q", name, got)
		}
		if name == "REST, half of the body" && !strings.Contains(string(got), "408") {
			t.Errorf("%s: got %q, want 408", name, got)
		}
	}
	if d := n.overREST(t, sleepless(pb.Asker_ASKER_INSURER, "m")); d.DecisionId == "" {
		t.Error("the server does not answer any more")
	}
	if strings.Contains(n.log.String(), canary) {
		t.Errorf("what was sent is in the log: %s", n.log)
	}
}

package restapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/grpclog"
	"google.golang.org/grpc/metadata"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/grpcapi"
)

func TestAnswersAreTheDecisionItself(t *testing.T) {
	b := newBench(t)
	w := b.send("POST", "/v1/recommendations", `{"asker":"ASKER_PROVIDER","context":{"ageYears":0,"pcpKnown":false}}`)
	var got map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Code != 200 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if _, ok := got["recommendations"].([]any); !ok || got["decisionId"] != "d" || got["revision"] != "" || got["decidedAt"] != "1970-01-01T00:00:01Z" {
		t.Errorf("every field of an answer is there, set or not: %s", w.Body)
	}
	in := b.in.(*pb.RecommendRequest)
	if in.Asker != pb.Asker_ASKER_PROVIDER || in.Context.AgeYears == nil || in.Context.PcpKnown == nil || in.Context.BpSystolic != nil {
		t.Errorf("zero is known, and left out is not: %v", in)
	}
	for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "Content-Length": fmt.Sprint(w.Body.Len())} {
		if got := w.Header().Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

func TestPathsAndQueriesReachTheRequest(t *testing.T) {
	b := newBench(t)
	const id = "0190a000-0000-7000-8000-000000000001"
	if w := b.send("GET", "/v1/decisions/"+id+"?asker=ASKER_PROVIDER&language=es", ""); w.Code != 200 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if in := b.in.(*pb.GetDecisionRequest); in.DecisionId != id || in.Asker != pb.Asker_ASKER_PROVIDER || in.Language != "es" {
		t.Errorf("got %v", in)
	}
	if w := b.send("POST", "/v1/decisions/"+id+"/feedback", `{"asker":"ASKER_INSURER","kind":"FEEDBACK_KIND_SHOWN"}`); w.Code != 200 || strings.Join(strings.Fields(w.Body.String()), "") != `{"recorded":true,"overCaps":[]}` {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if in := b.in.(*pb.RecordFeedbackRequest); in.DecisionId != id {
		t.Errorf("got %v", in)
	}
	if w := b.send("POST", "/v1/recommendations:explain?revision=r-1&now=2026-03-01T10:00:00Z", ask); w.Code != 200 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if in := b.in.(*pb.ExplainRequest); in.Revision != "r-1" || in.Now.GetSeconds() != 1772359200 || in.Request.GetAsker() != pb.Asker_ASKER_INSURER {
		t.Errorf("got %v", in)
	}
}

// TestRESTRefuses is the table of bad input over REST.
func TestRESTRefuses(t *testing.T) {
	const post, path = "POST", "/v1/recommendations"
	const id = "/v1/decisions/0190a000-0000-7000-8000-000000000001"
	for name, try := range map[string]struct {
		method, target, body string
		headers              []string
		status               int
		reason, field        string
	}{
		"a misspelt field":       {post, path, `{"asker":"ASKER_INSURER","context":{"ageYear":1}}`, nil, 400, "INVALID_ARGUMENT", "context.ageYear"},
		"an unknown enum":        {post, path, `{"asker":"canary"}`, nil, 400, "INVALID_ARGUMENT", "asker"},
		"a field in Explain":     {post, path + ":explain", `{"context":{"ageYear":1}}`, nil, 400, "INVALID_ARGUMENT", "request.context.ageYear"},
		"a rule in Explain":      {post, path + ":explain", `{"asker":"ASKER_INSURER","context":{"ageYears":-1}}`, nil, 400, "INVALID_ARGUMENT", "request.context.ageYears"},
		"a rule":                 {post, path, `{"asker":"ASKER_INSURER","context":{"newRxDays":-1}}`, nil, 400, "INVALID_ARGUMENT", "context.newRxDays"},
		"a long text":            {post, path, `{"asker":"ASKER_INSURER","text":"` + strings.Repeat("c", 2001) + `"}`, nil, 400, "INVALID_ARGUMENT", "text"},
		"something behind":       {post, path, ask + "canary", nil, 400, "INVALID_ARGUMENT", ""},
		"broken JSON":            {post, path, `{"text":"canary`, nil, 400, "INVALID_ARGUMENT", "text"},
		"no body":                {post, path, "", nil, 400, "INVALID_ARGUMENT", "asker"},
		"a body too large":       {post, path, `{"text":"` + strings.Repeat("canary", 1000) + `"}`, nil, 413, "BODY_TOO_LARGE", ""},
		"another content type":   {post, path, "asker=canary", []string{"Content-Type", "application/x-www-form-urlencoded"}, 415, "CONTENT_TYPE", ""},
		"a packed body":          {post, path, "\x1f\x8bcanary", []string{"Content-Encoding", "gzip"}, 415, "CONTENT_ENCODING", ""},
		"no content type at all": {post, path, ask, []string{"Content-Type", ";"}, 415, "CONTENT_TYPE", ""},
		"a query key":            {post, path + "?askr=canary", ask, nil, 400, "INVALID_ARGUMENT", "askr"},
		"a query key that is a field of the body": {post, path + "?text=canary", ask, nil, 400, "INVALID_ARGUMENT", "text"},
		"a query key of another":                  {"GET", id + "?revision=canary", "", nil, 400, "INVALID_ARGUMENT", "revision"},
		"a query enum":                            {"GET", id + "?asker=canary", "", nil, 400, "INVALID_ARGUMENT", "asker"},
		"a query key twice":                       {"GET", id + "?language=en&language=canary", "", nil, 400, "INVALID_ARGUMENT", "language"},
		"a query time":                            {post, path + ":explain?now=canary", ask, nil, 400, "INVALID_ARGUMENT", "now"},
		"a broken query":                          {"GET", id + "?asker=%zzcanary", "", nil, 400, "INVALID_ARGUMENT", ""},
		"a key that is no name":                   {"GET", id + "?my%20canary=1", "", nil, 400, "INVALID_ARGUMENT", "?"},
		"an id that is none":                      {"GET", "/v1/decisions/canary", "", nil, 400, "INVALID_ARGUMENT", "decisionId"},
		"an id with a slash":                      {"GET", "/v1/decisions/can%2Fary", "", nil, 404, "NO_SUCH_PATH", ""},
		"another path":                            {"GET", "/v1/canary", "", nil, 404, "NO_SUCH_PATH", ""},
		"a path with more":                        {post, path + "/", ask, nil, 404, "NO_SUCH_PATH", ""},
		"another method":                          {"GET", path, "", nil, 405, "METHOD_NOT_ALLOWED", ""},
		"another method for a variable":           {"DELETE", id, "", nil, 405, "METHOD_NOT_ALLOWED", ""},
		"another method of operations":            {post, "/healthz", ask, nil, 405, "METHOD_NOT_ALLOWED", ""},
		"a method override":                       {post, id, "asker=ASKER_INSURER", []string{"X-HTTP-Method-Override", "GET", "Content-Type", "application/x-www-form-urlencoded"}, 405, "METHOD_NOT_ALLOWED", ""},
		"options":                                 {"OPTIONS", path, "", nil, 405, "METHOD_NOT_ALLOWED", ""},
		"a panic":                                 {post, path, `{"asker":"ASKER_INSURER","topic":"panic"}`, nil, 500, "INTERNAL", ""},
	} {
		b := newBench(t)
		w := b.send(try.method, try.target, try.body, try.headers...)
		r, fields := refusalOf(t, w)
		if w.Code != try.status || r.Details[0].Reason != try.reason || r.Details[0].Domain != "rightvoice" || strings.Join(fields, " ") != try.field {
			t.Errorf("%s: %d %s %v, want %d %s %s\n%s", name, w.Code, r.Details[0].Reason, fields, try.status, try.reason, try.field, w.Body)
		}
		if r.Code == codes.OK || r.Message == "" {
			t.Errorf("%s: an error without code or words: %s", name, w.Body)
		}
		if all := w.Body.String() + fmt.Sprint(w.Header()) + b.log.String(); strings.Contains(all, "canary") || strings.Contains(all, "can/ary") {
			t.Errorf("%s: what was sent is repeated: %s", name, all)
		}
		if b.in != nil && try.reason != "INTERNAL" {
			t.Errorf("%s: reached the method", name)
		}
	}
}

func TestAllowNamesTheMethods(t *testing.T) {
	b := newBench(t)
	for target, want := range map[string]string{"/v1/recommendations": "POST", "/v1/decisions/x": "GET", "/v1/decisions:search": "POST", "/metrics": "GET, HEAD"} {
		if got := b.send("PUT", target, "").Header().Get("Allow"); got != want {
			t.Errorf("%s allows %q, want %q", target, got, want)
		}
	}
}

func TestErrorsOfTheServiceHaveTheirHTTPStatus(t *testing.T) {
	for code, want := range map[codes.Code]int{codes.NotFound: 404, codes.FailedPrecondition: 412, codes.ResourceExhausted: 429, codes.Unavailable: 503,
		codes.DeadlineExceeded: 504, codes.Unauthenticated: 401, codes.PermissionDenied: 403, codes.InvalidArgument: 400} {
		b := newBench(t)
		b.err = grpcapi.NewStatus(code, "WHY", "because").Err()
		w := b.send("POST", "/v1/recommendations", ask)
		if r, _ := refusalOf(t, w); w.Code != want || r.Code != code || r.Details[0].Reason != "WHY" {
			t.Errorf("%v: %d %s", code, w.Code, w.Body)
		}
		if got := w.Header().Get("WWW-Authenticate"); code == codes.Unauthenticated && got != `Bearer realm="rightvoice"` {
			t.Errorf("the challenge is %q", got)
		}
	}
	b := newBench(t)
	b.err = errors.New("canary")
	if w := b.send("POST", "/v1/recommendations", ask); w.Code != 500 || strings.Contains(w.Body.String(), "canary") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestOnlyListedHeadersBecomeMetadata(t *testing.T) {
	b := newBench(t)
	w := b.send("POST", "/v1/recommendations", ask, "Grpc-Metadata-X-Tenant", "evil", "X-Tenant", "evil", "Cookie", "evil", "Grpc-Timeout", "1n", "Grpc-Metadata-Authorization", "evil",
		"X-Request-Id", "q-1", "Traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
	if w.Code != 200 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	md, _ := metadata.FromIncomingContext(b.ctx)
	var names []string
	for name, values := range md {
		names = append(names, name)
		if slices.Contains(values, "evil") {
			t.Errorf("%s came in", name)
		}
	}
	slices.Sort(names)
	if got := strings.Join(names, " "); got != "traceparent x-forwarded-for x-forwarded-host x-request-id" {
		t.Errorf("the metadata is %s", got)
	}
	if at, ok := b.ctx.Deadline(); !ok || time.Until(at) < 500*time.Millisecond {
		t.Error("the caller moved the server's limit")
	}
}

// TestTheGatewayLogsNothingThatWasSent: the gateway has a log of its own, which
// does not go through ours.
func TestTheGatewayLogsNothingThatWasSent(t *testing.T) {
	var log bytes.Buffer
	grpclog.SetLoggerV2(grpclog.NewLoggerV2(&log, &log, &log))
	t.Cleanup(func() { grpclog.SetLoggerV2(grpclog.NewLoggerV2(io.Discard, io.Discard, os.Stderr)) })
	b := newBench(t)
	b.send("GET", "/v1/decisions/0190a000-0000-7000-8000-000000000001", "", "Content-Type", "canary;;=")
	if b.in == nil {
		t.Error("a type of a body that is not there is no reason to refuse")
	}
	for _, types := range [][]string{{"application/json", "canary;;="}, {""}} {
		r := httptest.NewRequest("POST", "/v1/recommendations", strings.NewReader(ask))
		r.Header["Content-Type"] = types
		b.handler.ServeHTTP(httptest.NewRecorder(), r)
	}
	if log.Len() > 0 {
		t.Errorf("the gateway wrote: %s", &log)
	}
}

func TestCORSIsForTheOriginsOnTheList(t *testing.T) {
	b := newBench(t)
	w := b.send("OPTIONS", "/v1/recommendations", "", "Origin", "https://portal.example", "Access-Control-Request-Method", "POST")
	if w.Code != 204 || w.Header().Get("Access-Control-Allow-Origin") != "https://portal.example" || w.Header().Get("Access-Control-Allow-Methods") != "GET, PATCH, POST, PUT" {
		t.Errorf("preflight: %d %v", w.Code, w.Header())
	}
	if w := b.send("POST", "/v1/recommendations", ask, "Origin", "https://portal.example"); w.Code != 200 || w.Header().Get("Access-Control-Allow-Origin") == "" || w.Header().Get("Vary") != "Origin" {
		t.Errorf("call: %d %v", w.Code, w.Header())
	}
	for _, origin := range []string{"https://evil.example", "https://portal.example.evil.example", "null"} {
		w := b.send("OPTIONS", "/v1/recommendations", "", "Origin", origin, "Access-Control-Request-Method", "POST")
		if w.Code == 204 || w.Header().Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s may call: %d %v", origin, w.Code, w.Header())
		}
	}
}

func TestOperations(t *testing.T) {
	b := newBench(t)
	if w := b.send("GET", "/healthz", ""); w.Code != 200 {
		t.Errorf("health: %d", w.Code)
	}
	if w := b.send("GET", "/readyz", ""); w.Code != 503 {
		t.Errorf("not ready: %d", w.Code)
	}
	b.ready = true
	if w := b.send("GET", "/readyz", ""); w.Code != 200 {
		t.Errorf("ready: %d", w.Code)
	}
	b.send("GET", "/nowhere", "")
	b.send("POST", "/v1/recommendations", ask)
	if w := b.send("GET", "/metrics", ""); !strings.Contains(w.Body.String(), `rightvoice_http_refused_total{status="404"} 1`) ||
		!strings.Contains(w.Body.String(), `rightvoice_requests_total{code="OK",method="Recommend",transport="rest"} 1`) {
		t.Errorf("metrics: %d", w.Code)
	}
	var doc struct{ OpenAPI string }
	if w := b.send("GET", "/openapi.json", ""); json.Unmarshal(w.Body.Bytes(), &doc) != nil || !strings.HasPrefix(doc.OpenAPI, "3.1") {
		t.Errorf("the API description is %s", doc.OpenAPI)
	}
}

// cut is a body that breaks off.
type cut struct{ error }

func (c cut) Read([]byte) (int, error) { return 0, c.error }

func TestABodyThatBreaksOff(t *testing.T) {
	for err, want := range map[error]int{io.ErrUnexpectedEOF: 400, context.DeadlineExceeded: 400, fmt.Errorf("read: %w", os.ErrDeadlineExceeded): 408} {
		b := newBench(t)
		r := httptest.NewRequest("POST", "/v1/recommendations", cut{err})
		w := httptest.NewRecorder()
		b.handler.ServeHTTP(w, r)
		if r, _ := refusalOf(t, w); w.Code != want || !strings.HasPrefix(r.Details[0].Reason, "BODY_") {
			t.Errorf("%v: %d %s", err, w.Code, w.Body)
		}
	}
}

// TestEveryMethodHasItsRoute fails if the gateway and the routes disagree.
func TestEveryMethodHasItsRoute(t *testing.T) {
	table, err := newRoutes()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range table.all {
		got = append(got, r.verb+" "+strings.Join(r.segments, "/"))
		b := newBench(t)
		path := strings.ReplaceAll(strings.Join(r.segments, "/"), "{", "0190a000-0000-7000-8000-000000000001")
		if w := b.send(r.verb, path, ""); w.Code == 404 || w.Code == 405 {
			t.Errorf("%s %s: the gateway says %d", r.verb, path, w.Code)
		}
	}
	if len(got) != 47 {
		t.Errorf("the routes are %v", got)
	}
}

func BenchmarkREST(b *testing.B) {
	bench := newBench(b)
	b.ReportAllocs()
	for b.Loop() {
		if w := bench.send("POST", "/v1/recommendations", ask); w.Code != 200 {
			b.Fatal(w.Code)
		}
	}
}

package restapi

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

// around is what stands around a bundle.
func around(bundle string) string {
	return `{"memberRef":"m","asker":"ASKER_PROVIDER","source":"ehr","bundle":` + bundle + `}`
}

func TestABundleReachesTheServiceAsItIs(t *testing.T) {
	b := newBench(t)
	bundle := `{ "resourceType": "Bundle", "x": "` + strings.Repeat("y", 10_000) + `" }`
	if w := b.send("POST", "/v1/members:importFhir", around(bundle)); w.Code != http.StatusOK {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if in, ok := b.members.in.(*pb.ImportFhirRequest); !ok || string(in.Bundle) != bundle || in.MemberRef != "m" || in.Source != "ehr" {
		t.Errorf("the service got %v", b.members.in)
	}
}

// TestOnlyBundlesMayBeLarge tries a body of each route that is larger than the
// usual limit, and a bundle larger than its own.
func TestOnlyBundlesMayBeLarge(t *testing.T) {
	b := newBench(t)
	padding := strings.Repeat("y", 5000)
	for path, body := range map[string]string{
		"/v1/members:recordFacts": `{"asker":"ASKER_INSURER","events":[{"memberRef":"` + padding + `"}]}`,
		"/v1/members:get":         `{"asker":"ASKER_INSURER","memberRef":"` + padding + `"}`,
		"/v1/members:importFhir":  around(`{"x":"` + strings.Repeat("y", 64<<10) + `"}`),
	} {
		for _, length := range []int64{0, -1} { // told, and not told
			r := httptest.NewRequest("POST", path, strings.NewReader(body))
			if length < 0 {
				r.ContentLength = -1
			}
			w := httptest.NewRecorder()
			b.handler.ServeHTTP(w, r)
			if refused, _ := refusalOf(t, w); w.Code != http.StatusRequestEntityTooLarge || refused.Details[0].Reason != "BODY_TOO_LARGE" {
				t.Errorf("%s: %d %s", path, w.Code, w.Body)
			}
		}
	}
}

// TestBundlesDoNotFillTheMemory holds as many as may be worked on at once, and
// sends one more.
func TestBundlesDoNotFillTheMemory(t *testing.T) {
	b := newBench(t)
	b.members.waiting = make(chan struct{})
	done := make(chan int, maxImports)
	api := b.handler.(*api)
	for range 8 { // the chain of this bench takes ten at once
		go func() { done <- b.send("POST", "/v1/members:importFhir", around("{}")).Code }()
	}
	for end := time.Now().Add(5 * time.Second); api.importing.Load() < 8 && time.Now().Before(end); {
		time.Sleep(time.Millisecond)
	}
	api.importing.Add(maxImports - 8) // the rest are still being read
	w := b.send("POST", "/v1/members:importFhir", around("{}"))
	if refused, _ := refusalOf(t, w); w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") == "" || refused.Details[0].Reason != "OVERLOADED" {
		t.Errorf("one too many: %d %v %s", w.Code, w.Header(), w.Body)
	}
	if w := b.send("POST", "/v1/members:get", `{"memberRef":"m","asker":"ASKER_INSURER"}`); w.Code != http.StatusOK {
		t.Errorf("another call meanwhile: %d %s", w.Code, w.Body)
	}
	close(b.members.waiting)
	for range 8 {
		if code := <-done; code != http.StatusOK {
			t.Errorf("one that had room: %d", code)
		}
	}
	if n := api.importing.Load(); n != maxImports-8 {
		t.Errorf("%d are counted after they are over", n-(maxImports-8))
	}
}

func TestForgettingAnswersNothing(t *testing.T) {
	b := newBench(t)
	if w := b.send("POST", "/v1/members:forget", `{"memberRef":"m","asker":"ASKER_INSURER"}`); w.Code != http.StatusOK || w.Body.String() != "{}" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	for _, try := range [][2]string{{"GET", "/v1/members:get"}, {"DELETE", "/v1/members:forget"}, {"GET", "/v1/members/m"}} {
		if w := b.send(try[0], try[1], ""); w.Code != http.StatusMethodNotAllowed && w.Code != http.StatusNotFound {
			t.Errorf("%v: %d", try, w.Code)
		}
	}
}

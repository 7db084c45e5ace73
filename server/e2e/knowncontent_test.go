package e2e

import (
	"bytes"
	"context"
	"maps"
	"testing"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

// TestAContentThatIsKnownIsNotSentAgain over both ways in, as long as it is the
// same and the caller may see it.
func TestAContentThatIsKnownIsNotSentAgain(t *testing.T) {
	d := newDesk(t)
	const path = "/v1/content?language=es"
	code, whole, head := d.send(t, "GET", path, "")
	etag := head.Get("ETag")
	if code != 200 || etag == "" || head.Get("Cache-Control") != "private, no-cache" || head.Get("Vary") == "" || !bytes.Contains(whole, []byte(`"digest"`)) {
		t.Fatal(code, head)
	}
	code, again, now := d.send(t, "GET", path, "", "If-None-Match", etag)
	if code != 304 || len(again) != 0 || now.Get("ETag") != etag || now.Get("Cache-Control") != "private, no-cache" || now.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%d, %d bytes, %v", code, len(again), now)
	}
	t.Logf("%d bytes are not sent again", len(whole))
	for name, try := range map[string]struct {
		path, header string
		code         int
	}{
		"weak":              {path, "W/" + etag, 304},
		"another language":  {"/v1/content?language=en", etag, 200},
		"another one":       {path, `"00ff"`, 200},
		"not ours":          {path, `"something else"`, 200},
		"a list":            {path, etag + `, "00"`, 200},
		"anything":          {path, "*", 200},
		"in the query":      {path + "&knownEtag=00", "", 400},
		"what there is not": {"/v1/content?version=99", etag, 404},
	} {
		code, body, head := d.send(t, "GET", try.path, "", "If-None-Match", try.header)
		if code != try.code || code == 200 && !bytes.Contains(body, []byte(`"digest"`)) || code >= 400 && head.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %s %v", name, code, body[:min(len(body), 200)], head)
		}
	}
	if _, _, head := d.send(t, "GET", "/v1/drafts", ""); head.Get("Cache-Control") != "no-store" {
		t.Errorf("other answers are kept: %v", head)
	}
	client := pb.NewRuleServiceClient(d.grpc)
	first, err := client.GetContent(context.Background(), &pb.GetContentRequest{Language: "es"})
	must(t, err)
	if `"`+first.Etag+`"` != etag || first.Content == nil {
		t.Errorf("gRPC has another etag: %s and %s", first.Etag, etag)
	}
	known, err := client.GetContent(context.Background(), &pb.GetContentRequest{Language: "es", KnownEtag: first.Etag})
	if err != nil || known.Content != nil || known.Etag != first.Etag {
		t.Errorf("%v %v", known, err)
	}
	s := &story{desk: d, t: t, call: d.overGRPC}
	draft := s.create("ann", "a change")
	of := "/v1/content?draftId=" + draft.DraftId
	_, _, head = d.send(t, "GET", of, "")
	if code, _, _ := d.send(t, "GET", of, "", "If-None-Match", head.Get("ETag")); code != 304 {
		t.Errorf("a draft that is as it was: %d", code)
	}
	s.edit("ann", draft, days("new-drug", "0", "7 days"))
	if code, _, after := d.send(t, "GET", of, "", "If-None-Match", head.Get("ETag")); code != 200 || after.Get("ETag") == head.Get("ETag") {
		t.Errorf("a draft that was edited: %d", code)
	}
}

// TestWhoMayNotSeeAContentIsNotToldThatItIsTheSame though they know its etag.
func TestWhoMayNotSeeAContentIsNotToldThatItIsTheSame(t *testing.T) {
	who := maps.Clone(everyone)
	h := newHouse(t, who, "", nil)
	h.published("default")
	r := h.send(t, "GET", "/v1/content", "", "Authorization", "Bearer "+h.tokens["vic"])
	etag := r.header.Get("ETag")
	for name, code := range map[string]int{"vic": 304, "wes": 403, "portal": 403} {
		r := h.send(t, "GET", "/v1/content", "", "Authorization", "Bearer "+h.tokens[name], "If-None-Match", etag)
		if r.status != code || etag == "" || code == 403 && r.header.Get("ETag") != "" {
			t.Errorf("%s: %d %v", name, r.status, r.header)
		}
	}
}

package demo

import (
	"compress/gzip"
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rightvoice/rightvoice/server/auth"
)

var pages = fstest.MapFS{
	"member.html":  {Data: []byte("<title>member</title>" + strings.Repeat(" ", 500))},
	"kit/words.js": {Data: []byte("export const t = 1;")},
	"base.css":     {Data: []byte("body { margin: 0 }")},
	"people.json":  {Data: []byte("[]")},
}

// with makes the handler of the pages, one for each screen.
func with(t *testing.T, o Options) (http.Handler, error) {
	t.Helper()
	files := fstest.MapFS{}
	for name, f := range pages {
		files[name] = f
	}
	for _, name := range screens {
		if files[name] == nil {
			files[name] = &fstest.MapFile{Data: []byte("<title>" + name + "</title>")}
		}
	}
	o.Files = files
	return New(context.Background(), o)
}

func open(t *testing.T) http.Handler {
	t.Helper()
	h, err := with(t, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func ask(h http.Handler, method, path string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestPagesAreServed(t *testing.T) {
	h := open(t)
	for path, kind := range map[string]string{"/demo/": "text/html; charset=utf-8", "/demo/member": "text/html; charset=utf-8",
		"/demo/member.html": "text/html; charset=utf-8", "/demo/kit/words.js": "text/javascript; charset=utf-8", "/demo/base.css": "text/css; charset=utf-8", "/demo/people.json": "application/json"} {
		w := ask(h, "GET", path)
		for name, want := range map[string]string{"Content-Type": kind, "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff",
			"Referrer-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin"} {
			if got := w.Header().Get(name); w.Code != 200 || got != want {
				t.Errorf("%s: %d, %s is %q, want %q", path, w.Code, name, got, want)
			}
		}
	}
	want := "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'"
	if got := ask(h, "GET", "/demo/member").Header().Get("Content-Security-Policy"); got != want {
		t.Errorf("the policy is\n%s\nwant\n%s", got, want)
	}
	if w := ask(h, "GET", "/demo"); w.Code != http.StatusPermanentRedirect || w.Header().Get("Location") != Prefix {
		t.Errorf("/demo: %d %v", w.Code, w.Header())
	}
	for _, path := range []string{"/demo/gone", "/demo/kit/", "/demo/kit", "/demo/../go.mod"} {
		if w := ask(h, "GET", path); w.Code != 404 {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	if w := ask(h, "POST", "/demo/member"); w.Code != 405 || w.Header().Get("Allow") != "GET, HEAD" {
		t.Errorf("POST: %d", w.Code)
	}
	if w := ask(h, "HEAD", "/demo/member"); w.Code != 200 || w.Body.Len() > 0 {
		t.Errorf("HEAD: %d, %d bytes", w.Code, w.Body.Len())
	}
}

func TestWhatABrowserHasIsNotSentAgain(t *testing.T) {
	h := open(t)
	tags := map[string]bool{}
	for _, accept := range []string{"", "gzip, br"} {
		first := ask(h, "GET", "/demo/member", "Accept-Encoding", accept)
		tag := first.Header().Get("ETag")
		if again := ask(h, "GET", "/demo/member", "Accept-Encoding", accept, "If-None-Match", tag); again.Code != 304 || again.Body.Len() > 0 {
			t.Errorf("Accept-Encoding %q: %d", accept, again.Code)
		}
		if other := ask(h, "GET", "/demo/member", "Accept-Encoding", accept, "If-None-Match", `"other"`); other.Code != 200 {
			t.Errorf("another ETag: %d", other.Code)
		}
		tags[tag] = true
	}
	if len(tags) != 2 {
		t.Error("packed and plain have the same ETag")
	}
	w := ask(h, "GET", "/demo/member", "Accept-Encoding", "gzip")
	r, err := gzip.NewReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	if data, err := io.ReadAll(r); err != nil || string(data) != string(pages["member.html"].Data) {
		t.Errorf("unpacked it is another file: %v", err)
	}
	if w := ask(h, "GET", "/demo/member", "Accept-Encoding", "gzip;q=0"); w.Header().Get("Content-Encoding") != "" {
		t.Error("packed for a browser that does not take it")
	}
}

// gate knows principals by their tokens.
type gate map[string]*auth.Principal

func (g gate) Authenticate(_ context.Context, authorization string, _ *x509.Certificate) (*auth.Principal, error) {
	if who := g[strings.TrimPrefix(authorization, "Bearer ")]; who != nil {
		return who, nil
	}
	return nil, errors.New("nobody")
}

func principal(side auth.Side, roles map[string]auth.Roles) *auth.Principal {
	return &auth.Principal{Name: "demo", Side: side, Roles: roles}
}

func TestTokensAreGivenToThePagesAlone(t *testing.T) {
	h, err := with(t, Options{Insurer: "i", Provider: "p", Gate: gate{
		"i": principal(auth.Insurer, map[string]auth.Roles{"show": auth.Evaluator}),
		"p": principal(auth.Provider, map[string]auth.Roles{"show": auth.Evaluator}),
	}})
	if err != nil {
		t.Fatal(err)
	}
	var got access
	w := ask(h, "GET", "/demo/access.json", "Sec-Fetch-Site", "same-origin")
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || got.Tenant != "show" || got.Tokens["ASKER_INSURER"] != "i" || got.Tokens["ASKER_PROVIDER"] != "p" {
		t.Errorf("%v %+v", err, got)
	}
	if w.Header().Get("Cache-Control") != "no-store" || w.Header().Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("%v", w.Header())
	}
	for _, site := range []string{"cross-site", "same-site", "none"} {
		if w := ask(h, "GET", "/demo/access.json", "Sec-Fetch-Site", site); w.Code != 403 || strings.Contains(w.Body.String(), `"i"`) {
			t.Errorf("%s: %d", site, w.Code)
		}
	}
	if w := ask(open(t), "GET", "/demo/access.json"); w.Body.String() != `{"tenant":"default","tokens":{}}` {
		t.Errorf("nobody is asked who they are: %s", w.Body)
	}
}

func TestTokensThatMayMoreAreRefused(t *testing.T) {
	one := map[string]auth.Roles{"show": auth.Evaluator}
	for name, insurer := range map[string]*auth.Principal{
		"nobody's":          nil,
		"an admin's":        principal(auth.Insurer, map[string]auth.Roles{"show": auth.Evaluator | auth.Admin}),
		"a viewer's":        principal(auth.Insurer, map[string]auth.Roles{"show": auth.Viewer}),
		"for two tenants":   principal(auth.Insurer, map[string]auth.Roles{"show": auth.Evaluator, "real": auth.Evaluator}),
		"for all tenants":   principal(auth.Insurer, map[string]auth.Roles{auth.AnyTenant: auth.Evaluator}),
		"for another one":   principal(auth.Insurer, map[string]auth.Roles{"real": auth.Evaluator}),
		"of the other side": principal(auth.Provider, one),
		"of both sides":     principal(auth.Both, one),
	} {
		g := gate{"p": principal(auth.Provider, one)}
		if insurer != nil {
			g["i"] = insurer
		}
		if _, err := with(t, Options{Insurer: "i", Provider: "p", Gate: g}); err == nil {
			t.Errorf("a token that is %s was taken", name)
		}
	}
}

// TestTokensThatBecameMoreAreNotGivenOut: what a token may do stands in a file
// that can change while the server runs.
func TestTokensThatBecameMoreAreNotGivenOut(t *testing.T) {
	one := map[string]auth.Roles{"show": auth.Evaluator}
	g := gate{"i": principal(auth.Insurer, one), "p": principal(auth.Provider, one)}
	h, err := with(t, Options{Insurer: "i", Provider: "p", Gate: g})
	if err != nil {
		t.Fatal(err)
	}
	g["i"] = principal(auth.Insurer, map[string]auth.Roles{"show": auth.Evaluator | auth.Publisher})
	if w := ask(h, "GET", "/demo/access.json"); w.Code != 503 || strings.Contains(w.Body.String(), "ASKER") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestBrokenPagesAreRefused(t *testing.T) {
	for name, files := range map[string]fstest.MapFS{
		"a screen is missing": {"member.html": {}},
		"of no known kind":    {"member.html": {}, "provider.html": {}, "split.html": {}, "a.exe": {}},
	} {
		if _, err := New(context.Background(), Options{Files: files}); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

package studio

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

var script = strings.Repeat("console.log('one of many lines');\n", 200)

func built(t *testing.T) http.Handler {
	t.Helper()
	h, err := New(fstest.MapFS{
		"index.html":         {Data: []byte(`<html><meta property="csp-nonce" nonce="__CSP_NONCE__"><script type="module" nonce="__CSP_NONCE__" src="/studio/assets/main-abc.js"></script></html>`)},
		"assets/main-abc.js": {Data: []byte(script)},
		"assets/tiny.svg":    {Data: []byte("<svg/>")},
		"assets/odd.bin":     {Data: []byte{1, 2, 3}},
		".gitkeep":           {},
	})
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

// TestEveryScreenIsThePage with a nonce of its own each time, the same in the
// policy and in the page.
func TestEveryScreenIsThePage(t *testing.T) {
	h, seen := built(t), map[string]bool{}
	for _, path := range []string{"/studio/", "/studio/rules", "/studio/rules/left-er", "/studio/index.html"} {
		w := ask(h, "GET", path)
		nonce := regexp.MustCompile(`style-src 'self' 'nonce-([\w-]{22})'`).FindStringSubmatch(w.Header().Get("Content-Security-Policy"))
		if w.Code != 200 || nonce == nil {
			t.Fatalf("%s: %d %v", path, w.Code, w.Header())
		}
		if seen[nonce[1]] {
			t.Errorf("%s: a nonce was used twice", path)
		}
		seen[nonce[1]] = true
		if body := w.Body.String(); strings.Count(body, nonce[1]) != 2 || strings.Contains(body, placeholder) {
			t.Errorf("%s: the page does not carry the nonce: %s", path, body)
		}
		for name, want := range map[string]string{"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"} {
			if got := w.Header().Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", path, name, got, want)
			}
		}
	}
}

// TestPolicyIsStrict: nothing inline, nothing from elsewhere.
func TestPolicyIsStrict(t *testing.T) {
	got := ask(built(t), "GET", "/studio/").Header().Get("Content-Security-Policy")
	got = regexp.MustCompile(`'nonce-[\w-]+'`).ReplaceAllString(got, "'nonce-…'")
	want := "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-…'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'"
	if got != want {
		t.Errorf("the policy is\n%s\nwant\n%s", got, want)
	}
}

func TestAssetsAreCompressedAndKept(t *testing.T) {
	h := built(t)
	w := ask(h, "GET", "/studio/assets/main-abc.js", "Accept-Encoding", "br, gzip;q=0.8")
	r, err := gzip.NewReader(bytes.NewReader(w.Body.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if data, err := io.ReadAll(r); err != nil || string(data) != script {
		t.Errorf("unpacked it is another file: %v", err)
	}
	for name, want := range map[string]string{"Content-Encoding": "gzip", "Vary": "Accept-Encoding", "Content-Type": "text/javascript; charset=utf-8", "Cache-Control": "public, max-age=31536000, immutable"} {
		if got := w.Header().Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	for _, accept := range []string{"", "identity", "gzip;q=0", "gzip; q=0.0", "*;q=0", "gzip;q=x"} {
		if w := ask(h, "GET", "/studio/assets/main-abc.js", "Accept-Encoding", accept); w.Header().Get("Content-Encoding") != "" || w.Body.String() != script {
			t.Errorf("Accept-Encoding %q got it compressed", accept)
		}
	}
	if w := ask(h, "GET", "/studio/assets/tiny.svg", "Accept-Encoding", "gzip"); w.Header().Get("Content-Encoding") != "" || w.Header().Get("Content-Type") != "image/svg+xml" {
		t.Errorf("a file that compressing makes larger: %v", w.Header())
	}
	if w := ask(h, "GET", "/studio/assets/odd.bin"); w.Header().Get("Content-Type") != "application/octet-stream" {
		t.Errorf("a file of no known kind: %v", w.Header())
	}
}

func TestWhatIsNotServed(t *testing.T) {
	h := built(t)
	for _, path := range []string{"/studio/assets/gone.js", "/studio/assets/", "/studio/assets/../index.html"} {
		if w := ask(h, "GET", path); w.Code != 404 || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %v", path, w.Code, w.Header())
		}
	}
	if w := ask(h, "POST", "/studio/"); w.Code != 405 || w.Header().Get("Allow") != "GET, HEAD" {
		t.Errorf("POST: %d %v", w.Code, w.Header())
	}
	for _, path := range []string{"/studio/", "/studio/assets/main-abc.js"} {
		if w := ask(h, "HEAD", path); w.Code != 200 || w.Body.Len() > 0 || w.Header().Get("Content-Length") == "0" {
			t.Errorf("HEAD %s: %d, %d bytes", path, w.Code, w.Body.Len())
		}
	}
	if w := ask(h, "GET", "/studio"); w.Code != 308 || w.Header().Get("Location") != Prefix {
		t.Errorf("/studio: %d %v", w.Code, w.Header())
	}
}

// TestNotBuilt says how to build.
func TestNotBuilt(t *testing.T) {
	h, err := New(fstest.MapFS{".gitkeep": {}})
	if err != nil {
		t.Fatal(err)
	}
	w := ask(h, "GET", "/studio/rules")
	if body := w.Body.String(); w.Code != 503 || !strings.Contains(body, "make studio\nmake run") || strings.Contains(body, placeholder) {
		t.Errorf("%d %s", w.Code, body)
	}
	if w := ask(h, "GET", "/studio/assets/main.js"); w.Code != 404 {
		t.Errorf("an asset of a page that is not there: %d", w.Code)
	}
}

func TestABrokenBuildIsRefused(t *testing.T) {
	for name, files := range map[string]fstest.MapFS{
		"without a place for the nonce": {"index.html": {Data: []byte("<html></html>")}, "assets/a.js": {}},
		"without assets":                {"index.html": {Data: []byte("<html>__CSP_NONCE__</html>")}},
	} {
		if _, err := New(files); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

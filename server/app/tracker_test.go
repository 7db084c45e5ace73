package app

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	pages "github.com/rightvoice/rightvoice/clients/demo"
	"github.com/rightvoice/rightvoice/clients/studio"
)

// own are the sources that a page may load from: this server, nothing, one inline
// part of this answer, or itself.
var own = regexp.MustCompile(`^('self'|'none'|'nonce-[\w-]+'|data:|'script')$`)

// elsewhere is something that a page of another site would answer.
var elsewhere = regexp.MustCompile(`(?i)(src|href|action|content|srcset|poster|data|ping)\s*=\s*["']?\s*(https?:)?//[^"'\s>]+|(fetch|import|sendBeacon|EventSource|WebSocket)\(\s*["'\x60](https?:|wss?:)?//|@import\s|url\(\s*["']?(https?:)?//`)

// TestG16NoPageThatShowsAdviceLoadsATracker asks for every page and what it loads: each
// is told by its policy to load from this server only, and names no other.
func TestG16NoPageThatShowsAdviceLoadsATracker(t *testing.T) {
	c := testConfig()
	c.Demo = true
	a := build(t, c, Options{})
	paths := map[string]bool{"/studio/": true, "/studio/rules": true, "/demo/": true}
	files, err := pages.Files()
	if err != nil {
		t.Fatal(err)
	}
	for prefix, of := range map[string]fs.FS{"/demo/": files, "/studio/": studio.Files()} {
		err := fs.WalkDir(of, ".", func(name string, e fs.DirEntry, err error) error {
			if err == nil && !e.IsDir() && !strings.HasPrefix(e.Name(), ".") {
				paths[prefix+name] = true
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	html := 0
	for path := range paths {
		w := httptest.NewRecorder()
		a.http.Handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://"+a.HTTPAddr()+path, nil))
		if w.Code != http.StatusOK && w.Code != http.StatusServiceUnavailable { // a Studio that is not built says so
			continue
		}
		body, kind := w.Body.String(), w.Header().Get("Content-Type")
		if !strings.HasPrefix(kind, "text/html") && !strings.HasPrefix(kind, "text/css") && !strings.Contains(kind, "javascript") {
			continue
		}
		if found := elsewhere.FindString(body); found != "" && w.Header().Get("Content-Encoding") == "" {
			t.Errorf("%s loads from elsewhere: %.80s", path, found)
		}
		if !strings.HasPrefix(kind, "text/html") {
			continue
		}
		html++
		policy := w.Header().Get("Content-Security-Policy")
		if !strings.HasPrefix(policy, "default-src 'none'") {
			t.Errorf("%s may load what its policy does not name: %q", path, policy)
		}
		for directive := range strings.SplitSeq(policy, ";") {
			for _, source := range strings.Fields(directive)[1:] {
				if !own.MatchString(source) {
					t.Errorf("%s may load from %s: %s", path, source, directive)
				}
			}
		}
	}
	if html < 4 {
		t.Errorf("%d pages were looked at", html)
	}
}

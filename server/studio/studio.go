package studio

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// Prefix is where the page lives.
const Prefix = "/studio/"

// placeholder stands in the built page where a nonce belongs.
const placeholder = "__CSP_NONCE__"

// policy lets the page load what this server serves and nothing else. The gap
// is for the nonce. Style elements need one: the widgets and the text editor
// write their styles themselves.
const policy = "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-%s'; img-src 'self' data:; " +
	"font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; " +
	"require-trusted-types-for 'script'"

// handler serves one build of the page.
type handler struct {
	page   [][]byte // index.html, cut where the nonce goes; nil if the page was not built
	assets map[string]*asset
}

// New makes the handler of the files of a build. Without an index.html it
// answers how to make one.
func New(files fs.FS) (http.Handler, error) {
	h := &handler{assets: map[string]*asset{}}
	page, err := fs.ReadFile(files, "index.html")
	if errors.Is(err, fs.ErrNotExist) {
		return h, nil
	}
	if err != nil {
		return nil, fmt.Errorf("the studio's page: %w", err)
	}
	h.page = bytes.Split(page, []byte(placeholder))
	if len(h.page) < 2 {
		return nil, errors.New("the studio's page has no place for a nonce")
	}
	if h.assets, err = load(files); err != nil {
		return nil, fmt.Errorf("the studio's assets: %w", err)
	}
	return h, nil
}

// ServeHTTP answers an asset for its name and the page for every other path:
// which screen is shown is settled in the browser.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "same-origin")
	header.Set("Cross-Origin-Opener-Policy", "same-origin")
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		header.Set("Allow", "GET, HEAD")
		http.Error(w, "only GET and HEAD are served here", http.StatusMethodNotAllowed)
		return
	}
	name, ok := strings.CutPrefix(r.URL.Path, Prefix)
	switch {
	case !ok:
		http.Redirect(w, r, Prefix, http.StatusPermanentRedirect)
	case strings.HasPrefix(name, "assets/"):
		h.serveAsset(w, r, name)
	default:
		h.servePage(w, r)
	}
}

func (h *handler) serveAsset(w http.ResponseWriter, r *http.Request, name string) {
	a := h.assets[path.Clean(name)]
	if a == nil {
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		http.Error(w, "no such file", http.StatusNotFound)
		return
	}
	a.serve(w, r)
}

func (h *handler) servePage(w http.ResponseWriter, r *http.Request) {
	nonce := newNonce()
	header := w.Header()
	header.Set("Content-Security-Policy", fmt.Sprintf(policy, nonce))
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Cache-Control", "no-cache")
	code, page := http.StatusOK, h.page
	if page == nil {
		code, page = http.StatusServiceUnavailable, notBuilt
	}
	body := bytes.Join(page, []byte(nonce))
	header.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(code)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // a caller that is gone cannot be told so
	}
}

// newNonce is 128 random bits, in letters that are safe in HTML and headers.
func newNonce() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// notBuilt says what is missing.
var notBuilt = bytes.Split([]byte(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The Studio is not built</title>
<style nonce="`+placeholder+`">
  :root { color-scheme: light dark; font: 1rem/1.6 system-ui, sans-serif }
  body { max-width: 38rem; margin: 12vh auto; padding: 0 1.5rem }
  pre { padding: 1rem 1.25rem; border-radius: .5rem; background: color-mix(in srgb, currentColor 8%, transparent); overflow-x: auto }
</style>
<h1>The Studio is not built</h1>
<p>This program was built without its web page. The API works all the same. To have the page, run this in the repository, with Node 20 and npm installed:</p>
<pre>make studio
make run</pre>
<p>Where npm is missing on Debian: <code>apt-get install nodejs npm</code>.</p>
</html>
`), []byte(placeholder))

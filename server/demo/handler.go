package demo

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// Prefix is where the pages live.
const Prefix = "/demo/"

// policy is that of the Studio without its nonce: these pages have no inline
// styles that would need one.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
	"font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; " +
	"require-trusted-types-for 'script'"

// Options are what to serve, and with what the pages may call.
type Options struct {
	Files             fs.FS
	Gate              Gate   // nil asks nobody who they are, and needs no tokens
	Insurer, Provider string // the tokens of the two sides
	Log               *slog.Logger
}

// handler serves the pages.
type handler struct {
	o     Options
	files map[string]*file // by what stands after Prefix
}

// file is one file, ready to be sent.
type file struct {
	kind           string
	tag            string // changes with the content
	plain, gzipped []byte
}

// kinds are the media types of the pages' files.
var kinds = map[string]string{
	".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".json": "application/json",
}

// screens are the addresses that people type, and their files.
var screens = map[string]string{"": "split.html", "split": "split.html", "member": "member.html", "provider": "provider.html"}

// New makes the handler. It fails if a token may do too little or too much.
func New(ctx context.Context, o Options) (http.Handler, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	h := &handler{o: o, files: map[string]*file{}}
	if _, err := h.access(ctx); err != nil {
		return nil, err
	}
	err := fs.WalkDir(o.Files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			h.files[name], err = load(o.Files, name)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	for address, name := range screens {
		if h.files[name] == nil {
			return nil, fmt.Errorf("%s is missing", name)
		}
		h.files[address] = h.files[name]
	}
	return h, nil
}

func load(files fs.FS, name string) (*file, error) {
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	f := &file{kind: kinds[path.Ext(name)], tag: hex.EncodeToString(sum[:8]), plain: data}
	if f.kind == "" {
		return nil, fmt.Errorf("%s is of no known kind", name)
	}
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	f.gzipped = packed.Bytes()
	return f, nil
}

// ServeHTTP answers for paths that begin with Prefix, and for Prefix without
// its last slash.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "same-origin")
	header.Set("Cross-Origin-Opener-Policy", "same-origin")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	header.Set("Content-Security-Policy", policy)
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		header.Set("Allow", "GET, HEAD")
		http.Error(w, "only GET and HEAD are served here", http.StatusMethodNotAllowed)
		return
	}
	name, ok := strings.CutPrefix(r.URL.Path, Prefix)
	switch f := h.files[name]; {
	case !ok:
		http.Redirect(w, r, Prefix, http.StatusPermanentRedirect)
	case name == "access.json":
		h.serveAccess(w, r)
	case f == nil:
		header.Set("Cache-Control", "no-store")
		http.Error(w, "no such page", http.StatusNotFound)
	default:
		f.serve(w, r)
	}
}

// serveAccess tells the pages with what to call. Pages of other origins can't
// read it, and are not let near it.
func (h *handler) serveAccess(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" {
		http.Error(w, "for the demo pages only", http.StatusForbidden)
		return
	}
	body, err := h.access(r.Context())
	if err != nil {
		h.o.Log.Error("the demo's tokens are not fit for it", slog.String("cause", err.Error()))
		http.Error(w, "the demo's tokens are not fit for it; the log says why", http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	send(w, r, body)
}

// serve sends the file, or says that the caller has it.
func (f *file) serve(w http.ResponseWriter, r *http.Request) {
	header, body, tag := w.Header(), f.plain, f.tag
	if len(f.gzipped) < len(f.plain) && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") && !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip;q=0") {
		header.Set("Content-Encoding", "gzip")
		body, tag = f.gzipped, tag+"-gz"
	}
	header.Set("Vary", "Accept-Encoding")
	header.Set("Cache-Control", "no-cache")
	header.Set("ETag", `"`+tag+`"`)
	if strings.Contains(r.Header.Get("If-None-Match"), `"`+tag+`"`) {
		header.Del("Content-Encoding")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	header.Set("Content-Type", f.kind)
	send(w, r, body)
}

func send(w http.ResponseWriter, r *http.Request, body []byte) {
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // a caller that is gone cannot be told so
	}
}

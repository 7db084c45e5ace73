package studio

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// asset is one file of the build, ready to be sent.
type asset struct {
	kind    string // its media type
	plain   []byte
	gzipped []byte // nil if that is not smaller
}

// kinds are the media types of what a build has. The computer's own table may
// lack some, and a browser told not to guess would refuse them.
var kinds = map[string]string{
	".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml",
	".json": "application/json", ".png": "image/png", ".txt": "text/plain; charset=utf-8",
}

// load reads and compresses everything below assets.
func load(files fs.FS) (map[string]*asset, error) {
	all := map[string]*asset{}
	err := fs.WalkDir(files, "assets", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		a := &asset{kind: kinds[path.Ext(name)], plain: data}
		if a.kind == "" {
			a.kind = "application/octet-stream"
		}
		if a.gzipped, err = compress(data); err != nil {
			return err
		}
		all[name] = a
		return nil
	})
	return all, err
}

// compress returns nil if the result is no smaller.
func compress(data []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	if b.Len() >= len(data) {
		return nil, nil
	}
	return b.Bytes(), nil
}

// serve sends the asset. Its name changes with its content, so that it never
// has to be asked for again.
func (a *asset) serve(w http.ResponseWriter, r *http.Request) {
	header, body := w.Header(), a.plain
	header.Set("Content-Type", a.kind)
	header.Set("Cache-Control", "public, max-age=31536000, immutable")
	header.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	header.Set("Vary", "Accept-Encoding")
	if a.gzipped != nil && takesGzip(r.Header.Values("Accept-Encoding")) {
		header.Set("Content-Encoding", "gzip")
		body = a.gzipped
	}
	header.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // a caller that is gone cannot be told so
	}
}

// takesGzip reports whether a caller lists gzip and does not give it weight 0.
func takesGzip(accept []string) bool {
	for _, part := range strings.Split(strings.Join(accept, ","), ",") {
		coding, weight, _ := strings.Cut(strings.ToLower(strings.TrimSpace(part)), ";")
		if coding = strings.TrimSpace(coding); coding != "gzip" && coding != "*" {
			continue
		}
		q, ok := strings.CutPrefix(strings.ReplaceAll(weight, " ", ""), "q=")
		value, err := strconv.ParseFloat(q, 64)
		return !ok || err == nil && value > 0
	}
	return false
}

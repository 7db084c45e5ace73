package cdshooks

import (
	"bytes"
	"errors"
	"mime"
	"net/http"
	"os"
	"slices"
	"strconv"
)

// withBody reads a body, if there is room for it, and hands it on.
func (h *Handler) withBody(w http.ResponseWriter, r *http.Request, do func([]byte) ([]byte, error)) ([]byte, error) {
	if media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || media != "application/json" || r.Header.Get("Content-Encoding") != "" {
		return nil, notJSON
	}
	size := r.ContentLength
	switch {
	case size > MaxBody:
		return nil, tooLarge
	case size < 0:
		size = MaxBody
	}
	if !h.room.TryAcquire(size) {
		return nil, tooMuch
	}
	defer h.room.Release(size)
	buf := bytes.NewBuffer(make([]byte, 0, max(0, r.ContentLength)+bytes.MinRead))
	if _, err := buf.ReadFrom(http.MaxBytesReader(w, r.Body, MaxBody)); err != nil {
		return nil, unreadable(err)
	}
	return do(buf.Bytes())
}

func unreadable(err error) error {
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return tooLarge
	case errors.Is(err, os.ErrDeadlineExceeded):
		return tooSlow
	}
	return cutOff
}

// secure sets the headers that every answer has.
func secure(h http.Header) {
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("Referrer-Policy", "no-referrer")
}

func (p *problem) headers(h http.Header) {
	switch p.status {
	case http.StatusUnauthorized:
		h.Set("WWW-Authenticate", `Bearer error="invalid_token"`)
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		h.Set("Retry-After", "1")
	}
}

func write(w http.ResponseWriter, status int, body []byte) {
	if len(body) > 0 {
		w.Header().Set("Content-Type", "application/json")
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // a client that is gone can't be told so
}

// cors lets web pages of the origins on the list call, and answers their
// browsers' question whether they may. It reports whether the call is answered.
func (h *Handler) cors(w http.ResponseWriter, r *http.Request) bool {
	if len(h.o.Origins) == 0 {
		return false
	}
	head := w.Header()
	head.Add("Vary", "Origin")
	origin := r.Header.Get("Origin")
	if origin == "" || !slices.Contains(h.o.Origins, origin) {
		return false
	}
	head.Set("Access-Control-Allow-Origin", origin)
	head.Set("Access-Control-Expose-Headers", "Retry-After")
	if r.Method != http.MethodOptions || r.Header.Get("Access-Control-Request-Method") == "" {
		return false
	}
	head.Set("Access-Control-Allow-Methods", "GET, POST, OPTIONS")
	head.Set("Access-Control-Allow-Headers", "Authorization, Content-Type, Accept")
	head.Set("Access-Control-Max-Age", "600")
	if r.Header.Get("Access-Control-Request-Private-Network") == "true" {
		head.Set("Access-Control-Allow-Private-Network", "true") // a public page that asks a server on this machine
	}
	w.WriteHeader(http.StatusNoContent)
	return true
}

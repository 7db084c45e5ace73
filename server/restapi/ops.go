package restapi

import (
	"net/http"
	"strconv"
)

// ops answers the paths that operators and tools ask for. It reports whether
// the request is answered.
func (a *api) ops(w http.ResponseWriter, r *http.Request) bool {
	var serve func(http.ResponseWriter, *http.Request)
	switch r.URL.Path {
	case "/healthz":
		serve = healthy
	case "/readyz":
		serve = a.ready
	case "/metrics":
		serve = a.metrics.ServeHTTP
	case "/openapi.json":
		serve = a.openAPI
	default:
		return false
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		a.noRoute(w, []string{http.MethodGet, http.MethodHead})
		return true
	}
	serve(w, r)
	return true
}

// healthy says that the process works. It does not look at anything else: a
// server that is restarted for the fault of another helps nobody.
func healthy(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, []byte(`{"status":"ok"}`))
}

// ready says whether requests should be sent here.
func (a *api) ready(w http.ResponseWriter, _ *http.Request) {
	switch {
	case a.o.Ready() && a.o.Stale != nil && a.o.Stale():
		writeJSON(w, http.StatusOK, []byte(`{"status":"ready","revisions":"stale"}`))
		return
	case a.o.Ready():
		writeJSON(w, http.StatusOK, []byte(`{"status":"ready"}`))
		return
	}
	writeJSON(w, http.StatusServiceUnavailable, []byte(`{"status":"not ready"}`))
}

func (a *api) openAPI(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, a.openapi)
}

func writeJSON(w http.ResponseWriter, code int, data []byte) {
	h := w.Header()
	h["Content-Type"] = jsonType
	h.Set("Content-Length", strconv.Itoa(len(data)))
	w.WriteHeader(code)
	_, _ = w.Write(data) // a caller that is gone cannot be told so
}

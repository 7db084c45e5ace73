package app

import (
	"context"
	"encoding/json"
	"io"
	"net/http/httptest"
	"testing"
)

// TestMetaIsTrueFromTheFirstAnswer asks before Run was called: what is in force
// is known before anything is served, the first time and each time after.
func TestMetaIsTrueFromTheFirstAnswer(t *testing.T) {
	dir := t.TempDir()
	for name, kept := range map[string]string{"nothing is kept": "", "the first start": dir, "the next start": dir} {
		c := testConfig()
		c.DataDir = kept
		a, err := New(c, Options{LogTo: io.Discard})
		if err != nil {
			t.Fatal(name, err)
		}
		w := httptest.NewRecorder()
		a.http.Handler.ServeHTTP(w, httptest.NewRequest("GET", "/v1/meta", nil))
		var meta struct {
			Version   int
			Revision  string
			Languages []string
		}
		if err := json.Unmarshal(w.Body.Bytes(), &meta); err != nil || meta.Version != 1 || meta.Revision != a.service.Current("").ID() || len(meta.Languages) < 2 {
			t.Errorf("%s: %v %s; %s is in force", name, err, w.Body, a.service.Current("").ID())
		}
		if v, stale := a.inForce(context.Background(), "default"); stale || v.Number != 1 {
			t.Errorf("%s: version %d", name, v.Number)
		}
		if err := a.Close(); err != nil {
			t.Error(name, err)
		}
	}
}

package cdshooks

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"
)

// largeCall is a call with so many bytes of prefetch at least: visits and
// conditions of many years, with the text that EHRs send along.
func largeCall(t testing.TB, size int) []byte {
	t.Helper()
	var visits, conditions []m
	div := m{"status": "generated", "div": "<div>" + string(bytes.Repeat([]byte("A narrative that nobody reads. "), 20)) + "</div>"}
	for n := 0; ; n++ {
		e, c := erVisit(48+24*30*n), condition("E11.9", today.AddDate(0, 0, -30*n))
		e["id"], c["id"], e["text"], c["text"] = fmt.Sprintf("e%d", n), fmt.Sprintf("c%d", n), div, div
		visits, conditions = append(visits, e), append(conditions, c)
		if n%50 != 0 {
			continue
		}
		data, err := json.Marshal(call("patient-view", m{"patient": patient("m-1"), "encounters": bundle(visits...), "conditions": bundle(conditions...)}))
		if err != nil {
			t.Fatal(err)
		}
		if len(data) >= size {
			return data
		}
	}
}

func (b *bench) answers(t testing.TB, body []byte) time.Duration {
	r := httptest.NewRequest("POST", Path+"/patient-view", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	began := time.Now()
	b.ServeHTTP(w, r)
	took := time.Since(began)
	if w.Code != http.StatusOK || !bytes.Contains(w.Body.Bytes(), []byte("left-acute-care")) {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	return took
}

// TestALargeChartIsAnsweredInTime holds the 500 ms that the specification wants
// by the fastest of a few calls: machines that test have other things to do.
func TestALargeChartIsAnsweredInTime(t *testing.T) {
	b, body := newBench(t, nil), largeCall(t, 900_000)
	best := time.Hour
	for range 5 {
		best = min(best, b.answers(t, body))
	}
	if best > slowed*500*time.Millisecond {
		t.Errorf("%d bytes take %v", len(body), best)
	}
}

func BenchmarkInvoke(b *testing.B) {
	for _, size := range []int{1_000, 900_000} {
		b.Run(fmt.Sprint(size, " bytes"), func(b *testing.B) {
			s, body := newBench(b, nil), largeCall(b, size)
			b.SetBytes(int64(len(body)))
			var took []time.Duration
			for b.Loop() {
				took = append(took, s.answers(b, body))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
		})
	}
}

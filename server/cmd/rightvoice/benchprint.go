package main

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/rightvoice/rightvoice/server/drive"
)

func (b *bench) print(std streams, m *drive.Measured) {
	w := std.out
	if b.load.Rate > 0 {
		fmt.Fprintf(w, "open loop, %g requests due a second, at most %d under way, %s\n", b.load.Rate, b.load.Callers, b.target())
	} else {
		fmt.Fprintf(w, "closed loop, %s, %s\n", count(b.load.Callers, "caller", "callers"), b.target())
	}
	fmt.Fprintf(w, "  requests/s  %.0f  (%d answered in %.2f s)\n", m.PerSecond(), m.Sent-m.Failed(), m.Elapsed.Seconds())
	fmt.Fprintf(w, "  latency us  %s\n", spread(&m.Latency))
	if b.load.Rate > 0 {
		fmt.Fprintf(w, "  sent late us  %s\n", spread(&m.Late))
		fmt.Fprintf(w, "  never sent  %d\n", m.Unsent)
	}
	fmt.Fprintf(w, "  errors  %d\n", m.Failed())
	for _, kind := range slices.Sorted(maps.Keys(m.Errors)) {
		fmt.Fprintf(w, "    %s: %d\n", kind, m.Errors[kind])
	}
}

func spread(h *drive.Histogram) string {
	return fmt.Sprintf("p50 %.0f  p90 %.0f  p99 %.0f  p99.9 %.0f  max %.0f  mean %.0f",
		micros(h.Quantile(.5)), micros(h.Quantile(.9)), micros(h.Quantile(.99)), micros(h.Quantile(.999)), micros(h.Max()), micros(h.Mean()))
}

func micros(d time.Duration) float64 { return float64(d) / float64(time.Microsecond) }

// timesJSON are times in microseconds.
type timesJSON struct {
	P50  float64 `json:"p50"`
	P90  float64 `json:"p90"`
	P99  float64 `json:"p99"`
	P999 float64 `json:"p99_9"`
	Max  float64 `json:"max"`
	Mean float64 `json:"mean"`
}

func timesOf(h *drive.Histogram) timesJSON {
	return timesJSON{micros(h.Quantile(.5)), micros(h.Quantile(.9)), micros(h.Quantile(.99)), micros(h.Quantile(.999)), micros(h.Max()), micros(h.Mean())}
}

func (b *bench) printJSON(std streams, m *drive.Measured) error {
	out := struct {
		Target    string         `json:"target"`
		Loop      string         `json:"loop"`
		Callers   int            `json:"callers"`
		Rate      float64        `json:"rate,omitempty"`
		Members   int            `json:"members"`
		Seconds   float64        `json:"seconds"`
		Sent      int            `json:"sent"`
		Answered  int            `json:"answered"`
		PerSecond float64        `json:"requestsPerSecond"`
		Latency   timesJSON      `json:"latencyMicros"`
		Late      *timesJSON     `json:"sentLateMicros,omitempty"`
		Unsent    int            `json:"neverSent"`
		Errors    map[string]int `json:"errors"`
	}{Target: b.target(), Loop: "closed", Callers: b.load.Callers, Rate: b.load.Rate, Members: b.members, Seconds: m.Elapsed.Seconds(), Sent: m.Sent,
		Answered: m.Sent - m.Failed(), PerSecond: m.PerSecond(), Latency: timesOf(&m.Latency), Unsent: m.Unsent, Errors: m.Errors}
	if b.load.Rate > 0 {
		late := timesOf(&m.Late)
		out.Loop, out.Late = "open", &late
	}
	return printJSON(std, out)
}

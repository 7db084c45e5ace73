// Package telemetry is what operators see of a server: JSON logs, Prometheus
// metrics and, if a collector is named, OpenTelemetry traces.
//
// In: Options. Out: a Telemetry, whose parts are handed to whoever has
// something to tell. Nothing about a member, nothing a caller sent and no text
// ever goes in: labels and attributes come from closed sets that are known when
// the server starts, so that the number of series is known too.
//
// Everything that can be looked up is looked up before the first request:
// counting a call costs a few atomic additions, and tracing costs nothing while
// it is off.
package telemetry

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Options says what to tell and where. The zero value logs at level info to
// nowhere and traces nothing.
type Options struct {
	LogTo    io.Writer // where log lines go; nil drops them
	LogLevel string    // debug, info, warn or error; empty means info

	// OTLPEndpoint is the URL of an OTLP/gRPC collector; empty turns tracing
	// off. It is not awaited: a collector that is away loses traces, no more.
	OTLPEndpoint string
	TraceRatio   float64 // share of requests traced where the caller has not decided

	Version string // of this program, for traces and the build metric
}

// Telemetry is the log, the metrics and the tracer of one server.
type Telemetry struct {
	Log      *slog.Logger
	Tracer   *Tracer // nil if tracing is off; its methods may be called all the same
	registry *prometheus.Registry
}

// New opens the channels that o asks for.
func New(ctx context.Context, o Options) (*Telemetry, error) {
	var level slog.Level
	if o.LogLevel != "" {
		if err := level.UnmarshalText([]byte(o.LogLevel)); err != nil {
			return nil, errors.New("the log level must be debug, info, warn or error")
		}
	}
	if o.LogTo == nil {
		o.LogTo = io.Discard
	}
	t := &Telemetry{
		Log:      slog.New(slog.NewJSONHandler(o.LogTo, &slog.HandlerOptions{Level: level})),
		registry: prometheus.NewRegistry(),
	}
	t.registry.MustRegister(
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	)
	build := prometheus.NewGauge(prometheus.GaugeOpts{Name: "rightvoice_build_info", Help: "1; the label says which program this is.",
		ConstLabels: prometheus.Labels{"version": o.Version}})
	build.Set(1)
	t.registry.MustRegister(build)
	if o.OTLPEndpoint == "" {
		return t, nil
	}
	var err error
	if t.Tracer, err = newTracer(ctx, o, t.Log); err != nil {
		return nil, fmt.Errorf("tracing: %w", err)
	}
	return t, nil
}

// Handler serves the metrics in Prometheus' text format.
func (t *Telemetry) Handler() http.Handler {
	return promhttp.HandlerFor(t.registry, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError})
}

// Shutdown sends what is left to send.
func (t *Telemetry) Shutdown(ctx context.Context) error { return t.Tracer.shutdown(ctx) }

// ErrorLog takes what the standard library's servers report about connections.
func (t *Telemetry) ErrorLog() *log.Logger { return slog.NewLogLogger(t.Log.Handler(), slog.LevelWarn) }

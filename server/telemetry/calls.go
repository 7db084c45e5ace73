package telemetry

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"google.golang.org/grpc/codes"
)

// Calls counts the requests of all methods, by transport and outcome.
type Calls struct {
	inFlight prometheus.Gauge
	total    *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
}

// Call counts the requests of one method over one transport.
type Call struct {
	inFlight prometheus.Gauge
	seconds  prometheus.Observer
	codes    [codes.Unauthenticated + 1]prometheus.Counter
}

// Calls makes the metrics of requests. It may be called once.
func (t *Telemetry) Calls() *Calls {
	labels := []string{"method", "transport"}
	c := &Calls{
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{Name: "rightvoice_requests_in_flight", Help: "Requests being worked on."}),
		total: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "rightvoice_requests_total",
			Help: "Requests answered, by method, transport and gRPC code."}, append(labels, "code")),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "rightvoice_request_seconds",
			Help:    "Time from the request being read to its answer being known; a stream counts once, from opening to end.",
			Buckets: []float64{.00005, .0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 5}}, labels),
	}
	t.registry.MustRegister(c.inFlight, c.total, c.seconds)
	return c
}

// Method prepares the counters of one method over one transport. Both must
// come from closed sets.
func (c *Calls) Method(method, transport string) *Call {
	call := &Call{inFlight: c.inFlight, seconds: c.seconds.WithLabelValues(method, transport)}
	for code := range call.codes {
		call.codes[code] = c.total.WithLabelValues(method, transport, codes.Code(code).String())
	}
	return call
}

// Begin counts a request as being worked on.
func (c *Call) Begin() { c.inFlight.Inc() }

// End counts a request that ended with code after took.
func (c *Call) End(code codes.Code, took time.Duration) {
	c.inFlight.Dec()
	if int(code) >= len(c.codes) {
		code = codes.Unknown
	}
	c.codes[code].Inc()
	c.seconds.Observe(took.Seconds())
}

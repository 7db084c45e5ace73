package telemetry

import (
	"github.com/prometheus/client_golang/prometheus"
)

// Counters makes a counter with one label, one for each of its values, in
// their order. The values must be a closed set.
func (t *Telemetry) Counters(name, help, label string, values ...string) []prometheus.Counter {
	vec := prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, []string{label})
	t.registry.MustRegister(vec)
	all := make([]prometheus.Counter, len(values))
	for i, v := range values {
		all[i] = vec.WithLabelValues(v)
	}
	return all
}

// Counter makes a counter without labels.
func (t *Telemetry) Counter(name, help string) prometheus.Counter {
	c := prometheus.NewCounter(prometheus.CounterOpts{Name: name, Help: help})
	t.registry.MustRegister(c)
	return c
}

// CountFrom shows a count that someone else keeps. read must be safe to call
// at any time.
func (t *Telemetry) CountFrom(name, help string, read func() uint64) {
	t.registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Name: name, Help: help},
		func() float64 { return float64(read()) }))
}

// GaugeFrom shows a value that someone else keeps. read must be safe to call
// at any time.
func (t *Telemetry) GaugeFrom(name, help string, read func() float64) {
	t.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, read))
}

// GaugesFrom shows values that someone else keeps, by one label. read must be
// safe to call at any time, and its keys must be few.
func (t *Telemetry) GaugesFrom(name, help, label string, read func() map[string]float64) {
	t.registry.MustRegister(&gauges{prometheus.NewDesc(name, help, []string{label}, nil), read})
}

type gauges struct {
	desc *prometheus.Desc
	read func() map[string]float64
}

func (g *gauges) Describe(ch chan<- *prometheus.Desc) { ch <- g.desc }

func (g *gauges) Collect(ch chan<- prometheus.Metric) {
	for value, v := range g.read() {
		ch <- prometheus.MustNewConstMetric(g.desc, prometheus.GaugeValue, v, value)
	}
}

// Info shows a name that may change, such as the revision in force, as the
// label of a gauge that is 1. An empty name shows nothing.
func (t *Telemetry) Info(name, help, label string, read func() string) {
	t.registry.MustRegister(&info{prometheus.NewDesc(name, help, []string{label}, nil), read})
}

type info struct {
	desc *prometheus.Desc
	read func() string
}

func (i *info) Describe(ch chan<- *prometheus.Desc) { ch <- i.desc }

func (i *info) Collect(ch chan<- prometheus.Metric) {
	if name := i.read(); name != "" {
		ch <- prometheus.MustNewConstMetric(i.desc, prometheus.GaugeValue, 1, name)
	}
}

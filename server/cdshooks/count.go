package cdshooks

import (
	"github.com/prometheus/client_golang/prometheus"

	"github.com/rightvoice/rightvoice/server/cdshooks/trust"
	"github.com/rightvoice/rightvoice/server/telemetry"
)

// counters count what was answered. All labels are closed sets.
type counters struct {
	cards    map[string]prometheus.Counter // by indicator
	refusals map[string]prometheus.Counter // by reason
	outcomes map[string]prometheus.Counter // of feedback
}

// What became of an entry of feedback.
const (
	fedAccepted   = "accepted"
	fedOverridden = "overridden"
	fedRepeated   = "repeated"
	fedUnknown    = "unknown_card"
	fedRefused    = "refused"
)

func newCounters(t *telemetry.Telemetry) counters {
	make := func(name, help, label string, values ...string) map[string]prometheus.Counter {
		out := map[string]prometheus.Counter{}
		for i, c := range t.Counters(name, help, label, values...) {
			out[values[i]] = c
		}
		return out
	}
	reasons := []string{other}
	for _, p := range []*problem{noSuchPath, noSuchService, badMethod, notJSON, tooLarge, tooSlow, cutOff, tooMuch, internal, unavailable} {
		reasons = append(reasons, p.reason)
	}
	reasons = append(reasons, invalid(Invalid{{}}).reason, lacking(nil).reason, reasonUnreadable)
	for _, r := range trust.Reasons() {
		reasons = append(reasons, string(r))
	}
	return counters{
		cards:    make("rightvoice_cds_cards_total", "Cards given to EHRs, by indicator.", "indicator", info, warning, critical),
		refusals: make("rightvoice_cds_refused_total", "CDS Hooks calls that were refused, by reason.", "reason", reasons...),
		outcomes: make("rightvoice_cds_feedback_total", "Feedback on cards, by what became of it.", "outcome", fedAccepted, fedOverridden, fedRepeated, fedUnknown, fedRefused),
	}
}

const other = "OTHER"

func (c *counters) refused(reason string) {
	counter, ok := c.refusals[reason]
	if !ok {
		counter = c.refusals[other]
	}
	counter.Inc()
}

package grpcapi

import (
	"github.com/prometheus/client_golang/prometheus"
	"google.golang.org/protobuf/reflect/protoreflect"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/telemetry"
)

// counters counts what was answered. Its labels are the closed vocabularies of
// the API, by number.
type counters struct {
	mindset, sender, cache []prometheus.Counter
	refused                prometheus.Counter // items of batches and streams
}

func newCounters(t *telemetry.Telemetry) *counters {
	return &counters{
		mindset: t.Counters("rightvoice_mindsets_total", "Recommendations, by mindset.", "mindset", names(pb.Mindset(0).Descriptor())...),
		sender:  t.Counters("rightvoice_senders_total", "Recommendations, by who should speak.", "sender", names(pb.Sender(0).Descriptor())...),
		cache:   t.Counters("rightvoice_decisions_total", "Decisions, by where they came from.", "cache", names(pb.Cache_Status(0).Descriptor())...),
		refused: t.Counter("rightvoice_items_refused_total", "Items of batches and streams that were answered by an error."),
	}
}

// names lists the names of an enumeration whose numbers are 0, 1, 2 and so on.
func names(d protoreflect.EnumDescriptor) []string {
	all := make([]string, d.Values().Len())
	for i := range all {
		all[i] = string(d.Values().ByNumber(protoreflect.EnumNumber(i)).Name())
	}
	return all
}

func (c *counters) answer(d *pb.Decision) {
	c.cache[d.Cache.Status].Inc()
	for _, r := range d.Recommendations {
		c.mindset[r.Mindset].Inc()
		c.sender[r.Sender].Inc()
	}
}

package coherence

import (
	"sync"
	"time"

	"github.com/rightvoice/rightvoice/server/drive"
)

// maxExamples bounds how many divergences a Report tells of.
const maxExamples = 20

// Report is what a replay found.
type Report struct {
	Seed    uint64
	Members int
	Voices  int
	Took    time.Duration

	Events  int // told
	Again   int // of them told before
	Late    int // of them told after something newer about the member
	Answers int
	During  int // of them given while an event about the member was under way
	Alone   int // of them given without the store: the two sides could not share them

	Wrong     int // answers that do not follow from what is known
	Senders   int // answers that name another sender or mindset than another voice heard
	Decisions int // answers with another decision than another voice heard
	Examples  []string

	Staleness drive.Histogram // from the acknowledgement of an event to everybody having answered by it
	Latency   drive.Histogram // of answers: what Staleness is made of, unless an answer is stale
	mu        sync.Mutex
}

// Divergences counts them all.
func (r *Report) Divergences() int { return r.Wrong + r.Senders + r.Decisions }

func (r *Report) count(e *event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.Events++
	if e.again {
		r.Again++
	}
	if e.late {
		r.Late++
	}
}

func (r *Report) asked(h *drive.Heard, took time.Duration, during bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.Latency.Add(took)
	r.Answers++
	if during {
		r.During++
	}
	if !h.Shared {
		r.Alone++
	}
}

func (r *Report) stale(d time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.Staleness.Add(d)
}

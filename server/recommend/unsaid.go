package recommend

import (
	"strings"

	"github.com/rightvoice/rightvoice/server/memory"
)

// insurersTable marks, in the table of a reason that is kept, the reasons that
// stand for the insurer in place of those that decided. They come last.
const insurersTable = "insurer."

// keepReasons keeps the reasons that the insurer reads where they are others.
func (u *unsaid) keepReasons(s *Snapshot, r *memory.Recommendation) {
	if !u.agrees || !u.mindset && !u.sender {
		return
	}
	for _, why := range s.named(&u.instead).Reasons {
		why.Table = insurersTable + why.Table
		r.Reasons = append(r.Reasons, why)
	}
}

// ownReasons are the reasons that decided, and those for the insurer if they are
// others.
func ownReasons(r *memory.Recommendation) (decided, insurers []memory.Reason) {
	for i, why := range r.Reasons {
		if table, ok := strings.CutPrefix(why.Table, insurersTable); ok {
			why.Table = table
			insurers = append(insurers, why)
			continue
		}
		decided = r.Reasons[:i+1]
	}
	return decided, insurers
}

// recallUnsaid is what a decision that was kept must not say to the insurer.
func (s *Snapshot) recallUnsaid(r *memory.Record, topic string) unsaid {
	u := unsaidOf(r.Private, topic)
	for _, rec := range r.Recommendations {
		if rec.Topic != topic {
			continue
		}
		if _, rec.Reasons = ownReasons(&rec); len(rec.Reasons) > 0 {
			u.instead, u.agrees = s.decision(&rec)
		}
	}
	return u
}

package wire

import (
	"time"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/server/recommend"
)

// Request reads one question in the words of a revision; words is nil while
// none is in force. m must have passed the Validator. The error is Invalid.
func Request(m *pb.RecommendRequest, words *fact.Catalogue) (recommend.Request, error) {
	r := reader{words: words}
	if m.Context != nil {
		r.context(m.Context)
	}
	if len(m.Attributes) > 0 {
		r.attributes(m.Attributes)
	}
	q := recommend.Request{RequestID: m.RequestId, Tenant: m.Tenant, MemberRef: m.MemberRef, Asker: asker(m.Asker), Text: m.Text, Language: m.Language}
	if m.Consistency == pb.RecommendRequest_FRESH {
		q.Consistency = recommend.Fresh
	}
	if len(m.Diagnoses) > 0 {
		q.Diagnoses = r.diagnoses(m.Diagnoses)
	}
	q.Topic, q.HasTopic = r.topic(m.Topic)
	q.Facts = r.facts
	return q, r.wrong.OrNil()
}

// ExplainRequest reads a question for the whole trace. The fields to blame
// stand inside request.
func ExplainRequest(m *pb.ExplainRequest, words *fact.Catalogue) (recommend.ExplainRequest, error) {
	q := recommend.ExplainRequest{Revision: m.Revision}
	if m.Now != nil {
		if q.Now = m.Now.AsTime(); m.Now.CheckValid() != nil || q.Now.Before(firstNow) || q.Now.After(lastNow) {
			return q, Invalid{{Field: "now", Message: "must be a time from 1970 to 2999"}}
		}
	}
	var err error
	q.Request, err = Request(m.Request, words)
	return q, Within("request", err)
}

// Times that a decision can be replayed at: the zero time stands for the present,
// and the end of a decision must still be a time that the API can tell.
var (
	firstNow = time.Unix(0, 0)
	lastNow  = time.Date(2999, 12, 31, 23, 59, 59, 0, time.UTC)
)

// topic finds a topic of the revision; an empty name is none.
func (r *reader) topic(name string) (uint16, bool) {
	if name == "" || r.words == nil {
		return 0, false
	}
	i, ok := r.words.Value(fact.Topic, name)
	if !ok {
		r.add("topic", oneOf(r.words.Def(fact.Topic).Values))
	}
	return uint16(i), ok
}

// asker is the side that asks; both enumerations have the same order.
func asker(a pb.Asker) recommend.Asker { return recommend.Asker(a) }

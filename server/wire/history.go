package wire

import (
	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/server/recommend"
)

// DecisionQuery reads the question for one decision.
func DecisionQuery(m *pb.GetDecisionRequest) recommend.DecisionQuery {
	return recommend.DecisionQuery{Tenant: m.Tenant, DecisionID: m.DecisionId, Asker: asker(m.Asker), Language: m.Language}
}

// DefaultPage is the size of a page where the caller leaves it open.
const DefaultPage = 50

// ListQuery reads the question for a member's decisions. It asks for one more
// than the page holds, to know whether another page follows. The token of a
// page is the id of the last decision before it.
func ListQuery(m *pb.ListDecisionsRequest) recommend.DecisionQuery {
	return recommend.DecisionQuery{Tenant: m.Tenant, MemberRef: m.MemberRef, Asker: asker(m.Asker), Language: m.Language, Limit: pageSize(m) + 1, After: m.PageToken}
}

func pageSize(m *pb.ListDecisionsRequest) int {
	if m.PageSize == 0 {
		return DefaultPage
	}
	return int(m.PageSize)
}

// Page writes the answer to ListQuery.
func Page(q *pb.ListDecisionsRequest, answers []*recommend.Answer) *pb.ListDecisionsResponse {
	m := &pb.ListDecisionsResponse{}
	if size := pageSize(q); len(answers) > size {
		answers = answers[:size]
		m.NextPageToken = answers[size-1].ID
	}
	for _, a := range answers {
		m.Decisions = append(m.Decisions, Decision(a))
	}
	return m
}

// Feedback reads what became of a decision; both enumerations have the same
// order. The error is Invalid.
func Feedback(m *pb.RecordFeedbackRequest) (recommend.Feedback, error) {
	var r reader
	f := recommend.Feedback{Tenant: m.Tenant, DecisionID: m.DecisionId, Outcome: recommend.FeedbackOutcome(m.Kind),
		Topic: m.GetTopic(), AdviceID: m.AdviceId, Reason: m.Reason, Asker: asker(m.Asker),
		Language: m.Language, At: r.moment("at", m.At), Channel: word(fact.Channel, m.Channel), Unasked: m.Direction != pb.Direction_DIRECTION_INBOUND}
	return f, r.wrong.OrNil()
}

// Fed writes what became of feedback.
func Fed(f recommend.Fed) *pb.RecordFeedbackResponse {
	return &pb.RecordFeedbackResponse{Recorded: f.First, OverCaps: f.Over}
}

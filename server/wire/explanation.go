package wire

import (
	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/recommend"
)

// Explanation writes a trace as a message.
func Explanation(e *recommend.Explanation) *pb.ExplainResponse {
	answer := recommend.Answer{Revision: e.Revision, DecidedAt: e.At, ValidUntil: e.ValidUntil,
		Recommendations: e.Recommendations, NeededFacts: e.NeededFacts}
	m := &pb.ExplainResponse{Decision: Decision(&answer)}
	for _, f := range e.FactsRead {
		m.FactsRead = append(m.FactsRead, &pb.FactRead{Name: f.Name, Label: f.Label, Value: f.Value, Known: f.Known})
	}
	for _, t := range e.Topics {
		topic := &pb.TopicTrace{Topic: t.Topic}
		for i := range t.Rows {
			topic.Rows = append(topic.Rows, rowTrace(&t.Rows[i]))
		}
		m.Topics = append(m.Topics, topic)
	}
	return m
}

func rowTrace(r *recommend.RowTrace) *pb.RowTrace {
	return &pb.RowTrace{Table: r.Table, RuleId: r.RuleID, Tier: r.Tier, Verdict: pb.RowTrace_Verdict(r.Verdict), Outcome: r.Outcome,
		Sentence: r.Sentence, Because: r.Because, Failed: r.Failed, Needs: r.Needs, Code: pb.Reason_Code(r.Code)}
}

package wire

import (
	"time"

	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/timestamppb"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/recommend"
)

// The closed vocabularies of answers, by their position in the domain.
var (
	mindsets = [...]pb.Mindset{pb.Mindset_MINDSET_UNDETERMINED, pb.Mindset_MINDSET_PATIENT, pb.Mindset_MINDSET_CONSUMER}
	senders  = [...]pb.Sender{pb.Sender_SENDER_NOBODY, pb.Sender_SENDER_PROVIDER, pb.Sender_SENDER_INSURER, pb.Sender_SENDER_SAFETY}
	statuses = [...]pb.Cache_Status{pb.Cache_BYPASS, pb.Cache_MISS, pb.Cache_HIT, pb.Cache_UNAVAILABLE}
)

// answer is the parts that every decision has, in one piece of memory.
type answer struct {
	decision            pb.Decision
	cache               pb.Cache
	decided, validUntil timestamppb.Timestamp
	age                 durationpb.Duration
	lists               [3]pb.Recommendation
	pointers            [3]*pb.Recommendation
}

// Decision writes an answer as a message.
func Decision(a *recommend.Answer) *pb.Decision {
	m := &answer{}
	setTime(&m.decided, a.DecidedAt)
	setTime(&m.validUntil, a.ValidUntil)
	m.age.Seconds, m.age.Nanos = int64(a.Cache.Age/time.Second), int32(a.Cache.Age%time.Second)
	m.cache.Status, m.cache.Age = statuses[a.Cache.Status], &m.age
	m.decision.DecisionId, m.decision.Revision = a.ID, a.Revision
	m.decision.DecidedAt, m.decision.ValidUntil = &m.decided, &m.validUntil
	m.decision.NeededFacts, m.decision.Cache = a.NeededFacts, &m.cache
	m.decision.Recommendations = m.pointers[:0]
	for i := range a.Recommendations {
		r := new(pb.Recommendation)
		if i < len(m.lists) {
			r = &m.lists[i]
		}
		recommendation(r, &a.Recommendations[i])
		m.decision.Recommendations = append(m.decision.Recommendations, r)
	}
	return &m.decision
}

func setTime(to *timestamppb.Timestamp, t time.Time) {
	to.Seconds, to.Nanos = t.Unix(), int32(t.Nanosecond())
}

func recommendation(to *pb.Recommendation, r *recommend.Recommendation) {
	to.Topic, to.Handoff = r.Topic, r.Handoff
	to.Mindset, to.Sender = mindsets[r.Mindset], senders[r.Sender]
	if len(r.Advice) > 0 {
		to.Advice = make([]*pb.Advice, len(r.Advice))
		for i, a := range r.Advice {
			to.Advice[i] = advice(a)
		}
	}
	if len(r.Reasons) > 0 {
		to.Reasons = make([]*pb.Reason, len(r.Reasons))
		for i, reason := range r.Reasons {
			to.Reasons[i] = &pb.Reason{Code: pb.Reason_Code(reason.Code), Table: reason.Table, RuleId: reason.RuleID, Text: reason.Text}
		}
	}
	for i := range r.Suppressed {
		to.Suppressed = append(to.Suppressed, suppressed(&r.Suppressed[i]))
	}
}

func advice(a *recommend.Advice) *pb.Advice {
	m := &pb.Advice{Id: a.ID, Title: a.Title, Text: a.Text, Language: a.Language, BenefitId: a.BenefitID, Placeholders: a.Placeholders}
	for _, l := range a.Links {
		m.Links = append(m.Links, &pb.Link{Label: l.Label, Url: l.URL})
	}
	return m
}

func suppressed(s *recommend.Suppressed) *pb.Suppressed {
	m := &pb.Suppressed{AdviceId: s.AdviceID, Code: pb.Reason_Code(s.Code), PolicyId: s.PolicyID}
	if !s.RetryAt.IsZero() {
		m.RetryAt = timestamppb.New(s.RetryAt)
	}
	return m
}

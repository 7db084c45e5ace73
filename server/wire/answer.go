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
	only                pb.Recommendation // nearly all have one
	pointer             [1]*pb.Recommendation
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
	m.decision.Recommendations = m.pointer[:0]
	for i := range a.Recommendations {
		r := &m.only
		if i > 0 {
			r = &pb.Recommendation{}
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
	to.Advice = pointers[pb.Advice](len(r.Advice))
	for i, a := range r.Advice {
		advice(to.Advice[i], a)
	}
	to.Reasons = pointers[pb.Reason](len(r.Reasons))
	for i, why := range r.Reasons {
		m := to.Reasons[i]
		m.Code, m.Table, m.RuleId, m.Text = pb.Reason_Code(why.Code), why.Table, why.RuleID, why.Text
		if why.Title != "" {
			m.Title = &why.Title // answers never change, so it need not be copied
		}
	}
	for i := range r.Suppressed {
		to.Suppressed = append(to.Suppressed, suppressed(&r.Suppressed[i]))
	}
}

// pointers makes n messages in one piece of memory, and a list of them.
func pointers[M any](n int) []*M {
	if n == 0 {
		return nil
	}
	all, list := make([]M, n), make([]*M, n)
	for i := range all {
		list[i] = &all[i]
	}
	return list
}

func advice(to *pb.Advice, a *recommend.Advice) {
	to.Id, to.Title, to.Text, to.Language, to.BenefitId, to.Placeholders, to.Variant = a.ID, a.Title, a.Text, a.Language, a.BenefitID, a.Placeholders, a.Variant
	to.Links = pointers[pb.Link](len(a.Links))
	for i, l := range a.Links {
		to.Links[i].Label, to.Links[i].Url = l.Label, l.URL
	}
}

func suppressed(s *recommend.Suppressed) *pb.Suppressed {
	m := &pb.Suppressed{AdviceId: s.AdviceID, Code: pb.Reason_Code(s.Code), PolicyId: s.PolicyID}
	if !s.RetryAt.IsZero() {
		m.RetryAt = timestamppb.New(s.RetryAt)
	}
	return m
}

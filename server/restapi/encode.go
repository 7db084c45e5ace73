package restapi

import (
	"strconv"
	"time"
	"unicode/utf8"

	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/timestamppb"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/wire"
)

// Decisions are nearly all that REST ever prints, and printing them by
// reflection was a quarter of its work. encoder prints them by hand, in the
// same JSON, and gives up on anything it is not sure of, which is then left to
// the library. TestDecisionsAreEncodedAsTheLibraryDoes holds it to that, field
// by field, so that a field added to the API cannot be forgotten here.
type encoder struct {
	b      []byte
	unsure bool
}

// encodeDecision appends a decision to b; false if the library has to do it.
func encodeDecision(b []byte, d *pb.Decision) ([]byte, bool) {
	e := encoder{b: b}
	e.decision(d)
	return e.b, !e.unsure
}

// encodeBatch is encodeDecision for the answer to a batch.
func encodeBatch(b []byte, m *pb.BatchRecommendResponse) ([]byte, bool) {
	e := encoder{b: b, unsure: len(m.ProtoReflect().GetUnknown()) > 0}
	list(&e, `{"results":[`, m.Results, (*encoder).result)
	e.raw(`]}`)
	return e.b, !e.unsure
}

func (e *encoder) result(r *pb.RecommendResult) {
	e.text(`{"requestId":`, r.GetRequestId())
	switch answer := r.GetResult().(type) {
	case *pb.RecommendResult_Decision:
		e.raw(`,"decision":`)
		e.decision(answer.Decision)
	case *pb.RecommendResult_Error: // rare, and its details are of any type
		e.raw(`,"error":`)
		b, err := wire.AppendJSON(e.b, answer.Error)
		e.b, e.unsure = b, e.unsure || err != nil
	}
	e.raw(`}`)
}

// The names of enumerations by number; encoding leaves other numbers alone.
var (
	mindsetNames = enumNames(pb.Mindset(0).Descriptor())
	senderNames  = enumNames(pb.Sender(0).Descriptor())
	codeNames    = enumNames(pb.Reason_Code(0).Descriptor())
	statusNames  = enumNames(pb.Cache_Status(0).Descriptor())
)

func enumNames(d protoreflect.EnumDescriptor) []string {
	all := make([]string, d.Values().Len())
	for i := range all {
		if v := d.Values().ByNumber(protoreflect.EnumNumber(i)); v != nil {
			all[i] = `"` + string(v.Name()) + `"`
		}
	}
	return all
}

func (e *encoder) decision(d *pb.Decision) {
	if d == nil || len(d.ProtoReflect().GetUnknown()) > 0 {
		e.unsure = true
		return
	}
	e.text(`{"decisionId":`, d.DecisionId)
	e.text(`,"revision":`, d.Revision)
	e.time(`,"decidedAt":`, d.DecidedAt)
	e.time(`,"validUntil":`, d.ValidUntil)
	list(e, `,"recommendations":[`, d.Recommendations, (*encoder).recommendation)
	list(e, `],"neededFacts":[`, d.NeededFacts, (*encoder).string)
	e.raw(`],"cache":`)
	e.cache(d.Cache)
	e.raw(`}`)
}

func (e *encoder) recommendation(r *pb.Recommendation) {
	e.text(`{"topic":`, r.Topic)
	e.enum(`,"mindset":`, int32(r.Mindset), mindsetNames)
	e.enum(`,"sender":`, int32(r.Sender), senderNames)
	list(e, `,"advice":[`, r.Advice, (*encoder).advice)
	e.text(`],"handoff":`, r.Handoff)
	list(e, `,"reasons":[`, r.Reasons, (*encoder).reason)
	list(e, `],"suppressed":[`, r.Suppressed, (*encoder).suppressed)
	e.raw(`]}`)
}

func (e *encoder) advice(a *pb.Advice) {
	e.text(`{"id":`, a.Id)
	e.text(`,"title":`, a.Title)
	e.text(`,"text":`, a.Text)
	e.text(`,"language":`, a.Language)
	e.text(`,"benefitId":`, a.BenefitId)
	list(e, `,"links":[`, a.Links, (*encoder).link)
	list(e, `],"placeholders":[`, a.Placeholders, (*encoder).string)
	e.text(`],"variant":`, a.Variant)
	e.raw(`}`)
}

func (e *encoder) link(l *pb.Link) {
	e.text(`{"label":`, l.Label)
	e.text(`,"url":`, l.Url)
	e.raw(`}`)
}

func (e *encoder) reason(r *pb.Reason) {
	e.enum(`{"code":`, int32(r.Code), codeNames)
	e.text(`,"table":`, r.Table)
	e.text(`,"ruleId":`, r.RuleId)
	e.text(`,"text":`, r.Text)
	if r.Title != nil {
		e.text(`,"title":`, *r.Title)
	}
	e.raw(`}`)
}

func (e *encoder) suppressed(s *pb.Suppressed) {
	e.text(`{"adviceId":`, s.AdviceId)
	e.enum(`,"code":`, int32(s.Code), codeNames)
	e.text(`,"policyId":`, s.PolicyId)
	if s.RetryAt != nil {
		e.time(`,"retryAt":`, s.RetryAt)
	}
	e.raw(`}`)
}

func (e *encoder) cache(c *pb.Cache) {
	if c == nil {
		e.unsure = true
		return
	}
	e.enum(`{"status":`, int32(c.Status), statusNames)
	e.duration(`,"age":`, c.Age)
	e.raw(`}`)
}

// list appends name, which ends in a bracket, and the elements between commas.
func list[T any](e *encoder, name string, all []T, one func(*encoder, T)) {
	e.b = append(e.b, name...)
	for i, v := range all {
		if i > 0 {
			e.b = append(e.b, ',')
		}
		one(e, v)
	}
}

func (e *encoder) raw(s string) { e.b = append(e.b, s...) }

func (e *encoder) text(name, s string) {
	e.b = append(e.b, name...)
	e.string(s)
}

// string appends a JSON string, escaped as little as JSON asks for.
func (e *encoder) string(s string) {
	e.b = append(e.b, '"')
	start, ascii := 0, true
	for i := range len(s) {
		c := s[i]
		if c >= utf8.RuneSelf {
			ascii = false
			continue
		}
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		e.b = append(e.b, s[start:i]...)
		e.escape(c)
		start = i + 1
	}
	e.b = append(append(e.b, s[start:]...), '"')
	e.unsure = e.unsure || !ascii && !utf8.ValidString(s)
}

func (e *encoder) escape(c byte) {
	const hex = "0123456789abcdef"
	switch c {
	case '"', '\\':
		e.b = append(e.b, '\\', c)
	case '\n':
		e.b = append(e.b, '\\', 'n')
	case '\t':
		e.b = append(e.b, '\\', 't')
	default:
		e.b = append(e.b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
	}
}

func (e *encoder) enum(name string, n int32, names []string) {
	e.b = append(e.b, name...)
	if n < 0 || int(n) >= len(names) {
		e.unsure = true
		return
	}
	e.b = append(e.b, names[n]...)
}

// Bounds of the years that JSON can write, in seconds.
const (
	year0001  = -62135596800
	year10000 = 253402300800
)

func (e *encoder) time(name string, t *timestamppb.Timestamp) {
	e.b = append(e.b, name...)
	if t == nil || t.Seconds < year0001 || t.Seconds >= year10000 || t.Nanos < 0 || t.Nanos >= int32(time.Second) {
		e.unsure = true
		return
	}
	e.b = time.Unix(t.Seconds, 0).UTC().AppendFormat(append(e.b, '"'), "2006-01-02T15:04:05")
	e.fraction(t.Nanos)
	e.b = append(e.b, 'Z', '"')
}

func (e *encoder) duration(name string, d *durationpb.Duration) {
	e.b = append(e.b, name...)
	if d == nil || d.Seconds < 0 || d.Seconds > 315576000000 || d.Nanos < 0 || d.Nanos >= int32(time.Second) {
		e.unsure = true
		return
	}
	e.b = strconv.AppendInt(append(e.b, '"'), d.Seconds, 10)
	e.fraction(d.Nanos)
	e.b = append(e.b, 's', '"')
}

// fraction appends a part of a second in as many groups of three digits as it
// needs.
func (e *encoder) fraction(nanos int32) {
	if nanos == 0 {
		return
	}
	digits := 9
	for ; nanos%1000 == 0; digits -= 3 {
		nanos /= 1000
	}
	e.b = append(e.b, '.')
	at := len(e.b)
	e.b = append(e.b, "000000000"[:digits]...)
	for i := at + digits - 1; nanos > 0; i-- {
		e.b[i] = byte('0' + nanos%10)
		nanos /= 10
	}
}

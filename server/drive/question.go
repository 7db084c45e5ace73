package drive

import (
	"fmt"
	"strings"
	"time"

	"google.golang.org/protobuf/proto"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/rules/casefile"
	"github.com/rightvoice/rightvoice/server/wire/named"
)

// Question is the request of a case.
func Question(id string, ask *casefile.Ask) (*pb.RecommendRequest, error) {
	m := &pb.RecommendRequest{RequestId: id, Topic: ask.Topic, Text: ask.Text, Language: ask.Language,
		Asker: pb.Asker(pb.Asker_value["ASKER_"+strings.ToUpper(ask.Asker)])}
	if m.Asker == pb.Asker_ASKER_UNSPECIFIED {
		m.Asker = pb.Asker_ASKER_INTEGRATED
	}
	for _, d := range ask.Diagnoses {
		m.Diagnoses = append(m.Diagnoses, &pb.Diagnosis{System: pb.Diagnosis_System(pb.Diagnosis_System_value[strings.ToUpper(d.System)]),
			Code: d.Code, Onset: day(d.Onset), Abated: day(d.Abated)})
	}
	var err error
	m.Context, m.Attributes, err = Context(ask.Context)
	return m, err
}

// Context writes facts as a request holds them: those of every revision, and
// those that one declares itself.
func Context(facts []casefile.Given) (*pb.MemberContext, map[string]*pb.AttributeValue, error) {
	to, own := &pb.MemberContext{}, map[string]*pb.AttributeValue{}
	for _, g := range facts {
		if err := named.Set(to, own, g.Name, g.Value); err != nil {
			return nil, nil, err
		}
	}
	return to, own, nil
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// maxRequests bounds how many different requests a load keeps ready.
const maxRequests = 20_000

// A target makes requests ready for a server.
type target interface {
	Ready(m *pb.RecommendRequest) (Request, error)
}

// Requests makes ready the questions of cases, asked about so many members in
// turn; 0 asks about nobody in particular, which is never shared.
func Requests(to target, cases []casefile.Case, members int) ([]Request, error) {
	questions := make([]*pb.RecommendRequest, len(cases))
	for i := range cases {
		var err error
		if questions[i], err = Question(cases[i].ID, &cases[i].Ask); err != nil {
			return nil, fmt.Errorf("%s: %w", cases[i].ID, err)
		}
	}
	n := len(cases)
	if members > 0 {
		n = min(members*len(cases), maxRequests)
	}
	out := make([]Request, n)
	for i := range out {
		m := questions[i%len(questions)]
		if members > 0 {
			m = proto.CloneOf(m)
			m.MemberRef = fmt.Sprintf("bench-%d", i%members)
		}
		var err error
		if out[i], err = to.Ready(m); err != nil {
			return nil, err
		}
	}
	return out, nil
}

package drive

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/rules/casefile"
)

// Asked is a question about a member in a tenant.
type Asked struct {
	Tenant, Member string
	casefile.Ask
}

// Heard is what a caller heard: the decision, and who speaks.
type Heard struct {
	Decision string // its id
	Revision string
	Shared   bool // the store took part
	Said     []Said
}

// Said is one recommendation, in the words of content.
type Said struct{ Topic, Mindset, Sender string }

// Hear asks over REST.
func (p *Portal) Hear(ctx context.Context, a *Asked) (Heard, error) { return hear(ctx, p, a) }

// Hear asks over gRPC.
func (p *Provider) Hear(ctx context.Context, a *Asked) (Heard, error) { return hear(ctx, p, a) }

type recommender interface {
	Recommend(ctx context.Context, m *pb.RecommendRequest) (*pb.Decision, error)
}

func hear(ctx context.Context, of recommender, a *Asked) (Heard, error) {
	m, err := Question("", &a.Ask)
	if err != nil {
		return Heard{}, err
	}
	m.Tenant, m.MemberRef = a.Tenant, a.Member
	d, err := of.Recommend(ctx, m)
	if err != nil {
		return Heard{}, err
	}
	h := Heard{Decision: d.DecisionId, Revision: d.Revision, Shared: d.GetCache().GetStatus() == pb.Cache_HIT || d.GetCache().GetStatus() == pb.Cache_MISS}
	for _, r := range d.Recommendations {
		h.Said = append(h.Said, Said{r.Topic, lower(r.Mindset.String(), "MINDSET_"), lower(r.Sender.String(), "SENDER_")})
	}
	return h, nil
}

func lower(name, prefix string) string { return strings.ToLower(strings.TrimPrefix(name, prefix)) }

// News is what a feed tells about a member.
type News struct {
	Member, Source string
	AsOf           time.Time
	Facts          []casefile.Given
	Retract        []string // names of facts that the source takes back
}

// Tell sends news of one side, up to 10,000 at once. It fails if any of it was
// not taken.
func (p *Portal) Tell(ctx context.Context, tenant, side string, news []News) error {
	m := &pb.RecordFactsRequest{Tenant: tenant, Asker: pb.Asker(pb.Asker_value["ASKER_"+strings.ToUpper(side)])}
	for _, n := range news {
		facts, own, err := Context(n.Facts)
		if err != nil {
			return err
		}
		m.Events = append(m.Events, &pb.FactEvent{MemberRef: n.Member, Source: n.Source, AsOf: timestamppb.New(n.AsOf), Context: facts, Attributes: own, Retract: n.Retract})
	}
	answer, err := p.RecordFacts(ctx, m)
	if err != nil {
		return err
	}
	for i, r := range answer.Results {
		if e := r.GetError(); e != nil {
			return fmt.Errorf("event %d of %d was refused: %s", i+1, len(news), e.GetMessage())
		}
	}
	if len(answer.Results) != len(news) {
		return errors.New("the answer does not speak of all events")
	}
	return nil
}

// Forget has a member forgotten.
func (p *Portal) Forget(ctx context.Context, tenant, member string) error {
	return p.call(ctx, "/v1/members:forget", &pb.ForgetMemberRequest{Tenant: tenant, MemberRef: member, Asker: pb.Asker_ASKER_INTEGRATED}, &pb.ForgetMemberResponse{})
}

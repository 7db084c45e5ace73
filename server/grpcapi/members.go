package grpcapi

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"
	"google.golang.org/grpc"
	"google.golang.org/grpc/status"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/member"
	"github.com/rightvoice/rightvoice/server/recommend"
	"github.com/rightvoice/rightvoice/server/telemetry"
	"github.com/rightvoice/rightvoice/server/wire"
)

// MemberOptions are what Members is made of. All fields are required.
type MemberOptions struct {
	Service   *member.Service
	Current   func(tenant string) *recommend.Snapshot // the revision in force
	Validator *wire.Validator                         // for the events of a call; the chain validates the call
	Telemetry *telemetry.Telemetry
}

// Members is the methods about what is stored. Each call works on one revision.
type Members struct {
	pb.UnimplementedMemberServiceServer
	service   *member.Service
	current   func(tenant string) *recommend.Snapshot
	validator *wire.Validator
	events    []prometheus.Counter // by outcome
}

// Outcomes of an event, as positions in Members.events.
const (
	eventRecorded = iota
	eventOlder
	eventRefused
)

// NewMembers makes the methods.
func NewMembers(o MemberOptions) *Members {
	return &Members{service: o.Service, current: o.Current, validator: o.Validator,
		events: o.Telemetry.Counters("rightvoice_events_total", "Events that feeds told, by what became of them.", "outcome", "recorded", "older", "refused")}
}

// Register serves the methods on s.
func (m *Members) Register(on grpc.ServiceRegistrar) { pb.RegisterMemberServiceServer(on, m) }

// RecordFacts stores what feeds tell. An event that is bad gets its own error.
func (m *Members) RecordFacts(ctx context.Context, in *pb.RecordFactsRequest) (*pb.RecordFactsResponse, error) {
	snap := m.current(in.Tenant)
	out := &pb.RecordFactsResponse{Results: make([]*pb.RecordFactsResult, len(in.Events)), Summary: &pb.RecordFactsSummary{}}
	good, place := make([]*member.Event, 0, len(in.Events)), make([]int, 0, len(in.Events))
	for i, e := range in.Events {
		event, err := m.event(e, snap)
		if err != nil {
			out.Results[i] = refusedEvent(err)
			continue
		}
		good, place = append(good, event), append(place, i)
	}
	recorded, err := m.service.Record(ctx, snap, in.Tenant, wire.Side(in.Asker), good)
	if err != nil {
		return nil, err
	}
	for n := range recorded {
		if err := recorded[n].Err; err != nil {
			out.Results[place[n]] = refusedEvent(err)
			continue
		}
		out.Results[place[n]] = wire.Recorded(&recorded[n])
	}
	m.sum(out)
	return out, nil
}

// event validates and reads one event.
func (m *Members) event(in *pb.FactEvent, snap *recommend.Snapshot) (*member.Event, error) {
	if in == nil {
		in = &pb.FactEvent{}
	}
	if err := m.validator.Check(in); err != nil {
		return nil, err
	}
	return wire.Event(in, snap.Catalogue())
}

func refusedEvent(err error) *pb.RecordFactsResult {
	return &pb.RecordFactsResult{Result: &pb.RecordFactsResult_Error{Error: status.Convert(Shown(err)).Proto()}}
}

// sum counts the events of an answer by what became of them.
func (m *Members) sum(out *pb.RecordFactsResponse) {
	var n [3]int32
	for _, r := range out.Results {
		switch taken := r.GetRecorded(); {
		case taken == nil:
			n[eventRefused]++
		case len(taken.Facts) == 0 && len(taken.Older) > 0:
			n[eventOlder]++
		default:
			n[eventRecorded]++
		}
	}
	out.Summary.Recorded, out.Summary.Older, out.Summary.Refused = n[eventRecorded], n[eventOlder], n[eventRefused]
	for outcome, count := range n {
		m.events[outcome].Add(float64(count))
	}
}

// ImportFhir stores what a bundle says about one member.
func (m *Members) ImportFhir(ctx context.Context, in *pb.ImportFhirRequest) (*pb.ImportFhirResponse, error) {
	b, err := wire.Bundle(in)
	if err != nil {
		return nil, err
	}
	imported, err := m.service.Import(ctx, m.current(in.Tenant), b)
	if err != nil {
		return nil, err
	}
	return wire.Imported(imported), nil
}

// SetChoice stores what a member chose.
func (m *Members) SetChoice(ctx context.Context, in *pb.SetChoiceRequest) (*pb.SetChoiceResponse, error) {
	c, err := wire.Choice(in)
	if err != nil {
		return nil, err
	}
	inForce, understood, err := m.service.Choose(ctx, m.current(in.Tenant), c)
	if err != nil {
		return nil, err
	}
	return &pb.SetChoiceResponse{Choices: wire.Choices(&inForce), Understood: understood}, nil
}

// GetMember tells what the asking side may see.
func (m *Members) GetMember(ctx context.Context, in *pb.GetMemberRequest) (*pb.GetMemberResponse, error) {
	snap := m.current(in.Tenant)
	shown, err := m.service.Show(ctx, snap, wire.Asked(in))
	if err != nil {
		return nil, err
	}
	return wire.Shown(&shown, snap.Catalogue()), nil
}

// ForgetMember forgets a member.
func (m *Members) ForgetMember(ctx context.Context, in *pb.ForgetMemberRequest) (*pb.ForgetMemberResponse, error) {
	if err := m.service.Forget(ctx, wire.Asked(in)); err != nil {
		return nil, err
	}
	return &pb.ForgetMemberResponse{}, nil
}

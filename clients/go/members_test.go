package rightvoice_test

import (
	"context"
	"errors"
	"testing"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	rightvoice "github.com/rightvoice/rightvoice/clients/go"
	rightvoicev1 "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

// memory is the other service: away for the first calls, then it answers.
type memory struct {
	rightvoicev1.UnimplementedMemberServiceServer
	away, calls int
}

func (m *memory) here() error {
	if m.calls++; m.calls <= m.away {
		return status.Error(codes.Unavailable, "away")
	}
	return nil
}

func (m *memory) RecordFacts(_ context.Context, r *rightvoicev1.RecordFactsRequest) (*rightvoicev1.RecordFactsResponse, error) {
	out := &rightvoicev1.RecordFactsResponse{Summary: &rightvoicev1.RecordFactsSummary{Refused: 1}}
	refused := status.New(codes.InvalidArgument, "asOf: must not be in the future").Proto()
	out.Results = append(out.Results, &rightvoicev1.RecordFactsResult{Result: &rightvoicev1.RecordFactsResult_Error{Error: refused}}, &rightvoicev1.RecordFactsResult{})
	return out, m.here()
}

func (m *memory) ImportFhir(context.Context, *rightvoicev1.ImportFhirRequest) (*rightvoicev1.ImportFhirResponse, error) {
	return &rightvoicev1.ImportFhirResponse{IgnoredMore: 1}, m.here()
}

func (m *memory) SetChoice(context.Context, *rightvoicev1.SetChoiceRequest) (*rightvoicev1.SetChoiceResponse, error) {
	return &rightvoicev1.SetChoiceResponse{Choices: &rightvoicev1.MemberChoices{OptOutTopics: []string{"sleep"}}}, m.here()
}

func (m *memory) GetMember(context.Context, *rightvoicev1.GetMemberRequest) (*rightvoicev1.GetMemberResponse, error) {
	return &rightvoicev1.GetMemberResponse{TimeZone: "America/Chicago"}, m.here()
}

func (m *memory) ForgetMember(context.Context, *rightvoicev1.ForgetMemberRequest) (*rightvoicev1.ForgetMemberResponse, error) {
	return &rightvoicev1.ForgetMemberResponse{}, m.here()
}

// remember serves m and dials it.
func remember(t *testing.T, m *memory, attempts int) *rightvoice.Client {
	t.Helper()
	l := listen(t)
	s := grpc.NewServer()
	rightvoicev1.RegisterMemberServiceServer(s, m)
	go func() { _ = s.Serve(l) }() // ends with Stop
	t.Cleanup(s.Stop)
	return dial(t, rightvoice.Options{Address: l.Addr().String(), Attempts: attempts})
}

// TestMemberCallsAreRepeated: all of them may be, as each says the same again.
func TestMemberCallsAreRepeated(t *testing.T) {
	ctx := context.Background()
	for name, do := range map[string]func(*rightvoice.Client) (bool, error){
		"RecordFacts": func(c *rightvoice.Client) (bool, error) {
			r, err := c.RecordFacts(ctx, &rightvoicev1.RecordFactsRequest{})
			return len(r.GetResults()) == 2, err
		},
		"ImportFhir": func(c *rightvoice.Client) (bool, error) {
			r, err := c.ImportFhir(ctx, &rightvoicev1.ImportFhirRequest{})
			return r.GetIgnoredMore() == 1, err
		},
		"SetChoice": func(c *rightvoice.Client) (bool, error) {
			r, err := c.SetChoice(ctx, &rightvoicev1.SetChoiceRequest{})
			return len(r.GetOptOutTopics()) == 1, err
		},
		"GetMember": func(c *rightvoice.Client) (bool, error) {
			r, err := c.GetMember(ctx, &rightvoicev1.GetMemberRequest{})
			return r.GetTimeZone() != "", err
		},
		"ForgetMember": func(c *rightvoice.Client) (bool, error) {
			return true, c.ForgetMember(ctx, &rightvoicev1.ForgetMemberRequest{})
		},
	} {
		m := &memory{away: 2}
		if whole, err := do(remember(t, m, 3)); err != nil || !whole || m.calls != 3 {
			t.Errorf("%s: %d calls, whole: %v, %v", name, m.calls, whole, err)
		}
		var failed *rightvoice.Error
		if _, err := do(remember(t, &memory{away: 100}, 1)); !errors.As(err, &failed) || failed.Code != codes.Unavailable {
			t.Errorf("%s: a service that stays away: %v", name, err)
		}
	}
}

func TestEventErrors(t *testing.T) {
	r, err := remember(t, &memory{}, 1).RecordFacts(context.Background(), &rightvoicev1.RecordFactsRequest{})
	if err != nil {
		t.Fatal(err)
	}
	var refused *rightvoice.Error
	if err := rightvoice.EventError(r.Results[0]); !errors.As(err, &refused) || refused.Code != codes.InvalidArgument {
		t.Errorf("the refused event: %v", err)
	}
	if err := rightvoice.EventError(r.Results[1]); err != nil {
		t.Errorf("the good event: %v", err)
	}
}

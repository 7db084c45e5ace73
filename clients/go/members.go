package rightvoice

import (
	"context"

	"google.golang.org/grpc/status"

	rightvoicev1 "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

// RecordFacts tells what happened to up to 10,000 members. The results are in
// the order of the events; each says what was taken, or holds an error, which
// EventError makes an *Error. A failure returned beside them is of the call as a
// whole: some of it may be stored, and telling it again is harmless.
func (c *Client) RecordFacts(ctx context.Context, r *rightvoicev1.RecordFactsRequest) (*rightvoicev1.RecordFactsResponse, error) {
	return call(ctx, c, c.members.RecordFacts, r)
}

// EventError is why one event was refused; nil if it was taken.
func EventError(r *rightvoicev1.RecordFactsResult) error {
	if r.GetError() == nil {
		return nil
	}
	return newError(status.FromProto(r.GetError()))
}

// ImportFhir stores what a FHIR R4 Bundle of at most 8 MiB says about a member,
// all of it or nothing.
func (c *Client) ImportFhir(ctx context.Context, r *rightvoicev1.ImportFhirRequest) (*rightvoicev1.ImportFhirResponse, error) {
	return call(ctx, c, c.members.ImportFhir, r)
}

// SetChoice stores or undoes a choice of a member and returns all that is in
// force.
func (c *Client) SetChoice(ctx context.Context, r *rightvoicev1.SetChoiceRequest) (*rightvoicev1.MemberChoices, error) {
	answer, err := call(ctx, c, c.members.SetChoice, r)
	return answer.GetChoices(), err
}

// GetMember returns what is known about a member, as far as the asking side may
// see it.
func (c *Client) GetMember(ctx context.Context, r *rightvoicev1.GetMemberRequest) (*rightvoicev1.GetMemberResponse, error) {
	return call(ctx, c, c.members.GetMember, r)
}

// ForgetMember forgets all that is stored about a member. Forgetting twice is no
// error.
func (c *Client) ForgetMember(ctx context.Context, r *rightvoicev1.ForgetMemberRequest) error {
	_, err := call(ctx, c, c.members.ForgetMember, r)
	return err
}

package storetest

import (
	"context"

	"github.com/rightvoice/rightvoice/server/memory"
)

// Rememberer keeps what feeds tell about members.
type Rememberer interface {
	// RecordFacts keeps news of many members, all of it or, with a FactError,
	// none. With memory.ErrUnavailable some of it may be kept; telling it again
	// is harmless.
	RecordFacts(ctx context.Context, tenant string, told []memory.Told) error

	// GetMember is what is stored about a member, without what has ended. Of a
	// member nothing is known of it has no facts and no error.
	GetMember(ctx context.Context, tenant, member string) (memory.Member, error)

	// ForgetMember deletes all that is stored about a member: facts, choice,
	// shared decisions, the list of decisions, their records and feedback.
	ForgetMember(ctx context.Context, tenant, member string) error
}

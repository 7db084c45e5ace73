package rulebook

import (
	"context"

	"github.com/rightvoice/rightvoice/rules/strictyaml"
	"github.com/rightvoice/rightvoice/server/recommend"
	"github.com/rightvoice/rightvoice/server/revision"
)

// Answering is a content made ready to answer; Snapshot is nil if it can't, and
// Problems say why.
type Answering struct {
	Digest   revision.Digest
	Snapshot *recommend.Snapshot
	Problems []strictyaml.Problem
}

// Answering makes a content ready to answer.
func (b *Book) Answering(ctx context.Context, tenant string, r Ref) (*Answering, error) {
	c, err := b.open(ctx, tenant, r)
	if err != nil {
		return nil, err
	}
	snap, problems := c.snapshot()
	return &Answering{c.digest, snap, errorsOf(ctx, problems)}, nil
}

// Explain answers a question by a content that is ready, and says why.
func (b *Book) Explain(ctx context.Context, a *Answering, r *recommend.ExplainRequest) (*recommend.Explanation, error) {
	return b.o.Explain(ctx, a.Snapshot, r)
}

package app

import (
	"context"

	"github.com/rightvoice/rightvoice/server/audit/decisionlog"
	"github.com/rightvoice/rightvoice/server/grpcapi"
	"github.com/rightvoice/rightvoice/server/insights"
	"github.com/rightvoice/rightvoice/server/rulebook"
)

// buildInsights makes the methods that tell what became of answers.
func (a *App) buildInsights(book *rulebook.Book, decisions func() (*decisionlog.Reader, error)) error {
	s, err := insights.New(insights.Options{Rules: versions{book}, Decisions: decisions, Now: a.now})
	if err != nil {
		return err
	}
	a.insights = grpcapi.NewInsights(s)
	return nil
}

// versions are a tenant's versions as insights knows them.
type versions struct{ book *rulebook.Book }

// Version is part of insights.Rules.
func (v versions) Version(ctx context.Context, tenant string, number uint64) (insights.Version, error) {
	found, set, err := v.book.Rules(ctx, tenant, number)
	return insights.Version{Number: found.Number, Revision: found.Revision, At: found.At, Set: set}, err
}

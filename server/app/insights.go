package app

import (
	"context"
	"strconv"
	"strings"

	"github.com/rightvoice/rightvoice/server/audit/decisionlog"
	"github.com/rightvoice/rightvoice/server/grpcapi"
	"github.com/rightvoice/rightvoice/server/insights"
	"github.com/rightvoice/rightvoice/server/recommend"
	"github.com/rightvoice/rightvoice/server/rulebook"
)

// buildInsights makes the methods that tell what became of answers.
func (a *App) buildInsights(book *rulebook.Book, decisions func() (*decisionlog.Reader, error)) error {
	s, err := insights.New(insights.Options{Rules: versions{book, a.service}, Decisions: decisions, Now: a.now,
		Counts: a.outcomes.store, Sync: a.outcomes.counter.Sync, Lost: func() uint64 { return a.outcomes.counter.Stats().Lost }, Noise: a.noise})
	if err != nil {
		return err
	}
	a.insights = grpcapi.NewInsights(s)
	return nil
}

// noise rounds figures alike on all servers that share a secret.
func (a *App) noise(names ...string) uint64 {
	n, _ := strconv.ParseUint(a.outcomes.assign.Mark("figures", strings.Join(names, "\x00")), 16, 64)
	return n
}

// versions are a tenant's versions as insights knows them.
type versions struct {
	book    *rulebook.Book
	service *recommend.Service
}

// Version is part of insights.Rules.
func (v versions) Version(ctx context.Context, tenant string, number uint64) (insights.Version, error) {
	r, err := v.book.Rules(ctx, tenant, number)
	out := insights.Version{Number: r.Number, Revision: r.Revision, At: r.At, Set: r.Set, Files: r.Files}
	if number == 0 {
		out.Holdout = v.service.Current(tenant).Holdout()
	}
	return out, err
}

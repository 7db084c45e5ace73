package app

import (
	"path/filepath"

	"github.com/rightvoice/rightvoice/server/audit/decisionlog"
	"github.com/rightvoice/rightvoice/server/grpcapi"
	"github.com/rightvoice/rightvoice/server/rulebook"
)

// buildRules makes the methods of those who work on the rules.
func (a *App) buildRules() error {
	o := rulebook.Options{
		Revisions: a.published.service, Explain: a.service.Explain, Audit: a.audited, InForce: a.inForce, Await: a.published.follower.Await,
		Build: a.version, ReadOnly: a.published.readOnly, Now: a.now, Loader: a.loader,
	}
	if a.decided != nil {
		dir := a.decisionDir()
		o.Decisions = func() (*decisionlog.Reader, error) { return decisionlog.OpenReader(dir) }
		o.Dropped = func() uint64 { return a.decided.Stats().Dropped }
	}
	book, err := rulebook.New(o)
	if err != nil {
		return err
	}
	a.book = book
	a.rules = grpcapi.NewRules(grpcapi.RuleOptions{Book: book, Validator: a.validator, Open: a.gate == nil, Leaving: a.left})
	return a.buildInsights(book, o.Decisions)
}

// decisionDir is where the log of decisions is; empty if none is kept.
func (a *App) decisionDir() string {
	switch dir := a.cfg.DecisionLog; {
	case dir == "none":
		return ""
	case dir == "" && a.cfg.DataDir != "":
		return filepath.Join(a.cfg.DataDir, "decisions")
	default:
		return dir
	}
}

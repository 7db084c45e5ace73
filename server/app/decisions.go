package app

import (
	"time"

	"github.com/rightvoice/rightvoice/server/audit/decisionlog"
	"github.com/rightvoice/rightvoice/server/recommend"
)

// openDecisionLog opens the log of decisions, if one is kept.
func (a *App) openDecisionLog() error {
	dir := a.decisionDir()
	if dir == "" {
		return nil
	}
	l, err := decisionlog.Open(dir, decisionlog.Options{Keep: time.Duration(a.cfg.DecisionLogDays) * 24 * time.Hour, Now: a.now})
	if err != nil {
		return err
	}
	a.decided = l
	a.tel.CountFrom("rightvoice_decisions_logged_total", "Decisions kept to try drafts on.", func() uint64 { return l.Stats().Written })
	a.tel.CountFrom("rightvoice_decisions_log_dropped_total", "Decisions that there was no room for in the log.", func() uint64 { return l.Stats().Dropped })
	a.tel.CountFrom("rightvoice_decisions_log_errors_total", "Times that the log of decisions could not be written.", func() uint64 { return l.Stats().Errors })
	return nil
}

// decisionLog is the log as the use cases know it.
func (a *App) decisionLog() recommend.DecisionLog {
	if a.decided == nil {
		return nil
	}
	return a.decided
}

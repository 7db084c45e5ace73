package app

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"

	"github.com/rightvoice/rightvoice/server/audit"
	"github.com/rightvoice/rightvoice/server/auth"
	"github.com/rightvoice/rightvoice/server/revision"
	"github.com/rightvoice/rightvoice/server/rulebook"
)

// openAudit opens the change log in a folder beside the revisions that it is
// about. The log of the server gets each checkpoint too: it is mostly kept
// elsewhere, where those who can write the change log can't.
func (a *App) openAudit(dir string) error {
	l, err := audit.Open(filepath.Join(dir, "audit"), audit.Options{Now: a.now, OnCheckpoint: func(c audit.Checkpoint) {
		a.tel.Log.Info("audit checkpoint", slog.String("checkpoint", c.String()))
	}})
	if errors.Is(err, audit.ErrInUse) {
		a.tel.Log.Warn("another server keeps the change log; changes can be made there only")
		return nil
	}
	if err == nil {
		a.changes.Store(l)
	}
	return err
}

var errNotKept = errors.New("the change log is not kept by this server: it has no --data-dir, or another server has it open")

// record writes into the change log what is done to drafts and revisions, or
// refused. Its error keeps it from being done.
func (a *App) record(_ context.Context, e revision.Event) error {
	l := a.changes.Load()
	if l == nil {
		return errNotKept
	}
	_, err := l.Append(rulebook.Entry(e))
	return err
}

// rulesMethods begin the names of the methods whose refusals belong into the
// change log. Those of portals and apps are counted only.
const rulesMethods = "/rightvoice.v1.RuleService/"

// denied records that somebody who is known may not do what they asked for.
func (a *App) denied(who *auth.Principal, method, tenant string, why *auth.Refusal) {
	name, ok := strings.CutPrefix(method, rulesMethods)
	l := a.changes.Load()
	if !ok || l == nil || why.Reason == auth.TooMany {
		return
	}
	if !revision.ValidName(tenant) {
		tenant = "" // it is as it was sent
	}
	e := audit.Entry{Kind: audit.Access, Actor: who.Name, Tenant: tenant, Action: "rules." + name, Outcome: audit.Refused, Reason: why.Reason.String()}
	if _, err := l.Append(e); err != nil {
		a.tel.Log.Error("a refusal could not be recorded", slog.String("cause", err.Error()))
	}
}

// audited lists the change log.
func (a *App) audited(f audit.Filter) ([]audit.Record, error) {
	l := a.changes.Load()
	if l == nil {
		return nil, nil
	}
	return l.List(f)
}

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

// openAudit opens the change log beside the revisions that it is about. The
// log of the server gets each checkpoint too: it is mostly kept elsewhere, where
// those who can write the change log can't.
func (a *App) openAudit() (err error) {
	if a.cfg.DataDir == "" {
		return nil
	}
	a.changes, err = audit.Open(filepath.Join(a.cfg.DataDir, "audit"), audit.Options{Now: a.now, OnCheckpoint: func(c audit.Checkpoint) {
		a.tel.Log.Info("audit checkpoint", slog.String("checkpoint", c.String()))
	}})
	if errors.Is(err, audit.ErrInUse) {
		a.tel.Log.Warn("another server keeps the change log; changes can be made there only")
		return nil
	}
	return err
}

var errNotKept = errors.New("the change log is kept by another server")

// record writes into the change log what is done to drafts and revisions, or
// refused. Its error keeps it from being done.
func (a *App) record(_ context.Context, e revision.Event) error {
	if a.changes == nil && a.cfg.DataDir == "" {
		return nil
	}
	if a.changes == nil {
		return errNotKept
	}
	_, err := a.changes.Append(rulebook.Entry(e))
	return err
}

// rulesMethods begin the names of the methods whose refusals belong into the
// change log. Those of portals and apps are counted only.
const rulesMethods = "/rightvoice.v1.RuleService/"

// denied records that somebody who is known may not do what they asked for.
func (a *App) denied(who *auth.Principal, method, tenant string, why *auth.Refusal) {
	name, ok := strings.CutPrefix(method, rulesMethods)
	if !ok || a.changes == nil || why.Reason == auth.TooMany {
		return
	}
	if !revision.ValidName(tenant) {
		tenant = "" // it is as it was sent
	}
	e := audit.Entry{Kind: audit.Access, Actor: who.Name, Tenant: tenant, Action: "rules." + name, Outcome: audit.Refused, Reason: why.Reason.String()}
	if _, err := a.changes.Append(e); err != nil {
		a.tel.Log.Error("a refusal could not be recorded", slog.String("cause", err.Error()))
	}
}

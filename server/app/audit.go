package app

import (
	"context"
	"encoding/hex"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"

	"github.com/rightvoice/rightvoice/server/audit"
	"github.com/rightvoice/rightvoice/server/auth"
	"github.com/rightvoice/rightvoice/server/recommend"
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

// apiMethods begin the names of the methods of the API, and rulesMethods those of
// them that are about rules.
const (
	apiMethods   = "/rightvoice.v1."
	rulesMethods = "RuleService/"
)

// denied records that somebody who is known may not do what they asked for, or
// that their token has expired. Those who are too fast are only counted.
func (a *App) denied(who *auth.Principal, method, tenant string, why *auth.Refusal) {
	l := a.changes.Load()
	if l == nil || why.Reason == auth.TooMany {
		return
	}
	record, last := a.denials.take(who.Name)
	if !record {
		return
	}
	if !revision.ValidName(tenant) {
		tenant = "" // it is as it was sent
	}
	e := audit.Entry{Kind: audit.Access, Actor: who.Name, Tenant: tenant, Action: actionOf(method), Outcome: audit.Refused, Reason: why.Reason.String()}
	if last {
		e.Reason = deniedShort
	}
	a.append(l, e)
}

func (a *App) append(l *audit.Log, e audit.Entry) {
	if _, err := l.Append(e); err != nil {
		a.tel.Log.Error("a refusal could not be recorded", slog.String("cause", err.Error()))
	}
}

// actionOf is a method as the change log names it: rules.EditDraft, or
// RecommendationService.Recommend.
func actionOf(method string) string {
	name := strings.TrimPrefix(method, apiMethods)
	if of, ok := strings.CutPrefix(name, rulesMethods); ok {
		return "rules." + of
	}
	return strings.ReplaceAll(name, "/", ".")
}

// accessLoaded records which file says who may do what, and that one was not
// taken. It is about the whole server, which is the business of the tenant that
// the server begins with.
func (a *App) accessLoaded(sum [32]byte, err error) {
	l := a.changes.Load()
	if l == nil {
		return
	}
	e := audit.Entry{Kind: audit.Change, Actor: program, Tenant: recommend.DefaultTenant, Action: "access.load", Outcome: audit.Done,
		Objects: []audit.Object{{Kind: "access", ID: hex.EncodeToString(sum[:])}}}
	if err != nil {
		e.Outcome, e.Reason = audit.Refused, "ACCESS_FILE_INVALID"
	}
	a.append(l, e)
}

// audited lists the change log.
func (a *App) audited(f audit.Filter) ([]audit.Record, error) {
	l := a.changes.Load()
	if l == nil {
		return nil, nil
	}
	return l.List(f)
}

package rulebook

import (
	"fmt"
	"strings"

	"github.com/rightvoice/rightvoice/server/audit"
	"github.com/rightvoice/rightvoice/server/revision"
)

// auditActions begin the actions of this package in the audit.
const auditActions = "rules."

// Kinds of objects in the audit.
const (
	auditDraft   = "draft"
	auditContent = "content"
	auditVersion = "version"
	auditWith    = "with"
)

// Entry is an event of the service of revisions as the audit keeps it, for
// revision.Options.Audit.
func Entry(e revision.Event) audit.Entry {
	out := audit.Entry{Kind: audit.Change, Actor: e.By, Tenant: e.Tenant, Action: auditActions + string(e.Action), Outcome: audit.Done}
	switch e.Action {
	case revision.ActApprove, revision.ActReject:
		out.Kind = audit.Approval
	case revision.ActPublish, revision.ActSchedule, revision.ActCancel, revision.ActRollBack:
		out.Kind = audit.Publish
	}
	if e.Refused != "" {
		out.Outcome, out.Reason = audit.Refused, Reason(e.Refused)
	}
	for _, o := range []audit.Object{{Kind: auditDraft, ID: e.Draft}, {Kind: auditContent, ID: string(e.Digest)}} {
		if o.ID != "" {
			out.Objects = append(out.Objects, o)
		}
	}
	if e.Version > 0 {
		out.Objects = append(out.Objects, audit.Object{Kind: auditVersion, ID: fmt.Sprint(e.Version)})
	}
	if e.With != "" {
		out.Objects = append(out.Objects, audit.Object{Kind: auditWith, ID: e.With})
	}
	return out
}

// Reason is a code as callers and the audit get it: STALE_ETAG.
func Reason(c revision.Code) string { return strings.ToUpper(string(c)) }

// Audit lists what was done and refused at a tenant before a record, the newest
// first; before 0 is from the last one on.
func (b *Book) Audit(tenant, draft string, before uint64, limit int) ([]audit.Record, error) {
	if b.o.Audit == nil {
		return nil, &revision.Error{Code: revision.NotFound, Message: "no audit log is kept here"}
	}
	f := audit.Filter{Tenant: tenant, Before: before, Limit: limit}
	if draft != "" {
		f.Object = audit.Object{Kind: auditDraft, ID: draft}
	}
	all, err := b.o.Audit(f)
	if err != nil {
		return nil, &revision.Error{Code: revision.Unavailable, Message: "the audit log can't be read now", Cause: err}
	}
	return all, nil
}

// Entity is what a record is about: what was done, by whom beside its actor, and
// the draft, the content and the version.
type Entity struct{ Action, With, Draft, Digest, Version string }

// About reads what Entry wrote.
func About(r *audit.Record) Entity {
	out := Entity{Action: strings.TrimPrefix(r.Action, auditActions)}
	for _, o := range r.Objects {
		switch o.Kind {
		case auditDraft:
			out.Draft = o.ID
		case auditContent:
			out.Digest = o.ID
		case auditVersion:
			out.Version = o.ID
		case auditWith:
			out.With = o.ID
		}
	}
	return out
}

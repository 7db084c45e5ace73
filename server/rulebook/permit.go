package rulebook

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/rightvoice/rightvoice/server/auth"
	"github.com/rightvoice/rightvoice/server/revision"
)

// Permission is whether somebody may do something, and if not, why.
type Permission struct {
	Action string
	WhyNot string // empty: they may
}

const methods = "/rightvoice.v1.RuleService/"

// action is something that is done to a draft.
type action struct {
	name, method string
	states       []revision.State // at which it can be done
}

var (
	open     = []revision.State{revision.Drafting, revision.InReview, revision.Approved, revision.Scheduled, revision.Rejected, revision.Withdrawn}
	anyState = slices.Concat(open, []revision.State{revision.Published, revision.Archived})
	actions  = []action{
		{"edit", "EditDraft", open},
		{"rebase", "RebaseDraft", open},
		{"submit", "SubmitDraft", []revision.State{revision.Drafting, revision.Rejected, revision.Withdrawn}},
		{"withdraw", "WithdrawDraft", []revision.State{revision.Drafting, revision.InReview, revision.Approved, revision.Scheduled, revision.Rejected}},
		{"comment", "CommentDraft", anyState},
		{"approve", "ApproveDraft", []revision.State{revision.InReview, revision.Approved}},
		{"reject", "RejectDraft", []revision.State{revision.InReview, revision.Approved, revision.Scheduled}},
		{"publish", "PublishDraft", []revision.State{revision.Approved, revision.Scheduled}},
		{"schedule", "ScheduleDraft", []revision.State{revision.Approved, revision.Scheduled}},
		{"cancel", "CancelDraft", []revision.State{revision.Scheduled}},
	}
	general = []action{{"create", "CreateDraft", nil}, {"roll_back", "RollBack", nil}, {"settings", "SetSettings", nil}, {"audit", "ListAudit", nil}}
)

// stages are the states in words.
var stages = map[revision.State]string{
	revision.Drafting: "still being written", revision.InReview: "in review", revision.Approved: "approved", revision.Scheduled: "scheduled",
	revision.Published: "published", revision.Archived: "published, and overtaken by a later version",
	revision.Rejected: "sent back to its authors", revision.Withdrawn: "withdrawn",
}

// role is why somebody's roles or the server do not let them, or empty.
func (b *Book) role(ctx context.Context, who *auth.Principal, tenant, method string) string {
	switch {
	case b.o.ReadOnly && method != "ListAudit":
		return say(ctx, "Content is changed elsewhere; here it can only be read.")
	case !who.May(methods+method, tenant):
		return say(ctx, "This takes one of these roles: %s.", auth.Needs(methods+method).String())
	}
	return ""
}

// draftPermissions are what somebody may do with a draft now.
func (b *Book) draftPermissions(ctx context.Context, who *auth.Principal, d *Draft) []Permission {
	out := make([]Permission, len(actions))
	for i, a := range actions {
		why := b.role(ctx, who, d.Tenant, a.method)
		if why == "" {
			why = a.draft(ctx, who.Name, d)
		}
		out[i] = Permission{a.name, why}
	}
	return out
}

// draft is why the draft itself does not let somebody do something now.
func (a *action) draft(ctx context.Context, by string, d *Draft) string {
	switch {
	case !slices.Contains(a.states, d.State):
		return say(ctx, "The draft is %s.", in(languageOf(ctx), stages[d.State]))
	case a.name == "approve" && slices.Contains(d.Authors, by):
		return say(ctx, "Authors can't approve their own draft.")
	case a.name == "submit" && d.Etag == d.BaseDigest && d.Base > 0:
		return say(ctx, "The draft changes nothing yet.")
	case a.name == "schedule" && d.Base == 0:
		return say(ctx, "The first version of a tenant has no time to wait for.")
	case (a.name == "publish" || a.name == "schedule") && len(d.Missing) > 0:
		return say(ctx, "Approval is missing: %s.", lacking(ctx, d.Missing))
	case a.name == "publish" && d.Base != d.Live:
		return say(ctx, "Another version was published since the draft began; bring it up to date first.")
	}
	return ""
}

func lacking(ctx context.Context, missing []revision.Requirement) string {
	var out []string
	for _, r := range missing {
		kind := r.As
		if kind == "" {
			kind = say(ctx, "by anyone who may")
		}
		out = append(out, fmt.Sprintf("%d %s", r.Count, kind))
	}
	return strings.Join(out, ", ")
}

// Me is who somebody is at a tenant.
type Me struct {
	Name        string
	Roles       []string
	Permissions []Permission
	Tenants     []string
	Capacities  []string // in which they approve and reject; auth.AnyCapacity for any
}

// Me says who somebody is and what they may do.
func (b *Book) Me(ctx context.Context, who *auth.Principal, tenant string) (*Me, error) {
	out := &Me{Name: who.Name, Roles: who.In(tenant).Names(), Capacities: who.SpeaksAs(tenant)}
	for _, a := range slices.Concat(general, actions) {
		out.Permissions = append(out.Permissions, Permission{a.name, b.role(ctx, who, tenant, a.method)})
	}
	all, err := b.o.Revisions.Tenants(ctx)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(all, tenant) {
		b.beginners(out, who, tenant)
	}
	for t := range who.Roles { // also those that have no version yet
		if revision.ValidName(t) && !slices.Contains(all, t) {
			all = append(all, t)
		}
	}
	slices.Sort(all)
	for _, t := range all {
		if who.May(methods+"GetContent", t) {
			out.Tenants = append(out.Tenants, t)
		}
	}
	return out, nil
}

// beginners says of a tenant without any version who may create its first draft.
func (b *Book) beginners(m *Me, who *auth.Principal, tenant string) {
	for i := range m.Permissions {
		if p := &m.Permissions[i]; p.Action == "create" && p.WhyNot == "" && who.In(tenant)&auth.Admin == 0 {
			p.WhyNot = "Nothing was published yet at this tenant; it takes the role admin to begin its first draft."
		}
	}
}

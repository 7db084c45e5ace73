package wire

import (
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/revision"
	"github.com/rightvoice/rightvoice/server/revision/edit"
	"github.com/rightvoice/rightvoice/server/rulebook"
)

var states = map[revision.State]pb.Draft_State{
	revision.Drafting: pb.Draft_DRAFT, revision.InReview: pb.Draft_IN_REVIEW, revision.Approved: pb.Draft_APPROVED, revision.Scheduled: pb.Draft_SCHEDULED,
	revision.Published: pb.Draft_PUBLISHED, revision.Archived: pb.Draft_ARCHIVED, revision.Rejected: pb.Draft_REJECTED, revision.Withdrawn: pb.Draft_WITHDRAWN,
}

// Draft writes a draft.
func Draft(d *rulebook.Draft) *pb.Draft {
	m := &pb.Draft{DraftId: d.ID, Title: d.Title, State: states[d.State], Etag: string(d.Etag), BaseVersion: uint32(d.Base), LiveVersion: uint32(d.Live),
		Authors: d.Authors, CreatedAt: timestamppb.New(d.CreatedAt), UpdatedAt: timestamppb.New(d.UpdatedAt), Reviews: reviews(d.Reviews),
		Required: requirements(d.Required), Missing: requirements(d.Missing), PublishAt: timeOrNone(d.At), Version: uint32(d.Version),
		Permissions: Permissions(d.Permissions), Guarded: d.Guarded, Summary: summary(d.Evidence), With: d.With}
	if p := d.OnApproval; p != nil {
		m.PublishWhenApproved = &pb.PublishWhenApproved{By: p.By, MayPublish: p.MayPublish, PublishAt: timeOrNone(p.At), Note: p.Note}
	}
	if d.Failure != "" {
		m.Failure = rulebook.Reason(d.Failure)
	}
	for _, s := range d.Steps {
		m.Steps = append(m.Steps, &pb.DraftStep{Etag: string(s.Etag), By: s.By, At: timestamppb.New(s.At), Says: s.Says})
	}
	m.Comments = comments(d.Comments)
	return m
}

func comments(all []revision.Comment) []*pb.Comment {
	var out []*pb.Comment
	for _, c := range all {
		out = append(out, &pb.Comment{By: c.By, At: timestamppb.New(c.At), On: c.On, Text: c.Text, Etag: string(c.Etag)})
	}
	return out
}

// summary writes the figures of what was worked out when a content was submitted.
func summary(e *revision.Evidence) *pb.ImpactSummary {
	if e == nil {
		return nil
	}
	s := &e.Sums
	return &pb.ImpactSummary{AssessedAt: timestamppb.New(e.At), Logged: s.Logged, Counted: s.Counted, Recorded: int32(s.Recorded), Changed: int32(s.Changed),
		Unsettled: int32(s.Unsettled), Changes: int32(s.Changes), Regions: int32(s.Regions), UnseenRegions: int32(s.Unseen), RegionsCut: s.Cut,
		Cases: int32(s.Cases), Proved: int32(s.Proved), Lint: int32(s.Lint), RunTime: int32(s.RunTime)}
}

func timeOrNone(t time.Time) *timestamppb.Timestamp {
	if t.IsZero() {
		return nil
	}
	return timestamppb.New(t)
}

func reviews(all []revision.Review) []*pb.Review {
	var out []*pb.Review
	for _, r := range all {
		out = append(out, &pb.Review{By: r.By, As: r.As, At: timestamppb.New(r.At), Etag: string(r.Etag), Approves: r.Approves, Text: r.Text, Void: r.Void})
	}
	return out
}

func requirements(all []revision.Requirement) []*pb.Requirement {
	var out []*pb.Requirement
	for _, r := range all {
		out = append(out, &pb.Requirement{As: r.As, Count: int32(r.Count)})
	}
	return out
}

// Permissions writes what somebody may do, and why not.
func Permissions(all []rulebook.Permission) []*pb.Permission {
	var out []*pb.Permission
	for _, p := range all {
		out = append(out, &pb.Permission{Action: p.Action, Allowed: p.WhyNot == "", WhyNot: p.WhyNot})
	}
	return out
}

// Version writes a version.
func Version(v *rulebook.Version) *pb.Version {
	return &pb.Version{Number: uint32(v.Number), Revision: v.Revision, Digest: string(v.Digest), Title: v.Title, Authors: v.Authors, Reviews: reviews(v.Reviews),
		By: v.By, Note: v.Note, At: timestamppb.New(v.At), DraftId: v.Draft, Restores: uint32(v.Restores), Live: v.Live, Summary: summary(v.Evidence), With: v.With}
}

// Published writes a version with what was kept when it was published.
func Published(p *rulebook.Published) *pb.GetVersionResponse {
	m := &pb.GetVersionResponse{Version: Version(&p.Version), Report: Report(p.Report), Changes: Changes(p.Changes), Comments: comments(p.Said)}
	if p.Impact != nil {
		m.Impact = Impact(p.Impact)
	}
	return m
}

// Changes writes rows and files that differ.
func Changes(all []rulebook.Change) []*pb.Change {
	var out []*pb.Change
	for _, c := range all {
		out = append(out, &pb.Change{File: c.File, List: c.List, Id: c.ID, Before: tokens(c.Said), After: tokens(c.Says), BeforeText: c.Change.Before, AfterText: c.Change.After})
	}
	return out
}

// Regions writes members who are answered differently.
func Regions(all []rulebook.Region) []*pb.Region {
	var out []*pb.Region
	for i := range all {
		r := &all[i]
		out = append(out, &pb.Region{Table: r.Table, BeforeRule: r.Old, AfterRule: r.New, Before: r.Before, After: r.After,
			BeforeStory: r.Story[0], AfterStory: r.Story[1], Recorded: int32(r.Recorded), Day: dayOf(r.Day)})
	}
	return out
}

// Settings writes what a tenant lays down about publishing.
func Settings(s revision.Settings) *pb.Settings {
	return &pb.Settings{Required: requirements(s.Required), Base: s.Base, Guardian: s.Guardian}
}

// ReadSettings is the other way.
func ReadSettings(m *pb.Settings) revision.Settings {
	out := revision.Settings{Base: m.GetBase(), Guardian: m.GetGuardian()}
	for _, r := range m.GetRequired() {
		out.Required = append(out.Required, revision.Requirement{As: r.GetAs(), Count: int(r.GetCount())})
	}
	return out
}

// Ref reads the name of a content.
func Ref(m *pb.ContentRef) rulebook.Ref {
	return rulebook.Ref{Version: uint64(m.GetVersion()), Draft: m.GetDraftId()}
}

// Missing writes whose approval is still needed.
func Missing(all []revision.Requirement) *pb.MissingApprovals {
	return &pb.MissingApprovals{Missing: requirements(all)}
}

// Clashes writes what two sides changed differently.
func Clashes(all []edit.Clash) *pb.Clashes {
	m := &pb.Clashes{}
	for _, c := range all {
		m.Clashes = append(m.Clashes, &pb.Clash{File: c.File, List: c.List, Id: c.ID, Base: c.Base, Theirs: c.Theirs, Mine: c.Mine})
	}
	return m
}

package e2e

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/proto"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/server/audit"
)

// story is somebody working on the rules over one transport.
type story struct {
	*desk
	t    testing.TB
	call call
}

func (s *story) do(as, method string, in, out proto.Message) {
	s.t.Helper()
	if st := s.call(s.t, as, method, in, out); st.Code() != codes.OK {
		s.t.Fatalf("%s as %s: %v %s %v", method, as, st.Code(), st.Message(), st.Details())
	}
}

// refused expects a refusal and returns the details beside its reason.
func (s *story) refused(as, method string, in, out proto.Message, code codes.Code, reason string) []any {
	s.t.Helper()
	st := s.call(s.t, as, method, in, out)
	details := st.Details()
	if st.Code() != code || len(details) == 0 || details[0].(*errdetails.ErrorInfo).Reason != reason {
		s.t.Fatalf("%s as %s: %v %s %v, want %v %s", method, as, st.Code(), st.Message(), details, code, reason)
	}
	return details[1:]
}

func (s *story) create(as, title string) *pb.Draft {
	s.t.Helper()
	out := &pb.CreateDraftResponse{}
	s.do(as, "CreateDraft", &pb.CreateDraftRequest{Title: title}, out)
	return out.Draft
}

func (s *story) edit(as string, d *pb.Draft, ops ...*pb.EditOperation) *pb.EditDraftResponse {
	s.t.Helper()
	out := &pb.EditDraftResponse{}
	s.do(as, "EditDraft", &pb.EditDraftRequest{DraftId: d.DraftId, Etag: d.Etag, Operations: ops}, out)
	return out
}

func (s *story) check(d *pb.Draft, parts ...string) *pb.Report {
	s.t.Helper()
	out := &pb.CheckDraftResponse{}
	s.do("ann", "CheckDraft", &pb.CheckDraftRequest{DraftId: d.DraftId, Parts: parts}, out)
	return out.Report
}

// days changes how long a rule of the mindset table looks back.
func days(row, at, n string) *pb.EditOperation {
	return &pb.EditOperation{Do: "set_value", List: "mindset", Row: row, At: at, Values: []string{n}}
}

func text(tokens []*pb.Token) string {
	var b strings.Builder
	for _, t := range tokens {
		b.WriteString(t.Text)
	}
	return b.String()
}

func may(d *pb.Draft, action string) (bool, string) {
	for _, p := range d.Permissions {
		if p.Action == action {
			return p.Allowed, p.WhyNot
		}
	}
	return false, "no such permission"
}

// TestARuleIsChangedReviewedPublishedAndTakenBack is the whole way, over both
// transports.
func TestARuleIsChangedReviewedPublishedAndTakenBack(t *testing.T) {
	for _, name := range []string{"REST", "gRPC"} {
		t.Run(name, func(t *testing.T) {
			if testing.Short() && name == "REST" {
				t.Skip("left out of short runs: the other one takes the same way")
			}
			d := newDesk(t)
			s := &story{desk: d, t: t, call: d.overREST}
			if name == "gRPC" {
				s.call = d.overGRPC
			}
			draft := s.breaksAGuardrailAndMendsIt()
			draft = s.showsWhomItConcerns(draft)
			s.isReviewedByAnother(draft)
			s.answersByIt(draft)
			s.isTakenBack(draft)
		})
	}
}

// breaksAGuardrailAndMendsIt shortens how long a stay in the ER counts, sees
// who would fall through, and takes the fix that is offered.
func (s *story) breaksAGuardrailAndMendsIt() *pb.Draft {
	t := s.t
	draft := s.create("ann", "Shorter ER window")
	if len(draft.Required) != 1 || len(draft.Missing) != 1 || draft.State != pb.Draft_DRAFT || draft.LiveVersion != 1 {
		t.Fatalf("whose approval it needs is known from the start: %v", draft)
	}
	if ok, why := may(draft, "submit"); ok || why == "" {
		t.Error("a draft that changes nothing can be submitted")
	}
	e := s.edit("ann", draft, days("left-acute-care", "0.0", "7 days"))
	if len(e.Rules) != 1 || !strings.Contains(text(e.Rules[0].Sentence), "7 days") || len(e.Problems) != 0 {
		t.Fatalf("the sentence of the changed rule: %v %v", e.Rules, e.Problems)
	}
	r := s.check(e.Draft)
	if r.Green || len(r.Findings) == 0 || len(r.Findings[0].Stories) == 0 || len(r.Findings[0].Fixes) == 0 {
		t.Fatalf("a broken guardrail has a member's story and a fix: %v", r)
	}
	if f := r.Findings[0]; f.Title != "Someone could slip through" || !slices.Contains(f.Concerns, "mindset/asks-about-habits") || !slices.Equal(f.Fixes[0].Changes, []string{"mindset/left-acute-care"}) ||
		f.Fixes[0].Says != "Make it 30 days instead of 7 days in the rule “Left the ER or hospital in the last 30 days”." {
		t.Errorf("a finding in words: %v", f)
	}
	if !slices.ContainsFunc(r.Guardrails, func(g *pb.GuardrailState) bool { return g.Id == r.Findings[0].Id && g.State == "broken" }) {
		t.Errorf("no guardrail is broken: %v", r.Guardrails)
	}
	details := s.refused("ann", "SubmitDraft", &pb.SubmitDraftRequest{DraftId: draft.DraftId, Etag: e.Draft.Etag}, &pb.SubmitDraftResponse{}, codes.FailedPrecondition, "NOT_GREEN")
	if told, ok := details[0].(*pb.Report); !ok || len(told.Findings) == 0 || told.Findings[0].Stories[0] == "" {
		t.Errorf("the findings are in the refusal: %v", details)
	}
	for tries := 0; !r.Green && len(r.Findings) > 0 && tries < 5; tries++ {
		if len(r.Findings[0].Fixes) == 0 {
			t.Fatalf("no fix is offered: %v", r.Findings[0])
		}
		e = s.edit("ann", e.Draft, r.Findings[0].Fixes[0].Operations...)
		r = s.check(e.Draft, "check", "proof")
	}
	if len(r.Findings) > 0 {
		t.Fatalf("the fixes do not mend it: %v", r.Findings)
	}
	// What is left to change is another rule, which no guardrail speaks of.
	e = s.edit("ann", e.Draft, days("new-drug", "0", "7 days"))
	if r = s.check(e.Draft); r.Green || len(r.FailedCases) != 1 || r.FailedCases[0].Id != "drinking-with-a-new-drug" || len(r.FailedCases[0].Wrong) == 0 {
		t.Fatalf("an example that is answered otherwise is told: %v", r.FailedCases)
	}
	e = s.edit("ann", e.Draft, &pb.EditOperation{Do: "delete", List: "cases", Row: "drinking-with-a-new-drug"},
		&pb.EditOperation{Do: "insert", List: "cases", File: "cases/lifestyle.yaml", Text: newDrug})
	if r = s.check(e.Draft); !r.Green || r.Cases == 0 || len(r.Parts) != 3 {
		t.Fatalf("it is green now: %v", r)
	}
	return e.Draft
}

const newDrug = `- id: drinking-with-a-new-drug
  about: A member on a new drug asks about alcohol.
  ask: {topic: alcohol, context: {new_rx_days: 7, coverage_status: active, benefit_available: [mental_health]}}
  expect: [{mindset: patient, sender: provider, advice: [new_med_howto]}]
`

// showsWhomItConcerns compares, tries and counts.
func (s *story) showsWhomItConcerns(draft *pb.Draft) *pb.Draft {
	t := s.t
	ref := &pb.ContentRef{Ref: &pb.ContentRef_DraftId{DraftId: draft.DraftId}}
	c := &pb.CompareContentResponse{}
	s.do("ann", "CompareContent", &pb.CompareContentRequest{After: ref, Regions: true}, c)
	if len(c.Regions) == 0 || c.Regions[0].BeforeStory == "" || c.Cut {
		t.Fatalf("the regions are exact: %v", c)
	}
	i := slices.IndexFunc(c.Changes, func(x *pb.Change) bool { return x.Id == "new-drug" })
	if i < 0 || !strings.Contains(text(c.Changes[i].Before), "14 days") || !strings.Contains(text(c.Changes[i].After), "7 days") {
		t.Errorf("both sides in words: %v", c.Changes)
	}
	q := &pb.RecommendRequest{Asker: pb.Asker_ASKER_INTEGRATED, Topic: "sleep", Context: &pb.MemberContext{NewRxDays: ptr(int32(10)),
		CoverageStatus: ptr(pb.CoverageStatus_COVERAGE_STATUS_ACTIVE), BenefitAvailable: []string{"sleep_program"}}}
	out := &pb.EvaluateResponse{}
	s.do("ann", "Evaluate", &pb.EvaluateRequest{Contents: []*pb.ContentRef{{}, ref}, Request: q}, out)
	live, now := out.Evaluations[0], out.Evaluations[1]
	if live.Decision.Recommendations[0].Mindset != pb.Mindset_MINDSET_PATIENT || now.Decision.Recommendations[0].Mindset == pb.Mindset_MINDSET_PATIENT || now.Decision.DecisionId != "" {
		t.Errorf("live %v, draft %v", live.Decision, now.Decision)
	}
	almost := func(e *pb.Evaluation) bool {
		return slices.ContainsFunc(e.Traces[0].Rows, func(r *pb.RowTrace) bool {
			return r.RuleId == "new-drug" && r.Verdict == pb.RowTrace_ALMOST && r.Needs != ""
		})
	}
	if almost(live) || !almost(now) {
		t.Error("the draft tells that the rule almost fits, and what it needs")
	}
	s.counts(draft)
	return draft
}

// counts replays what was recorded.
func (s *story) counts(draft *pb.Draft) {
	t := s.t
	var f fact.Facts
	f.SetRaw(fact.NewRxDays, 10)
	s.record(t, 30, f, "sleep")
	client := pb.NewRuleServiceClient(s.grpc)
	stream, err := client.AssessImpact(context.Background(), &pb.AssessImpactRequest{DraftId: draft.DraftId})
	must(t, err)
	var impact *pb.Impact
	steps := 0
	for m, err := stream.Recv(); err == nil; m, err = stream.Recv() {
		if m.GetProgress() != nil {
			steps++
		}
		impact = m.GetImpact()
	}
	if impact == nil || steps == 0 || !impact.Logged || impact.Recorded != 30 || impact.Changed != 30 || len(impact.Shifts) == 0 || len(impact.Samples) == 0 {
		t.Fatalf("%d steps, %v", steps, impact)
	}
	if impact.Regions[0].Recorded == 0 || !slices.ContainsFunc(impact.Regions, func(r *pb.Region) bool { return r.BeforeRule == "new-drug" && r.Recorded == 30 }) {
		t.Errorf("the counts are joined to the regions: %v", impact.Regions)
	}
	sample := impact.Samples[0]
	if sample.Story == "" || sample.Request.GetContext().GetNewRxDays() != 10 || sample.Request.Topic != "sleep" {
		t.Errorf("a sample can be tried: %v", sample)
	}
	s.do("ann", "Evaluate", &pb.EvaluateRequest{Request: sample.Request}, &pb.EvaluateResponse{})
}

// isReviewedByAnother is submitted, approved by somebody else, and published.
func (s *story) isReviewedByAnother(draft *pb.Draft) {
	t := s.t
	id, etag := draft.DraftId, draft.Etag
	publish := &pb.PublishDraftRequest{DraftId: id, Etag: etag, Note: "new drugs count a week", RequestId: "p-1"}
	details := s.refused("ben", "PublishDraft", publish, &pb.PublishDraftResponse{}, codes.FailedPrecondition, "NOT_APPROVED")
	if m, ok := details[0].(*pb.MissingApprovals); !ok || len(m.Missing) != 1 || m.Missing[0].Count != 1 {
		t.Errorf("who is missing is in the refusal: %v", details)
	}
	submitted := &pb.SubmitDraftResponse{}
	s.do("ann", "SubmitDraft", &pb.SubmitDraftRequest{DraftId: id, Etag: etag, Text: "shorter, as agreed"}, submitted)
	if d := submitted.Draft; d.State != pb.Draft_IN_REVIEW || len(d.Comments) != 1 {
		t.Fatalf("%v", d)
	}
	approve := &pb.ApproveDraftRequest{DraftId: id, Etag: etag, As: "clinical"}
	s.refused("ann", "ApproveDraft", approve, &pb.ApproveDraftResponse{}, codes.PermissionDenied, "OWN_DRAFT")
	mine := &pb.GetDraftResponse{}
	s.do("ann", "GetDraft", &pb.GetDraftRequest{DraftId: id}, mine)
	if ok, why := may(mine.Draft, "approve"); ok || !strings.Contains(why, "own") {
		t.Errorf("it is told beforehand: %v %s", ok, why)
	}
	approved := &pb.ApproveDraftResponse{}
	s.do("ben", "ApproveDraft", approve, approved)
	if d := approved.Draft; d.State != pb.Draft_APPROVED || len(d.Missing) != 0 {
		t.Fatalf("%v", d)
	}
	for range 2 { // the same request sent twice is done once
		out := &pb.PublishDraftResponse{}
		s.do("ben", "PublishDraft", publish, out)
		if v := out.Version; v.Number != 2 || !v.Live || v.By != "ben" || !slices.Equal(v.Authors, []string{"ann"}) {
			t.Fatalf("%v", v)
		}
	}
	kept := &pb.GetVersionResponse{}
	s.do("ben", "GetVersion", &pb.GetVersionRequest{Number: 2, Language: "es"}, kept)
	sum := kept.Version.Summary
	if i := kept.Impact; sum == nil || !sum.Counted || sum.Changed != 30 || sum.Proved == 0 || i == nil || i.Changed != 30 || len(i.Samples) != 0 ||
		len(i.Shifts) == 0 || len(i.Regions) != int(sum.Regions) || i.AssessedAt == nil || len(kept.Comments) != 1 {
		t.Errorf("what reviewers saw is kept with the version: %v", kept)
	}
}

// answersByIt asks as a portal does.
func (s *story) answersByIt(*pb.Draft) {
	t := s.t
	meta := &pb.GetVersionResponse{}
	s.do("ann", "GetVersion", &pb.GetVersionRequest{}, meta)
	if meta.Version.Number != 2 || !meta.Report.Green || len(meta.Changes) == 0 {
		t.Errorf("%v", meta)
	}
	s.revision(meta.Version.Revision)
	list := &pb.ListVersionsResponse{}
	s.do("ann", "ListVersions", &pb.ListVersionsRequest{PageSize: 1}, list)
	if len(list.Versions) != 1 || list.NextPageToken == "" {
		t.Errorf("%v", list)
	}
	s.do("ann", "ListVersions", &pb.ListVersionsRequest{PageToken: list.NextPageToken}, list)
	if n := len(list.Versions); n == 0 || list.Versions[n-1].Number != 1 {
		t.Errorf("%v", list)
	}
}

// revision waits until answers are of a revision.
func (s *story) revision(want string) {
	s.t.Helper()
	client := pb.NewRecommendationServiceClient(s.grpc)
	for began := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		out, err := client.Recommend(context.Background(), &pb.RecommendRequest{Asker: pb.Asker_ASKER_INSURER, Topic: "sleep"})
		must(s.t, err)
		if out.Decision.Revision == want {
			return
		}
		if time.Since(began) > 3*time.Second {
			s.t.Fatalf("answers are of %s, not %s", out.Decision.Revision, want)
		}
	}
}

// isTakenBack rolls back and looks at what was written down.
func (s *story) isTakenBack(draft *pb.Draft) {
	t := s.t
	first := &pb.GetVersionResponse{}
	s.do("ann", "GetVersion", &pb.GetVersionRequest{Number: 1}, first)
	out := &pb.RollBackResponse{}
	s.do("ben", "RollBack", &pb.RollBackRequest{Number: 1, Note: "too short after all"}, out)
	if v := out.Version; v.Number != 3 || v.Restores != 1 || v.Digest != first.Version.Digest {
		t.Fatalf("%v", v)
	}
	s.revision(first.Version.Revision)
	all := &pb.ListAuditResponse{}
	s.do("ann", "ListAudit", &pb.ListAuditRequest{}, all)
	var told []string
	for _, e := range all.Entries {
		told = append(told, strings.TrimSpace(e.By+" "+e.Action+" "+e.Refused))
	}
	for _, want := range []string{"ann create", "ann edit", "ann submit NOT_GREEN", "ben publish NOT_APPROVED", "ann submit", "ann approve OWN_DRAFT", "ben approve", "ben publish", "ben roll_back"} {
		if !slices.Contains(told, want) {
			t.Errorf("the audit does not tell %q: %q", want, told)
		}
	}
	s.do("ann", "ListAudit", &pb.ListAuditRequest{DraftId: draft.DraftId, PageSize: 2}, all)
	if len(all.Entries) != 2 || all.NextPageToken == "" || all.Entries[0].DraftId != draft.DraftId {
		t.Errorf("a page about one draft: %v", all)
	}
	for _, r := range auditOf(t, s.changes) {
		if r.Actor != "ann" && r.Actor != "ben" && r.Actor != "setup" {
			t.Errorf("the audit names %q", r.Actor)
		}
	}
}

func auditOf(t testing.TB, l *audit.Log) []audit.Record {
	all, err := l.List(audit.Filter{Kinds: []audit.Kind{audit.Change, audit.Approval, audit.Publish}})
	must(t, err)
	return all
}

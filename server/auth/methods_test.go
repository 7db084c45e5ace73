package auth

import (
	"errors"
	"strings"
	"testing"
)

// matrix says who may call what, a letter a role: Viewer, Author, Approver (p
// for peer), Publisher (b), Admin (A), Evaluator and auditor (u).
const matrix = `
RecommendationService/Recommend        ·····e·
RecommendationService/BatchRecommend   ·····e·
RecommendationService/StreamRecommend  ·····e·
RecommendationService/Explain          vapbAeu
RecommendationService/GetDecision      ·····eu
RecommendationService/ListDecisions    ·····eu
RecommendationService/RecordFeedback   ·····e·
MemberService/GetMember                ·····e·
MemberService/RecordFacts              ·····e·
MemberService/ImportFhir               ·····e·
MemberService/SetChoice                ·····e·
MemberService/ForgetMember             ····Ae·
RuleService/GetMe                      vapbAeu
RuleService/GetMeta                    vapbAeu
RuleService/WatchVersions              vapbAeu
RuleService/ListFacts                  vapbA·u
RuleService/ListVersions               vapbA·u
RuleService/GetVersion                 vapbA·u
RuleService/GetContent                 vapbA·u
RuleService/GetFile                    vapbA·u
RuleService/CompareContent             vapbA·u
RuleService/ListDrafts                 vapbA·u
RuleService/GetDraft                   vapbA·u
RuleService/CheckDraft                 vapbA·u
RuleService/ProveDraft                 vapbA·u
RuleService/Evaluate                   vapbA·u
RuleService/RunScenarios               vapbA·u
RuleService/ExamineContent             vapbA·u
RuleService/AssessImpact               ·apbA·u
RuleService/CommentDraft               ·apbA·u
RuleService/CreateDraft                ·a··A··
RuleService/EditDraft                  ·a·····
RuleService/RestoreDraft               ·a·····
RuleService/RebaseDraft                ·a·····
RuleService/SubmitDraft                ·a·····
RuleService/WithdrawDraft              ·a·····
RuleService/ApproveDraft               ··p····
RuleService/RejectDraft                ··p····
RuleService/PublishDraft               ···b···
RuleService/ScheduleDraft              ···b···
RuleService/CancelDraft                ···b···
RuleService/RollBack                   ···b···
RuleService/ListAudit                  ·apbA·u
RuleService/GetSettings                vapbA·u
RuleService/SetSettings                ····A··
InsightsService/GetInsights            vapbA·u
InsightsService/GetDrift               vapbA·u
InsightsService/ListReports            ·apbA·u
`

// TestEveryMethodAndRole tries all of both, in the tenant and in another one.
func TestEveryMethodAndRole(t *testing.T) {
	g := &Gate{o: Options{Refused: func(Reason) {}}}
	listed := 0
	for _, line := range strings.Split(strings.TrimSpace(matrix), "\n") {
		name, letters, _ := strings.Cut(line, " ")
		method := "/rightvoice.v1." + name
		listed++
		for i, letter := range []rune(strings.TrimSpace(letters)) {
			p := &Principal{Roles: map[string]Roles{"east": 1 << i}}
			var r *Refusal
			switch err := g.Permit(p, method, "east"); {
			case (letter != '·') != (err == nil):
				t.Errorf("%s may call %s: %v", roleNames[i], name, err)
			case err != nil && (!errors.As(err, &r) || r.Reason != RoleMissing || r.Needs != Needs(method) || r.Needs == 0):
				t.Errorf("%s calls %s: %v", roleNames[i], name, err)
			}
			if err := g.PermitSomewhere(p, method); (letter != '·') != (err == nil) {
				t.Errorf("%s calls %s somewhere: %v", roleNames[i], name, err)
			}
			if err := g.Permit(p, method, "west"); !errors.As(err, &r) || r.Reason != OtherTenant {
				t.Errorf("%s calls %s in another tenant: %v", roleNames[i], name, err)
			}
			everywhere := &Principal{Roles: map[string]Roles{AnyTenant: 1 << i}}
			if err := g.Permit(everywhere, method, "west"); (letter != '·') != (err == nil) || everywhere.May(method, "x") != (err == nil) {
				t.Errorf("%s of all tenants calls %s: %v", roleNames[i], name, err)
			}
		}
	}
	if all := Methods(); len(all) != listed {
		t.Errorf("%d methods, %d in this test", len(all), listed)
	}
}

func TestMethodsThatAreNotListedAreRefused(t *testing.T) {
	g := &Gate{o: Options{Refused: func(Reason) {}}}
	p := &Principal{Roles: map[string]Roles{AnyTenant: allRoles}}
	for _, method := range []string{"", "/rightvoice.v1.RuleService/DropEverything", "/grpc.health.v1.Health/Check", recommendations, "recommend"} {
		var r *Refusal
		if err := g.Permit(p, method, "default"); !errors.As(err, &r) || r.Reason != NobodyMay {
			t.Errorf("%q: %v", method, err)
		}
		if err := g.PermitSomewhere(p, method); !errors.As(err, &r) || r.Reason != NobodyMay {
			t.Errorf("%q somewhere: %v", method, err)
		}
	}
}

func TestSidesBelongToCredentials(t *testing.T) {
	g := &Gate{o: Options{Refused: func(Reason) {}}}
	portal := map[string]Roles{"default": Evaluator}
	for _, try := range []struct {
		has   Side
		roles map[string]Roles
		asked Side
		want  Side
		ok    bool
	}{
		{Insurer, portal, Insurer, Insurer, true}, {Insurer, portal, NoSide, Insurer, true}, {Insurer, portal, Provider, 0, false}, {Insurer, portal, Both, 0, false},
		{Provider, portal, Provider, Provider, true}, {Provider, portal, Insurer, 0, false},
		{Both, portal, Insurer, Insurer, true}, {Both, portal, Provider, Provider, true}, {Both, portal, Both, Both, true}, {Both, portal, NoSide, NoSide, true},
		{NoSide, portal, Insurer, 0, false}, {NoSide, portal, NoSide, 0, false},
		{NoSide, map[string]Roles{"default": Auditor}, Insurer, Insurer, true}, {NoSide, map[string]Roles{"default": Author}, NoSide, NoSide, true},
		{NoSide, map[string]Roles{"default": Auditor, "east": Evaluator}, Insurer, Insurer, true},
	} {
		got, err := g.Speak(&Principal{Side: try.has, Roles: try.roles}, "default", try.asked)
		var r *Refusal
		if (err == nil) != try.ok || got != try.want || err != nil && (!errors.As(err, &r) || r.Reason != OtherSide) {
			t.Errorf("%+v: %v %v", try, got, err)
		}
	}
}

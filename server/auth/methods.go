package auth

import (
	"maps"
	"slices"
)

const (
	recommendations = "/rightvoice.v1.RecommendationService/"
	members         = "/rightvoice.v1.MemberService/"
	rules           = "/rightvoice.v1.RuleService/"
	insights        = "/rightvoice.v1.InsightsService/"

	// readers may look at rules.
	readers = Viewer | Author | Approver | Publisher | Admin | Auditor
	// workers take part in making them.
	workers = Author | Approver | Publisher | Admin
)

// methods says which roles may call what: any one of them, in the tenant that
// the call is about. A new method is a line here; without one it is refused.
var methods = map[string]Roles{
	recommendations + "Recommend":       Evaluator,
	recommendations + "BatchRecommend":  Evaluator,
	recommendations + "StreamRecommend": Evaluator,
	recommendations + "Explain":         Evaluator | readers,
	recommendations + "GetDecision":     Evaluator | Auditor,
	recommendations + "ListDecisions":   Evaluator | Auditor,
	recommendations + "RecordFeedback":  Evaluator,

	members + "GetMember":    Evaluator,
	members + "RecordFacts":  Evaluator,
	members + "ImportFhir":   Evaluator,
	members + "SetChoice":    Evaluator,
	members + "ForgetMember": Evaluator | Admin,

	rules + "GetMe":          readers | Evaluator,
	rules + "GetMeta":        readers | Evaluator,
	rules + "WatchVersions":  readers | Evaluator,
	rules + "ListFacts":      readers,
	rules + "ListVersions":   readers,
	rules + "GetVersion":     readers,
	rules + "GetContent":     readers,
	rules + "GetFile":        readers,
	rules + "CompareContent": readers,
	rules + "ListDrafts":     readers,
	rules + "GetDraft":       readers,
	rules + "CheckDraft":     readers,
	rules + "ProveDraft":     readers,
	rules + "Evaluate":       readers,
	rules + "RunScenarios":   readers,
	rules + "ExamineContent": readers,
	rules + "AssessImpact":   workers | Auditor,
	rules + "CommentDraft":   workers | Auditor,
	rules + "CreateDraft":    Author | Admin, // which of them depends on whether there is a version
	rules + "EditDraft":      Author,
	rules + "RestoreDraft":   Author,
	rules + "RebaseDraft":    Author,
	rules + "SubmitDraft":    Author,
	rules + "WithdrawDraft":  Author,
	rules + "ApproveDraft":   Approver,
	rules + "RejectDraft":    Approver,
	rules + "PublishDraft":   Publisher,
	rules + "ScheduleDraft":  Publisher,
	rules + "CancelDraft":    Publisher,
	rules + "RollBack":       Publisher,
	rules + "ListAudit":      workers | Auditor,
	rules + "GetSettings":    readers,
	rules + "SetSettings":    Admin,

	insights + "GetInsights": readers,
	insights + "GetDrift":    readers,
	insights + "ListReports": workers | Auditor,
}

// Methods lists the methods that somebody may call, in order.
func Methods() []string { return slices.Sorted(maps.Keys(methods)) }

// Needs is the roles of which one is needed to call a method; none if nobody
// may.
func Needs(method string) Roles { return methods[method] }

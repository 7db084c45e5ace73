package wire

import (
	"unicode/utf8"

	"google.golang.org/protobuf/proto"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

// plain reports whether m certainly passes the rules of its .proto file. It
// may say no to a message that passes them, never yes to one that does not.
func plain(m proto.Message) bool {
	switch m := m.(type) {
	case *pb.RecommendRequest:
		return plainRequest(m)
	case *pb.BatchRecommendRequest: // its items are checked one by one
		return 1 <= len(m.Requests) && len(m.Requests) <= 1000
	case *pb.StreamRecommendRequest: // so is this one's
		return true
	case *pb.FactEvent:
		return plainEvent(m)
	case *pb.RecordFactsRequest: // its events are checked one by one
		return 1 <= len(m.Events) && len(m.Events) <= 10_000 && plainTenant(m.Tenant) && plainAsker(m.Asker)
	case *pb.ImportFhirRequest:
		return plainWho(m) && plainSource(m.Source) && m.AsOf == nil && 1 <= len(m.Bundle) && len(m.Bundle) <= 8<<20
	case *pb.GetMemberRequest:
		return plainWho(m)
	case *pb.ForgetMemberRequest:
		return plainWho(m)
	}
	return false
}

func plainRequest(m *pb.RecommendRequest) bool {
	return m != nil &&
		length(m.RequestId, 0, 128) &&
		plainTenant(m.Tenant) &&
		length(m.MemberRef, 0, 128) &&
		plainAsker(m.Asker) &&
		length(m.Topic, 0, 64) &&
		length(m.Text, 0, 2000) &&
		(m.Language == "" || len(m.Language) == 2 && all(m.Language, isLower)) &&
		len(m.Attributes) == 0 && len(m.Diagnoses) == 0 &&
		0 <= m.Consistency && m.Consistency <= pb.RecommendRequest_FRESH &&
		(m.MinRevision == "" || isRevision(m.MinRevision)) &&
		(m.Context == nil || plainContext(m.Context))
}

func plainContext(c *pb.MemberContext) bool {
	return within(c.AgeYears, 0, 120) &&
		defined(c.ViewerRole, pb.ViewerRole_VIEWER_ROLE_STAFF) &&
		within(c.ReadingOkLevel, 3, 12) &&
		allDefined(c.SensitiveTopicsShareable, pb.SensitiveTopic_SENSITIVE_TOPIC_HIV) &&
		defined(c.Part2Consent, pb.Part2Consent_PART2_CONSENT_REVOKED) &&
		words(c.OptOutTopics) &&
		allDefined(c.OptOutChannels, pb.OptOutChannel_OPT_OUT_CHANNEL_PORTAL) &&
		defined(c.MemberChoice, pb.MemberChoice_MEMBER_CHOICE_CONSUMER) &&
		defined(c.Channel, pb.Channel_CHANNEL_MAIL) &&
		defined(c.Direction, pb.Direction_DIRECTION_OUTBOUND) &&
		words(c.PageGroup) &&
		defined(c.TextIntent, pb.TextIntent_TEXT_INTENT_CRISIS) &&
		words(c.TextRedFlag) &&
		(c.CallReason == nil || length(*c.CallReason, 1, 64)) &&
		within(c.LocalHour, 0, 23) &&
		plainAcute(c) && plainChronic(c) && plainCoverage(c)
}

func plainAcute(c *pb.MemberContext) bool {
	return defined(c.EncounterClassNow, pb.EncounterClass_ENCOUNTER_CLASS_PRENC) &&
		defined(c.AdtEvent, pb.AdtEvent_ADT_EVENT_DISCHARGE) &&
		within(c.HoursSinceAcuteCare, 0, 8784) &&
		within(c.DaysSinceProblemVisit, 0, 3650) &&
		within(c.AcuteDxOnsetDays, 0, 36500) &&
		defined(c.SurgeryPhase, pb.SurgeryPhase_SURGERY_PHASE_RECENT_30D) &&
		within(c.NewRxDays, 0, 3650) &&
		defined(c.RxCourse, pb.RxCourse_RX_COURSE_SEASONAL) &&
		within(c.AbnormalResultDays, 0, 3650) &&
		within(c.NewSeriousDxDays, 0, 36500)
}

func plainChronic(c *pb.MemberContext) bool {
	return words(c.ChronicDx) &&
		defined(c.CareProgram, pb.CareProgram_CARE_PROGRAM_GRADUATED) &&
		words(c.CareGap) &&
		(c.A1CPct == nil || 2 <= *c.A1CPct && *c.A1CPct <= 25) &&
		(c.Bmi == nil || 5 <= *c.Bmi && *c.Bmi <= 150) &&
		within(c.BpSystolic, 40, 350) &&
		defined(c.Tobacco, pb.Tobacco_TOBACCO_CURRENT) &&
		defined(c.Pregnancy, pb.Pregnancy_PREGNANCY_POSTPARTUM)
}

func plainCoverage(c *pb.MemberContext) bool {
	return defined(c.CoverageStatus, pb.CoverageStatus_COVERAGE_STATUS_ENTERED_IN_ERROR) &&
		defined(c.LineOfBusiness, pb.LineOfBusiness_LINE_OF_BUSINESS_OTHER) &&
		words(c.BenefitAvailable) &&
		within(c.DeductibleLeftUsd, 0, 1_000_000) &&
		defined(c.ClaimEvent, pb.ClaimEvent_CLAIM_EVENT_BALANCE_BILL) &&
		within(c.DaysSinceEnrolment, 0, 36500) &&
		within(c.AdviceLastSentDays, 0, 3650) &&
		plainEmpty(c.KnownEmpty)
}

func within(v *int32, from, to int32) bool { return v == nil || from <= *v && *v <= to }

func defined[E ~int32](v *E, last E) bool { return v == nil || 1 <= *v && *v <= last }

func allDefined[E ~int32](vs []E, last E) bool {
	for _, v := range vs {
		if v < 1 || v > last {
			return false
		}
	}
	return len(vs) <= 16
}

// words reports whether a list of an open vocabulary is in order.
func words(vs []string) bool {
	for _, v := range vs {
		if !length(v, 1, 64) {
			return false
		}
	}
	return len(vs) <= 32
}

// length reports whether s is valid text of from to at most to characters.
func length(s string, from, to int) bool {
	return from <= len(s) && (len(s) <= to || len(s) <= 4*to && utf8.RuneCountInString(s) <= to)
}

func all(s string, is func(byte) bool) bool {
	for i := range len(s) {
		if !is(s[i]) {
			return false
		}
	}
	return true
}

func isLower(c byte) bool { return 'a' <= c && c <= 'z' }

func isTenant(c byte) bool { return isLower(c) || '0' <= c && c <= '9' || c == '_' || c == '-' }

func isHex(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' }

func isRevision(s string) bool {
	return len(s) == 18 && s[:2] == "r-" && all(s[2:], isHex)
}

func plainEmpty(names []string) bool {
	for _, name := range names {
		if _, ok := listNamed(name); !ok {
			return false
		}
	}
	return len(names) <= len(lists)
}

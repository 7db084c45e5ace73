package wire

import (
	"strings"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

// plainEvent is plainRequest for events: a call has thousands of them.
func plainEvent(m *pb.FactEvent) bool {
	return m != nil &&
		length(m.MemberRef, 1, 128) &&
		plainSource(m.Source) &&
		m.AsOf != nil &&
		(m.MaxAge == nil || m.MaxAge.Nanos == 0 && 0 < m.MaxAge.Seconds && m.MaxAge.Seconds <= longestAge) &&
		(m.Context == nil || plainContext(m.Context)) &&
		len(m.Attributes) == 0 &&
		plainDiagnoses(m.Diagnoses) &&
		len(m.Retract) <= 1 && words(m.Retract) &&
		len(m.TimeZone) <= 64 && (m.TimeZone == "" || isZone(m.TimeZone))
}

// longestAge is what FactEvent.max_age allows, in seconds: ten years.
const longestAge = 315_576_000

func plainDiagnoses(list []*pb.Diagnosis) bool {
	for _, d := range list {
		if d == nil || d.System < 1 || d.System > pb.Diagnosis_SNOMED || d.Code == "" || len(d.Code) > 18 || !all(d.Code, isCode) ||
			d.Onset != "" && !isDay(d.Onset) || d.Abated != "" && !isDay(d.Abated) {
			return false
		}
	}
	return len(list) <= 200
}

func plainTenant(s string) bool { return len(s) <= 64 && all(s, isTenant) }

func plainAsker(a pb.Asker) bool {
	return pb.Asker_ASKER_INSURER <= a && a <= pb.Asker_ASKER_INTEGRATED
}

func plainWho(m asked) bool {
	return plainTenant(m.GetTenant()) && length(m.GetMemberRef(), 1, 128) && plainAsker(m.GetAsker())
}

func plainSource(s string) bool {
	return 1 <= len(s) && len(s) <= 64 && isCode(s[0]) && s[0] != '.' && all(s, isSource)
}

func isCode(c byte) bool {
	return isLower(c) || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '.'
}

func isSource(c byte) bool { return isCode(c) || c == '_' || c == ':' || c == '-' }

// isZone reports whether s looks like the IANA name of a time zone.
func isZone(s string) bool {
	if c := s[0] | 0x20; !isLower(c) {
		return false
	}
	for part := range strings.SplitSeq(s, "/") {
		if part == "" || !all(part, isZoneByte) {
			return false
		}
	}
	return true
}

func isZoneByte(c byte) bool { return c != '.' && isCode(c) || c == '_' || c == '+' || c == '-' }

// isDay reports whether s looks like 2026-01-31.
func isDay(s string) bool {
	if len(s) != 10 {
		return false
	}
	for i := range len(s) {
		dash := i == 4 || i == 7
		if dash != (s[i] == '-') || !dash && (s[i] < '0' || s[i] > '9') {
			return false
		}
	}
	return true
}

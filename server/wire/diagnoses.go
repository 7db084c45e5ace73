package wire

import (
	"fmt"
	"time"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/rules/intake"
)

var systems = map[pb.Diagnosis_System]intake.System{pb.Diagnosis_ICD10CM: intake.ICD10CM, pb.Diagnosis_SNOMED: intake.SNOMEDCT}

// diagnoses reads coded diagnoses with their days.
func (r *reader) diagnoses(all []*pb.Diagnosis) []intake.Diagnosis {
	out := make([]intake.Diagnosis, len(all))
	for i, d := range all {
		out[i] = intake.Diagnosis{System: systems[d.GetSystem()], Code: d.GetCode(),
			Onset: r.day(i, "onset", d.GetOnset()), Abated: r.day(i, "abated", d.GetAbated())}
	}
	return out
}

// day reads a day; the rules of the .proto file know its form, not the calendar.
func (r *reader) day(i int, field, text string) time.Time {
	if text == "" {
		return time.Time{}
	}
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		r.add(fmt.Sprintf("diagnoses[%d].%s", i, field), "must be a day such as 2026-01-31")
	}
	return day
}

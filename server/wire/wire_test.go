package wire

import (
	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

func ptr[T any](v T) *T { return &v }

// typical is a request as a portal sends it.
func typical() *pb.RecommendRequest {
	return &pb.RecommendRequest{RequestId: "q-1", Tenant: "default", MemberRef: "m-1", Asker: pb.Asker_ASKER_INSURER, Topic: "sleep", Language: "en",
		Text: "I can't sleep", Context: &pb.MemberContext{
			AgeYears: ptr[int32](44), ViewerRole: ptr(pb.ViewerRole_VIEWER_ROLE_SELF), Channel: ptr(pb.Channel_CHANNEL_INSURER_PORTAL),
			Direction: ptr(pb.Direction_DIRECTION_INBOUND), PageGroup: []string{"wellness"}, LocalHour: ptr[int32](14),
			EncounterClassNow: ptr(pb.EncounterClass_ENCOUNTER_CLASS_NONE), HoursSinceAcuteCare: ptr[int32](3000), AcuteDxActive: ptr(false),
			ChronicDx: []string{"diabetes"}, Bmi: ptr(31.5), Tobacco: ptr(pb.Tobacco_TOBACCO_NEVER),
			CoverageStatus: ptr(pb.CoverageStatus_COVERAGE_STATUS_ACTIVE), LineOfBusiness: ptr(pb.LineOfBusiness_LINE_OF_BUSINESS_EMPLOYER),
			BenefitAvailable: []string{"gym", "sleep_program"}, DeductibleLeftUsd: ptr[int32](400),
		}}
}

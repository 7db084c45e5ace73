package named_test

import (
	"testing"

	"google.golang.org/protobuf/proto"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/wire/named"
)

func TestSet(t *testing.T) {
	var got pb.MemberContext
	own := map[string]*pb.AttributeValue{}
	for name, value := range map[string]any{
		"hours_since_acute_care": int64(48),
		"a1c_pct":                int64(7), // a whole number in YAML
		"acute_dx_active":        true,
		"coverage_status":        "active",
		"benefit_available":      []string{"gym", "sleep_program"},
		"chronic_dx":             []string{},
		"of_our_own":             "yes",
	} {
		if err := named.Set(&got, own, name, value); err != nil {
			t.Error(err)
		}
	}
	want := &pb.MemberContext{HoursSinceAcuteCare: proto.Int32(48), A1CPct: proto.Float64(7), AcuteDxActive: proto.Bool(true),
		CoverageStatus: pb.CoverageStatus_COVERAGE_STATUS_ACTIVE.Enum(), BenefitAvailable: []string{"gym", "sleep_program"}, KnownEmpty: []string{"chronic_dx"}}
	if !proto.Equal(&got, want) {
		t.Errorf("%v, want %v", &got, want)
	}
	if len(own) != 1 || own["of_our_own"].GetEnumValue() != "yes" {
		t.Errorf("%v", own)
	}
}

// TestSetRefuses what no field takes, and changes nothing then.
func TestSetRefuses(t *testing.T) {
	for name, value := range map[string]any{
		"hours_since_acute_care": "48",
		"acute_dx_active":        int64(1),
		"coverage_status":        "lively",
		"a1c_pct":                true,
		"benefit_available":      "gym",
		"opt_out_channels":       []string{"sms", "pigeon"},
		"of_our_own":             nil,
	} {
		var to pb.MemberContext
		own := map[string]*pb.AttributeValue{}
		if named.Set(&to, own, name, value) == nil {
			t.Errorf("%s takes %v", name, value)
		}
		if len(own) > 0 || !proto.Equal(&to, &pb.MemberContext{}) {
			t.Errorf("%s: %v %v", name, &to, own)
		}
	}
}

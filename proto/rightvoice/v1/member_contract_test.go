package rightvoicev1_test

import (
	"slices"
	"strings"
	"testing"

	"google.golang.org/genproto/googleapis/api/annotations"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	rightvoicev1 "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

// about begins every message about one member.
const about = `"memberRef": "m", "asker": "ASKER_PROVIDER"`

func TestMemberRequests(t *testing.T) {
	for name, try := range map[string]struct {
		m     proto.Message
		json  string
		paths []string
	}{
		"an event":                  {&rightvoicev1.FactEvent{}, `{"memberRef": "m", "source": "adt:north.1", "asOf": "2026-01-01T00:00:00Z", "maxAge": "3600s", "retract": ["bmi"]}`, nil},
		"an event of nobody":        {&rightvoicev1.FactEvent{}, `{"source": "adt"}`, []string{"as_of", "member_ref"}},
		"a source in words":         {&rightvoicev1.FactEvent{}, `{"memberRef": "m", "source": "the ADT", "asOf": "2026-01-01T00:00:00Z"}`, []string{"source"}},
		"an age of nothing":         {&rightvoicev1.FactEvent{}, `{"memberRef": "m", "source": "a", "asOf": "2026-01-01T00:00:00Z", "maxAge": "0s"}`, []string{"max_age"}},
		"one taken back twice":      {&rightvoicev1.FactEvent{}, `{"memberRef": "m", "source": "a", "asOf": "2026-01-01T00:00:00Z", "retract": ["bmi", "bmi"]}`, []string{"retract"}},
		"a bad event in many":       {&rightvoicev1.RecordFactsRequest{}, `{"asker": "ASKER_INSURER", "events": [{}]}`, nil},
		"no events":                 {&rightvoicev1.RecordFactsRequest{}, `{"asker": "ASKER_INSURER"}`, []string{"events"}},
		"events of no side":         {&rightvoicev1.RecordFactsRequest{}, `{"events": [{}]}`, []string{"asker"}},
		"a bundle":                  {&rightvoicev1.ImportFhirRequest{}, `{` + about + `, "source": "ehr", "bundle": "e30="}`, nil},
		"no bundle":                 {&rightvoicev1.ImportFhirRequest{}, `{` + about + `, "source": "ehr"}`, []string{"bundle"}},
		"a view":                    {&rightvoicev1.SetChoiceRequest{}, `{` + about + `, "source": "a", "view": {"choice": "MEMBER_CHOICE_PATIENT", "expiresIn": "60s"}}`, nil},
		"a view undone":             {&rightvoicev1.SetChoiceRequest{}, `{` + about + `, "source": "a", "view": {"topic": "sleep", "undo": true}}`, nil},
		"a view of nothing":         {&rightvoicev1.SetChoiceRequest{}, `{` + about + `, "source": "a", "view": {}}`, []string{"view"}},
		"a view chosen and undone":  {&rightvoicev1.SetChoiceRequest{}, `{` + about + `, "source": "a", "view": {"choice": "MEMBER_CHOICE_AUTO", "undo": true}}`, []string{"view"}},
		"a view for years":          {&rightvoicev1.SetChoiceRequest{}, `{` + about + `, "source": "a", "view": {"choice": "MEMBER_CHOICE_AUTO", "expiresIn": "31536000s"}}`, []string{"view.expires_in"}},
		"no choice":                 {&rightvoicev1.SetChoiceRequest{}, `{` + about + `, "source": "a"}`, []string{"change"}},
		"an opt-out":                {&rightvoicev1.SetChoiceRequest{}, `{` + about + `, "source": "a", "topicOptOut": {"topic": "sleep", "optedOut": true}}`, nil},
		"an opt-out that says not":  {&rightvoicev1.SetChoiceRequest{}, `{` + about + `, "source": "a", "topicOptOut": {"topic": "sleep"}}`, []string{"topic_opt_out.opted_out"}},
		"an opt-in":                 {&rightvoicev1.SetChoiceRequest{}, `{` + about + `, "source": "a", "channelOptOut": {"channel": "OPT_OUT_CHANNEL_SMS", "optedOut": false}}`, nil},
		"an opt-out of no channel":  {&rightvoicev1.SetChoiceRequest{}, `{` + about + `, "source": "a", "channelOptOut": {"optedOut": true}}`, []string{"channel_opt_out.channel"}},
		"a member to look at":       {&rightvoicev1.GetMemberRequest{}, `{` + about + `}`, nil},
		"nobody to look at":         {&rightvoicev1.GetMemberRequest{}, `{"asker": "ASKER_INSURER"}`, []string{"member_ref"}},
		"a member for nobody":       {&rightvoicev1.GetMemberRequest{}, `{"memberRef": "m"}`, []string{"asker"}},
		"nobody to forget":          {&rightvoicev1.ForgetMemberRequest{}, `{"asker": "ASKER_INSURER"}`, []string{"member_ref"}},
		"a tenant in capitals":      {&rightvoicev1.ForgetMemberRequest{}, `{` + about + `, "tenant": "A"}`, []string{"tenant"}},
		"a member with a long name": {&rightvoicev1.ForgetMemberRequest{}, `{"asker": "ASKER_INSURER", "memberRef": "` + strings.Repeat("m", 129) + `"}`, []string{"member_ref"}},
	} {
		if err := protojson.Unmarshal([]byte(try.json), try.m); err != nil {
			t.Errorf("%s: %v", name, err)
		} else if got := broken(t, try.m); !slices.Equal(got, try.paths) {
			t.Errorf("%s: refused for %q, want %q", name, got, try.paths)
		}
	}
}

func TestTenThousandEventsAreOneCall(t *testing.T) {
	m := &rightvoicev1.RecordFactsRequest{Asker: 1, Events: make([]*rightvoicev1.FactEvent, 10_000)}
	if got := broken(t, m); got != nil {
		t.Errorf("10,000 events are refused for %q", got)
	}
	m.Events = append(m.Events, nil)
	if got := broken(t, m); !slices.Equal(got, []string{"events"}) {
		t.Errorf("10,001 events are refused for %q", got)
	}
}

// TestMembersAreNamedInNoURL holds that every method that names a member takes
// it in a body.
func TestMembersAreNamedInNoURL(t *testing.T) {
	for _, service := range services {
		for i := range service.Methods().Len() {
			m := service.Methods().Get(i)
			rule, _ := proto.GetExtension(m.Options(), annotations.E_Http).(*annotations.HttpRule)
			names := m.Input().Fields().ByName("member_ref") != nil
			if names && (rule.GetPost() == "" || rule.GetBody() != "*" || strings.Contains(rule.GetPost(), "{")) {
				t.Errorf("%s is not a POST with everything in its body", m.FullName())
			}
		}
	}
}

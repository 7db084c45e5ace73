package wire

import (
	"errors"
	"math"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/timestamppb"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/rules/fact"
)

// told is an event as a feed sends it.
func told() *pb.FactEvent {
	return &pb.FactEvent{MemberRef: "m-1", Source: "adt:north", AsOf: &timestamppb.Timestamp{Seconds: 1_700_000_000}, MaxAge: &durationpb.Duration{Seconds: 60}, TimeZone: "America/New_York",
		Context: &pb.MemberContext{HoursSinceAcuteCare: ptr[int32](2)}, Diagnoses: []*pb.Diagnosis{{System: pb.Diagnosis_ICD10CM, Code: "E11.9", Onset: "2020-01-31"}}}
}

// TestPlainEventsFollowTheRules changes an event in one way at a time. Whenever
// plain says yes, so must the rules.
func TestPlainEventsFollowTheRules(t *testing.T) {
	rules, err := NewValidator().rules()
	if err != nil {
		t.Fatal(err)
	}
	if !plain(told()) {
		t.Error("a usual event takes the slow way")
	}
	changes := map[string]func(*pb.FactEvent){
		"nothing":            func(*pb.FactEvent) {},
		"no time":            func(e *pb.FactEvent) { e.AsOf = nil },
		"no context":         func(e *pb.FactEvent) { e.Context = nil },
		"a bad context":      func(e *pb.FactEvent) { e.Context.AgeYears = ptr[int32](200) },
		"an attribute":       func(e *pb.FactEvent) { e.Attributes = map[string]*pb.AttributeValue{"a": {}} },
		"a diagnosis":        func(e *pb.FactEvent) { e.Diagnoses = []*pb.Diagnosis{nil} },
		"many diagnoses":     func(e *pb.FactEvent) { e.Diagnoses = make([]*pb.Diagnosis, 201) },
		"no system":          func(e *pb.FactEvent) { e.Diagnoses[0].System = 0 },
		"a system of 9":      func(e *pb.FactEvent) { e.Diagnoses[0].System = 9 },
		"one taken back":     func(e *pb.FactEvent) { e.Retract = []string{"bmi"} },
		"two taken back":     func(e *pb.FactEvent) { e.Retract = []string{"bmi", "bmi"} },
		"nothing taken back": func(e *pb.FactEvent) { e.Retract = []string{""} },
	}
	for _, text := range append(texts(false), "a/b", "a//b", "/a", "a/", "Etc/GMT+1", "2026-01-31", "2026-1-31", "2026/01/31", "a.b", ".a", "a:b") {
		changes["member "+text] = func(e *pb.FactEvent) { e.MemberRef = text }
		changes["source "+text] = func(e *pb.FactEvent) { e.Source = text }
		changes["zone "+text] = func(e *pb.FactEvent) { e.TimeZone = text }
		changes["code "+text] = func(e *pb.FactEvent) { e.Diagnoses[0].Code = text }
		changes["onset "+text] = func(e *pb.FactEvent) { e.Diagnoses[0].Onset = text }
		changes["abated "+text] = func(e *pb.FactEvent) { e.Diagnoses[0].Abated = text }
	}
	for _, d := range []*durationpb.Duration{{}, {Seconds: -1}, {Nanos: 1}, {Seconds: longestAge}, {Seconds: longestAge + 1}, {Seconds: math.MaxInt64}} {
		changes["age "+d.String()] = func(e *pb.FactEvent) { e.MaxAge = d }
	}
	yes, refused := 0, 0
	for name, change := range changes {
		e := told()
		change(e)
		err := rules.Validate(e)
		if plain(e) {
			if yes++; err != nil {
				t.Errorf("%.60s: plain accepts what the rules refuse: %v", name, err)
			}
		}
		if err != nil {
			refused++
		}
	}
	if yes < 20 || refused < 100 {
		t.Errorf("plain said yes to %d of %d, the rules refused %d", yes, len(changes), refused)
	}
	d := (&pb.FactEvent{}).ProtoReflect().Descriptor()
	if n := d.Fields().Len(); n != 9 {
		t.Errorf("an event has %d fields: teach plainEvent and this test the new ones", n)
	}
	for _, m := range []proto.Message{&pb.GetMemberRequest{MemberRef: "m"}, &pb.ForgetMemberRequest{Asker: 1}, &pb.ImportFhirRequest{MemberRef: "m", Asker: 1, Source: "a"}, &pb.RecordFactsRequest{Asker: 1}} {
		if plain(m) || rules.Validate(m) == nil {
			t.Errorf("a call that lacks something is accepted: %v", m)
		}
	}
}

// TestEventsHoldNoContact tries every fact of the catalogue: what belongs to one
// contact is refused where it stands, all else is taken.
func TestEventsHoldNoContact(t *testing.T) {
	words, err := fact.NewCatalogue(map[string][]string{"chronic_dx": {"diabetes"}, "topic": {"sleep"}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	contact := 0
	for i := range words.Len() {
		d := words.Def(fact.ID(i))
		e := told()
		e.Context, e.Retract = nil, []string{d.Name}
		_, err := Event(e, words)
		var wrong Invalid
		refused := errors.As(err, &wrong)
		if want := d.MaxAge == fact.Contact || d.Kind == fact.Opaque || d.Name == "member_choice"; refused != want {
			t.Errorf("taking back %s: %v", d.Name, err)
		} else if want {
			contact++
		}
	}
	if contact < 8 {
		t.Errorf("only %d facts are refused", contact)
	}
	e := told()
	e.Context = &pb.MemberContext{LocalHour: ptr[int32](3), TextRedFlag: []string{"stroke"}, ChronicDx: []string{"canary"}, MemberChoice: ptr(pb.MemberChoice_MEMBER_CHOICE_AUTO)}
	_, err = Event(e, words)
	for _, field := range []string{"context.localHour", "context.textRedFlag", "context.chronicDx[0]", "context.memberChoice"} {
		if err == nil || !strings.Contains(err.Error(), field) {
			t.Errorf("no word on %s: %v", field, err)
		}
	}
}

func TestAChoiceOfNothingIsRefused(t *testing.T) {
	err := NewValidator().Check(&pb.SetChoiceRequest{MemberRef: "m", Asker: 1, Source: "a"})
	if err == nil || err.Error() != "needs one of view, topicOptOut, channelOptOut, preferredSender, reply" {
		t.Errorf("got %v", err)
	}
}

func TestWhomAMemberWouldRatherHearFrom(t *testing.T) {
	for sender, view := range map[pb.Sender]string{pb.Sender_SENDER_PROVIDER: "patient", pb.Sender_SENDER_INSURER: "consumer", 0: ""} {
		c, err := Choice(&pb.SetChoiceRequest{Change: &pb.SetChoiceRequest_PreferredSender{PreferredSender: &pb.PreferredSenderChange{Topic: "sleep", Sender: sender}}})
		if err != nil || c.View == nil || c.View.Topic != "sleep" || c.View.Value != view {
			t.Errorf("%v: %+v, %v", sender, c, err)
		}
	}
	in := &pb.SetChoiceRequest{Change: &pb.SetChoiceRequest_Reply{Reply: &pb.MemberReply{Text: "STOP", Channel: pb.Channel_CHANNEL_SMS}}}
	if c, err := Choice(in); err != nil || c.Reply == nil || c.Reply.Text != "STOP" || c.Reply.Channel != "sms" || in.GetReply().Text != "" {
		t.Errorf("%+v, %v, and the request keeps %q", c, err, in.GetReply().Text)
	}
}

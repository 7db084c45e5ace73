package e2e

import (
	"context"
	"net/http"
	"slices"
	"testing"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/memory/storetest"
)

// chooses sends a choice over gRPC, or over REST.
func (n *node) chooses(t *testing.T, rest bool, in *pb.SetChoiceRequest) *pb.SetChoiceResponse {
	t.Helper()
	in.Source = "portal"
	if in.Asker == 0 {
		in.Asker = pb.Asker_ASKER_INSURER
	}
	out := &pb.SetChoiceResponse{}
	if rest {
		if r := n.post(t, "/v1/members:setChoice", in, out); r.status != http.StatusOK {
			t.Fatalf("%d %s", r.status, r.body)
		}
		return out
	}
	c, err := pb.NewMemberServiceClient(n.dial(t)).SetChoice(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// dial connects without our own client, which leaves out parts of some answers.
func (n *node) dial(t *testing.T) *grpc.ClientConn {
	t.Helper()
	conn, err := grpc.NewClient(n.app.GRPCAddr(), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

// mail asks what may be sent to a member by email about sleep.
func mail(member string) *pb.RecommendRequest {
	in := sleepless(pb.Asker_ASKER_INSURER, member)
	in.Context.Direction, in.Context.Channel, in.Context.LocalHour = ptr(pb.Direction_DIRECTION_OUTBOUND), ptr(pb.Channel_CHANNEL_EMAIL), ptr[int32](12)
	return in
}

// heldFor is the reason for which an answer holds all its advice back.
func heldFor(d *pb.Decision) pb.Reason_Code {
	r := d.Recommendations[0]
	if len(r.Advice) > 0 || len(r.Suppressed) == 0 {
		return 0
	}
	return r.Suppressed[0].Code
}

func replies(member, text string) *pb.SetChoiceRequest {
	return &pb.SetChoiceRequest{MemberRef: member, Change: &pb.SetChoiceRequest_Reply{Reply: &pb.MemberReply{Text: text, Channel: pb.Channel_CHANNEL_EMAIL}}}
}

// TestWhatAMemberSaysHoldsOnTheOtherServer says it to one server and asks the
// other, which has answered before: the very next answer keeps to it.
func TestWhatAMemberSaysHoldsOnTheOtherServer(t *testing.T) {
	redis := storetest.StartRedis(t)
	portal, app := start(t, sharing(redis)), start(t, sharing(redis))
	email := func(out bool) *pb.SetChoiceRequest {
		return &pb.SetChoiceRequest{Change: &pb.SetChoiceRequest_ChannelOptOut{ChannelOptOut: &pb.ChannelOptOutChange{Channel: pb.OptOutChannel_OPT_OUT_CHANNEL_EMAIL, OptedOut: ptr(out)}}}
	}
	prefers := func(s pb.Sender) *pb.SetChoiceRequest {
		return &pb.SetChoiceRequest{Change: &pb.SetChoiceRequest_PreferredSender{PreferredSender: &pb.PreferredSenderChange{Topic: "sleep", Sender: s, Undo: s == 0}}}
	}
	for name, say := range map[string]struct {
		choice, again *pb.SetChoiceRequest
		kept          func(*pb.Decision) bool
	}{
		"STOP":           {replies("", "STOP"), email(false), func(d *pb.Decision) bool { return heldFor(d) == pb.Reason_OPTED_OUT }},
		"alto":           {replies("", "¡Alto, por favor!"), email(false), func(d *pb.Decision) bool { return heldFor(d) == pb.Reason_OPTED_OUT }},
		"not about this": {optOut("", "sleep", true), optOut("", "sleep", false), func(d *pb.Decision) bool { return heldFor(d) == pb.Reason_OPTED_OUT }},
		"rather from my doctor": {prefers(pb.Sender_SENDER_PROVIDER), prefers(0), func(d *pb.Decision) bool {
			r := d.Recommendations[0]
			return r.Sender == pb.Sender_SENDER_PROVIDER && r.Mindset == pb.Mindset_MINDSET_PATIENT && r.Reasons[0].Code == pb.Reason_MEMBER_CHOICE && len(r.Advice) == 0
		}},
	} {
		for _, rest := range []bool{false, true} {
			member := "m-" + name
			free := func(d *pb.Decision) bool {
				return d.Recommendations[0].Sender == pb.Sender_SENDER_INSURER && len(d.Recommendations[0].Advice) > 0
			}
			asked := mail(member)
			asked.Context.Direction = ptr(pb.Direction_DIRECTION_INBOUND) // an answer needs no place under a cap
			if say.choice.GetReply() != nil || say.choice.GetTopicOptOut() != nil {
				asked.Context.Direction = ptr(pb.Direction_DIRECTION_OUTBOUND)
			}
			if d := app.overGRPC(t, asked); !free(d) {
				t.Fatalf("%s: before: %v", name, d)
			}
			say.choice.MemberRef, say.again.MemberRef = member, member
			if got := portal.chooses(t, rest, say.choice); !got.Understood {
				t.Errorf("%s: not understood: %v", name, got)
			}
			for how, d := range map[string]*pb.Decision{"gRPC": app.overGRPC(t, asked), "REST": app.overREST(t, asked)} {
				if !say.kept(d) {
					t.Errorf("%s: over %s it is not kept: %v", name, how, d)
				}
			}
			app.chooses(t, !rest, say.again)
			if d := portal.overGRPC(t, asked); !free(d) {
				t.Errorf("%s: taken back: %v", name, d)
			}
		}
	}
	for _, rest := range []bool{false, true} {
		if got := portal.chooses(t, rest, replies("m", "How do I stop smoking?")); got.Understood || len(got.Choices.OptOutChannels) != 0 {
			t.Errorf("a question ended messages: %v", got)
		}
	}
	if d := app.overGRPC(t, mail("m")); heldFor(d) != 0 {
		t.Errorf("a question ended messages: %v", d)
	}
}

// TestWhatGoesOverACapIsSaid shows two messages where one may be shown: who shows
// the second is told, over both transports, and nobody else may show a third.
func TestWhatGoesOverACapIsSaid(t *testing.T) {
	redis := storetest.StartRedis(t)
	portal, app := start(t, sharing(redis)), start(t, sharing(redis))
	shows := func(n *node, rest bool, d *pb.Decision) *pb.RecordFeedbackResponse {
		t.Helper()
		retrieved(t, n, &pb.GetDecisionRequest{DecisionId: d.DecisionId})
		in := &pb.RecordFeedbackRequest{DecisionId: d.DecisionId, Asker: pb.Asker_ASKER_INSURER, Kind: pb.FeedbackKind_FEEDBACK_KIND_SHOWN}
		out := &pb.RecordFeedbackResponse{}
		if rest {
			if r := n.post(t, "/v1/decisions/"+d.DecisionId+"/feedback", in, out); r.status != http.StatusOK {
				t.Fatalf("%d %s", r.status, r.body)
			}
			return out
		}
		out, err := pb.NewRecommendationServiceClient(n.dial(t)).RecordFeedback(context.Background(), in)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	for _, rest := range []bool{false, true} {
		member := map[bool]string{false: "m-grpc", true: "m-rest"}[rest]
		asked := sleepless(pb.Asker_ASKER_INSURER, member) // answers, which nobody holds back
		first := portal.overGRPC(t, asked)
		asked.Consistency = pb.RecommendRequest_FRESH
		second := portal.overGRPC(t, asked)
		if first.DecisionId == second.DecisionId {
			t.Fatal("it is one decision, so this test shows nothing")
		}
		if got := shows(portal, rest, first); !got.Recorded || len(got.OverCaps) != 0 {
			t.Errorf("the first: %v", got)
		}
		if got := shows(app, rest, first); got.Recorded || len(got.OverCaps) != 0 {
			t.Errorf("the first, told to the other server again: %v", got)
		}
		if got := shows(app, rest, second); !got.Recorded || !slices.Contains(got.OverCaps, "caps.per_topic") {
			t.Errorf("the second goes over no cap: %v", got)
		}
		d := app.overREST(t, mail(member))
		if s := d.Recommendations[0].Suppressed; heldFor(d) != pb.Reason_FREQUENCY_CAP || s[0].PolicyId != "caps.per_topic" || s[0].RetryAt == nil {
			t.Errorf("a third may be sent: %v", d)
		}
	}
}

package grpcapi

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/auth"
)

// guarded is a bench whose callers need tokens: by the names of their entries.
func guarded(t testing.TB, limits string) (*bench, map[string]string) {
	t.Helper()
	tokens, text := map[string]string{}, "tokens:\n"
	for name, rights := range map[string]string{
		"portal":  "side: insurer, roles: {default: [evaluator], east: [evaluator]}",
		"app":     "side: provider, roles: {default: [evaluator]}",
		"both":    "side: integrated, roles: {\"*\": [evaluator]}",
		"author":  "kind: person, roles: {default: [author]}",
		"auditor": "kind: person, roles: {default: [auditor]}",
	} {
		token, hash, err := auth.NewToken()
		if err != nil {
			t.Fatal(err)
		}
		tokens[name] = token
		text += fmt.Sprintf("  - {name: %s, sha256: %s, %s}\n", name, hash, rights)
	}
	file := filepath.Join(t.TempDir(), "access.yaml")
	if err := os.WriteFile(file, []byte(text+limits), 0o600); err != nil {
		t.Fatal(err)
	}
	gate, err := auth.Open(auth.Options{File: file})
	if err != nil {
		t.Fatal(err)
	}
	tt, ok := t.(*testing.T)
	if !ok {
		tt = &testing.T{}
	}
	return newBench(tt, func(o *ChainOptions) { o.Access = &Access{Gate: gate} }), tokens
}

func as(token string) context.Context {
	return metadata.NewIncomingContext(context.Background(), metadata.Pairs("authorization", "Bearer "+token))
}

// ask runs one request through the chain and returns the reason of its refusal.
func (b *bench) ask(ctx context.Context, method string, in any) (why string, err error) {
	_, err = b.call(ctx, in, &grpc.UnaryServerInfo{FullMethod: method}, func(context.Context, any) (any, error) { return nil, nil })
	why, _ = reason(err)
	return strings.TrimPrefix(why, Domain+"/"), err
}

const (
	recommendMethod = pb.RecommendationService_Recommend_FullMethodName
	batchMethod     = pb.RecommendationService_BatchRecommend_FullMethodName
	explainMethod   = pb.RecommendationService_Explain_FullMethodName
	getMethod       = pb.RecommendationService_GetDecision_FullMethodName
)

func TestRightsOverTheChain(t *testing.T) {
	b, tokens := guarded(t, "")
	insurer := func() *pb.RecommendRequest { return &pb.RecommendRequest{Asker: pb.Asker_ASKER_INSURER} }
	of := func(tenant string) *pb.RecommendRequest {
		return &pb.RecommendRequest{Asker: pb.Asker_ASKER_INSURER, Tenant: tenant}
	}
	for name, try := range map[string]struct {
		who, method string
		in          any
		code        codes.Code
		why         string
	}{
		"the insurer's portal":         {"portal", recommendMethod, insurer(), codes.OK, ""},
		"its other tenant":             {"portal", recommendMethod, of("east"), codes.OK, ""},
		"a tenant of others":           {"portal", recommendMethod, of("canary"), codes.PermissionDenied, "TENANT_NOT_ALLOWED"},
		"the insurer as provider":      {"portal", recommendMethod, &pb.RecommendRequest{Asker: pb.Asker_ASKER_PROVIDER}, codes.PermissionDenied, "SIDE_NOT_ALLOWED"},
		"the insurer as both":          {"portal", recommendMethod, &pb.RecommendRequest{Asker: pb.Asker_ASKER_INTEGRATED}, codes.PermissionDenied, "SIDE_NOT_ALLOWED"},
		"the provider as insurer":      {"app", recommendMethod, insurer(), codes.PermissionDenied, "SIDE_NOT_ALLOWED"},
		"both as either":               {"both", recommendMethod, of("anywhere"), codes.OK, ""},
		"an author asks":               {"author", recommendMethod, insurer(), codes.PermissionDenied, "ROLE_MISSING"},
		"an author tries":              {"author", explainMethod, &pb.ExplainRequest{Request: insurer()}, codes.OK, ""},
		"an author tries on a member":  {"author", explainMethod, &pb.ExplainRequest{Request: &pb.RecommendRequest{Asker: 1, MemberRef: "canary"}}, codes.PermissionDenied, "ROLE_MISSING"},
		"a portal explains a member":   {"portal", explainMethod, &pb.ExplainRequest{Request: &pb.RecommendRequest{Asker: 1, MemberRef: "m"}}, codes.OK, ""},
		"an author of no tenant":       {"author", explainMethod, &pb.ExplainRequest{Request: of("east")}, codes.PermissionDenied, "TENANT_NOT_ALLOWED"},
		"a batch":                      {"portal", batchMethod, &pb.BatchRecommendRequest{Requests: []*pb.RecommendRequest{insurer(), of("east")}}, codes.OK, ""},
		"a batch with a tenant":        {"portal", batchMethod, &pb.BatchRecommendRequest{Requests: []*pb.RecommendRequest{insurer(), of("canary")}}, codes.PermissionDenied, "TENANT_NOT_ALLOWED"},
		"a batch with a side":          {"portal", batchMethod, &pb.BatchRecommendRequest{Requests: []*pb.RecommendRequest{insurer(), {Asker: pb.Asker_ASKER_PROVIDER}}}, codes.PermissionDenied, "SIDE_NOT_ALLOWED"},
		"the auditor looks up":         {"auditor", getMethod, &pb.GetDecisionRequest{DecisionId: "0190a6a0-0000-7000-8000-000000000000"}, codes.OK, ""},
		"the auditor asks":             {"auditor", recommendMethod, insurer(), codes.PermissionDenied, "ROLE_MISSING"},
		"the other side of a decision": {"app", getMethod, &pb.GetDecisionRequest{DecisionId: "0190a6a0-0000-7000-8000-000000000000", Asker: pb.Asker_ASKER_INSURER}, codes.PermissionDenied, "SIDE_NOT_ALLOWED"},
		"a method nobody lists":        {"both", "/rightvoice.v1.RecommendationService/Other", insurer(), codes.PermissionDenied, "METHOD_NOT_ALLOWED"},
		"somebody unknown":             {"", recommendMethod, insurer(), codes.Unauthenticated, "TOKEN_INVALID"},
	} {
		why, err := b.ask(as(tokens[try.who]), try.method, try.in)
		if status.Code(err) != try.code || why != try.why || strings.Contains(fmt.Sprint(err), "canary") {
			t.Errorf("%s: %s %v", name, why, err)
		}
	}
	if why, err := b.ask(context.Background(), recommendMethod, insurer()); why != "CREDENTIALS_MISSING" || status.Code(err) != codes.Unauthenticated {
		t.Errorf("nobody: %v", err)
	}
	twice := metadata.NewIncomingContext(context.Background(), metadata.Pairs("authorization", "Bearer "+tokens["portal"], "authorization", "Bearer "+tokens["app"]))
	if why, _ := b.ask(twice, recommendMethod, insurer()); why != "TOKEN_INVALID" {
		t.Error("two tokens are let in: " + why)
	}
	if log := b.log.String() + b.metrics(); strings.Contains(log, "canary") || strings.Contains(log, "rvt_") {
		t.Error("what was sent can be read in log or metrics")
	}
	if b.chain.InFlight() != 0 {
		t.Error("refused requests stay in flight")
	}
}

// TestTheMissingRoleIsNamed for programs, too.
func TestTheMissingRoleIsNamed(t *testing.T) {
	b, tokens := guarded(t, "")
	_, err := b.ask(as(tokens["author"]), recommendMethod, &pb.RecommendRequest{Asker: 1})
	for _, d := range status.Convert(err).Details() {
		if info, ok := d.(*errdetails.ErrorInfo); ok && info.Metadata["roles"] == "evaluator" {
			return
		}
	}
	t.Errorf("%v", err)
}

// TestTheSideIsFilledIn where a request leaves it open: a look-up must not show
// one side what is said to the other.
func TestTheSideIsFilledIn(t *testing.T) {
	b, tokens := guarded(t, "")
	look := &pb.GetDecisionRequest{DecisionId: "0190a6a0-0000-7000-8000-000000000000"}
	if _, err := b.ask(as(tokens["app"]), getMethod, look); err != nil || look.Asker != pb.Asker_ASKER_PROVIDER {
		t.Errorf("%v %v", look.Asker, err)
	}
	ask := &pb.RecommendRequest{}
	if _, err := b.ask(as(tokens["portal"]), recommendMethod, ask); err != nil || ask.Asker != pb.Asker_ASKER_INSURER {
		t.Errorf("%v %v", ask.Asker, err)
	}
	open := &pb.GetDecisionRequest{DecisionId: look.DecisionId}
	if _, err := b.ask(as(tokens["auditor"]), getMethod, open); err != nil || open.Asker != 0 {
		t.Errorf("%v %v", open.Asker, err)
	}
}

func TestRatesOverTheChain(t *testing.T) {
	b, tokens := guarded(t, "limits: {default: {per_second: 0.1, burst: 3}}\n")
	batch := &pb.BatchRecommendRequest{Requests: []*pb.RecommendRequest{{Asker: 1}, {Asker: 1}, {Asker: 1, Tenant: "east"}}}
	if _, err := b.ask(as(tokens["portal"]), batchMethod, batch); err != nil {
		t.Fatal(err)
	}
	if _, err := b.ask(as(tokens["app"]), recommendMethod, &pb.RecommendRequest{Asker: 2}); err != nil {
		t.Fatal(err)
	}
	why, err := b.ask(as(tokens["portal"]), recommendMethod, &pb.RecommendRequest{Asker: 1})
	if why != "RATE_LIMITED" || status.Code(err) != codes.ResourceExhausted {
		t.Fatalf("%v", err)
	}
	for _, d := range status.Convert(err).Details() {
		if retry, ok := d.(*errdetails.RetryInfo); ok && retry.RetryDelay.AsDuration() > 9*time.Second {
			return
		}
	}
	t.Errorf("no word on when to try again: %v", err)
}

// talk is a stream that sends requests.
type talk struct {
	grpc.ServerStream
	ctx  context.Context
	left []*pb.RecommendRequest
}

func (s *talk) Context() context.Context { return s.ctx }

func (s *talk) RecvMsg(m any) error {
	if len(s.left) == 0 {
		return errors.New("end")
	}
	m.(*pb.StreamRecommendRequest).Request, s.left = s.left[0], s.left[1:]
	return nil
}

func TestRightsOverStreams(t *testing.T) {
	b, tokens := guarded(t, "limits: {default: {per_second: 20, burst: 1}}\n")
	all := b.chain.Stream(GRPC)
	run := func(who string, method string, asks ...*pb.RecommendRequest) (n int, err error) {
		s := &talk{ctx: as(tokens[who]), left: asks}
		info := &grpc.StreamServerInfo{FullMethod: method}
		err = all[0](nil, s, info, func(srv any, s grpc.ServerStream) error {
			return all[1](srv, s, info, func(_ any, s grpc.ServerStream) error {
				for {
					if err := s.RecvMsg(&pb.StreamRecommendRequest{}); err != nil {
						return err
					}
					n++
				}
			})
		})
		return n, err
	}
	stream := pb.RecommendationService_StreamRecommend_FullMethodName
	one := &pb.RecommendRequest{Asker: pb.Asker_ASKER_INSURER}
	began := time.Now()
	if n, _ := run("portal", stream, one, one, one, one); n != 4 || time.Since(began) < 100*time.Millisecond {
		t.Errorf("%d messages in %v: a stream that is too fast is slowed down", n, time.Since(began))
	}
	for who, try := range map[string]*pb.RecommendRequest{"portal": {Asker: pb.Asker_ASKER_PROVIDER}, "app": {Asker: pb.Asker_ASKER_PROVIDER, Tenant: "east"}} {
		if n, err := run(who, stream, try); n != 0 || status.Code(err) != codes.PermissionDenied {
			t.Errorf("%s: %d messages, %v", who, n, err)
		}
	}
	if _, err := run("author", stream); status.Code(err) != codes.PermissionDenied {
		t.Errorf("an author opens a stream of questions: %v", err)
	}
	if _, err := run("both", "/rightvoice.v1.RecommendationService/Other"); status.Code(err) != codes.PermissionDenied {
		t.Errorf("a stream nobody lists: %v", err)
	}
	if _, err := run("", stream, one); status.Code(err) != codes.Unauthenticated {
		t.Errorf("nobody: %v", err)
	}
}

// TestEveryMethodIsListed: one that is served and not listed could be called by
// nobody.
func TestEveryMethodIsListed(t *testing.T) {
	for _, desc := range services {
		for _, m := range desc.Methods {
			if name := "/" + desc.ServiceName + "/" + m.MethodName; auth.Needs(name) == 0 {
				t.Errorf("%s has no line in server/auth/methods.go", name)
			}
		}
		for _, s := range desc.Streams {
			if name := "/" + desc.ServiceName + "/" + s.StreamName; auth.Needs(name) == 0 {
				t.Errorf("%s has no line in server/auth/methods.go", name)
			}
		}
	}
}

// TestNoTenantOrSideHides in a place of a request that access does not look at.
func TestNoTenantOrSideHides(t *testing.T) {
	question := (&pb.RecommendRequest{}).ProtoReflect().Descriptor().FullName()
	read := map[protoreflect.FullName]bool{ // requests whose questions are read
		"rightvoice.v1.BatchRecommendRequest": true, "rightvoice.v1.StreamRecommendRequest": true, "rightvoice.v1.ExplainRequest": true, "rightvoice.v1.EvaluateRequest": true, question: true,
	}
	for _, desc := range services {
		found, err := protoregistry.GlobalFiles.FindDescriptorByName(protoreflect.FullName(desc.ServiceName))
		if err != nil {
			t.Fatal(err)
		}
		methods := found.(protoreflect.ServiceDescriptor).Methods()
		for i := range methods.Len() {
			in := methods.Get(i).Input()
			nested(in, map[protoreflect.FullName]bool{}, func(m protoreflect.MessageDescriptor, f protoreflect.FieldDescriptor) {
				isAsker := f.Enum() != nil && f.Enum().FullName() == pb.Asker(0).Descriptor().FullName()
				if (isAsker || f.Name() == "tenant") && m != in && !(read[in.FullName()] && m.FullName() == question) {
					t.Errorf("%s has %s inside, which access does not look at", in.FullName(), f.FullName())
				}
				if isAsker && m == in && f.Name() != "asker" {
					t.Errorf("%s is a side of another name", f.FullName())
				}
			})
		}
	}
	for side := auth.NoSide; side <= auth.Both; side++ {
		if name := strings.ToUpper(side.String()); side != auth.NoSide && pb.Asker(side).String() != "ASKER_"+name {
			t.Errorf("%s is %s", side, pb.Asker(side))
		}
	}
}

// nested visits the fields of a message and of those in it.
func nested(m protoreflect.MessageDescriptor, seen map[protoreflect.FullName]bool, visit func(protoreflect.MessageDescriptor, protoreflect.FieldDescriptor)) {
	if seen[m.FullName()] {
		return
	}
	seen[m.FullName()] = true
	for i := range m.Fields().Len() {
		f := m.Fields().Get(i)
		visit(m, f)
		if f.Message() != nil {
			nested(f.Message(), seen, visit)
		}
	}
}

func BenchmarkAuthorize(b *testing.B) {
	bench, tokens := guarded(b, "")
	ctx := as(tokens["portal"])
	in := proto.Clone(question).(*pb.RecommendRequest)
	b.ReportAllocs()
	for b.Loop() {
		who, err := bench.chain.o.Access.authenticate(ctx, "", nil)
		if err == nil {
			err = bench.chain.o.Access.authorize(who, recommendMethod, in)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
}

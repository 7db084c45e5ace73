package grpcapi

import (
	"context"
	"errors"
	"strings"
	"testing"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/recommend"
	"github.com/rightvoice/rightvoice/server/revision"
	"github.com/rightvoice/rightvoice/server/wire"
)

func TestTheLanguageOfARequest(t *testing.T) {
	for header, want := range map[string]string{
		"": "", "es-MX, en;q=0.8": "es", "en;q=0.5, es;q=0.9": "es", "fr, es;q=0.5": "es", "fr": "en", "en-GB": "en", "*": "en", ";;": "", strings.Repeat("es,", 300): "",
	} {
		ctx := context.Background()
		if header != "" {
			ctx = metadata.NewIncomingContext(ctx, metadata.Pairs(languageHeader, header))
		}
		if got := language(ctx, &pb.GetMeRequest{}); got != want {
			t.Errorf("%q: %q, want %q", header, got, want)
		}
		if got := language(ctx, &pb.GetContentRequest{Language: "es-US"}); got != "es-US" {
			t.Errorf("%q: what the request says is overruled by %q", header, got)
		}
	}
}

func TestRefusalsOfRulesAreTranslated(t *testing.T) {
	b := newBench(t, nil)
	ctx := metadata.NewIncomingContext(context.Background(), metadata.Pairs(languageHeader, "es"))
	refuse := func(context.Context, any) (any, error) {
		return nil, &revision.Error{Code: revision.Invalid, Field: "parts", Message: "parts are check, cases and proof"}
	}
	for method, want := range map[string]string{
		pb.RuleService_CheckDraft_FullMethodName:            "las partes son check, cases y proof",
		pb.RecommendationService_GetDecision_FullMethodName: "parts are check, cases and proof",
	} {
		_, err := b.call(ctx, &pb.GetMetaRequest{}, &grpc.UnaryServerInfo{FullMethod: method}, refuse)
		if s := status.Convert(err); s.Message() != want || s.Code() != codes.InvalidArgument || !strings.Contains(s.Proto().String(), "INVALID_ARGUMENT") {
			t.Errorf("%s: %v, want %q", method, err, want)
		}
	}
}

// TestAClientThatLeavesIsNoError: whatever the transport says of a stream that is
// cut off, nothing is logged as an error.
func TestAClientThatLeavesIsNoError(t *testing.T) {
	b := newBench(t, nil)
	o := b.chain.observer(GRPC)
	gone, leave := context.WithCancel(context.Background())
	leave()
	for name, try := range map[string]struct {
		ctx  context.Context
		err  error
		code codes.Code
	}{
		"the transport is closing":    {context.Background(), status.Error(codes.Unavailable, "transport is closing"), codes.Canceled},
		"the transport says canceled": {context.Background(), status.Error(codes.Canceled, "context canceled"), codes.Canceled},
		"a broken pipe":               {gone, errors.New("broken pipe"), codes.Canceled},
		"the end of the context":      {gone, context.Canceled, codes.Canceled},
		"a server that leaves":        {gone, leaving, codes.Unavailable},
		"a refusal":                   {context.Background(), &revision.Error{Code: revision.NotFound, Message: "there is no such draft"}, codes.NotFound},
		"no error":                    {context.Background(), nil, codes.OK},
	} {
		err := o.stream(nil, streamWith{nil, try.ctx}, &grpc.StreamServerInfo{FullMethod: pb.RuleService_WatchVersions_FullMethodName},
			func(any, grpc.ServerStream) error { return try.err })
		if status.Code(err) != try.code {
			t.Errorf("%s: %v, want %v", name, err, try.code)
		}
	}
	if strings.Contains(b.log.String(), `"ERROR"`) {
		t.Errorf("logged:\n%s", b.log)
	}
	if err := o.stream(nil, streamWith{nil, context.Background()}, &grpc.StreamServerInfo{FullMethod: pb.RuleService_WatchVersions_FullMethodName},
		func(any, grpc.ServerStream) error { return errors.New("ours") }); status.Code(err) != codes.Internal || !strings.Contains(b.log.String(), `"ERROR"`) {
		t.Errorf("an error of our own is %v and logged as\n%s", err, b.log)
	}
}

// TestEvaluateNamesItsOwnFields: what Explain calls now is at here.
func TestEvaluateNamesItsOwnFields(t *testing.T) {
	for sent, want := range map[string]string{"now": "at", "asker": "request.asker", "request.topic": "request.topic", "": ""} {
		var invalid wire.Invalid
		if err := asEvaluated(wire.Invalid{{Field: sent, Message: "x"}}); !errors.As(err, &invalid) || invalid[0].Field != want {
			t.Errorf("%q: %v", sent, err)
		}
		var known *recommend.Error
		if err := asEvaluated(&recommend.Error{Field: sent}); !errors.As(err, &known) || known.Field != want {
			t.Errorf("%q: %v", sent, err)
		}
	}
}

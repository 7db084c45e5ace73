package grpcapi

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/rulebook"
	"github.com/rightvoice/rightvoice/server/telemetry"
)

// observer is the outermost interceptor over one transport.
type observer struct {
	log       *slog.Logger
	tracer    *telemetry.Tracer
	transport string
	methods   map[string]*method
	other     *method // health, reflection and whatever else is served
}

// services are those that the chain guards.
var services = []*grpc.ServiceDesc{&pb.RecommendationService_ServiceDesc, &pb.MemberService_ServiceDesc, &pb.RuleService_ServiceDesc}

// method is what is known of a method before the first call.
type method struct {
	name  string
	call  *telemetry.Call
	words bool // refusals are told in the language of whoever asks
}

func (c *Chain) observer(transport string) *observer {
	o := &observer{log: c.o.Log, tracer: c.o.Tracer, transport: transport, methods: map[string]*method{}}
	for _, desc := range services {
		words := desc == &pb.RuleService_ServiceDesc
		for _, m := range desc.Methods {
			o.methods["/"+desc.ServiceName+"/"+m.MethodName] = &method{m.MethodName, c.o.Calls.Method(m.MethodName, transport), words}
		}
		for _, s := range desc.Streams {
			if transport == GRPC || !s.ClientStreams { // REST has none in which the client goes on talking
				o.methods["/"+desc.ServiceName+"/"+s.StreamName] = &method{s.StreamName, c.o.Calls.Method(s.StreamName, transport), words}
			}
		}
	}
	o.other = &method{"other", c.o.Calls.Method("other", transport), false}
	return o
}

func (o *observer) find(fullMethod string) *method {
	if m, ok := o.methods[fullMethod]; ok {
		return m
	}
	return o.other
}

func (o *observer) unary(ctx context.Context, req any, info *grpc.UnaryServerInfo, next grpc.UnaryHandler) (resp any, err error) {
	m, start := o.find(info.FullMethod), time.Now()
	m.call.Begin()
	if m.words {
		ctx = rulebook.WithLanguage(ctx, language(ctx, req))
	}
	ctx, span := o.tracer.Start(ctx, m.name, o.transport)
	defer func() {
		if p := recover(); p != nil {
			resp, err = nil, o.panicked(m, p)
		}
		err = o.end(ctx, m, err, start)
		span.End(status.Code(err))
	}()
	return next(ctx, req)
}

func (o *observer) stream(srv any, s grpc.ServerStream, info *grpc.StreamServerInfo, next grpc.StreamHandler) (err error) {
	m, start := o.find(info.FullMethod), time.Now()
	m.call.Begin()
	ctx := s.Context()
	if m.words {
		ctx = rulebook.WithLanguage(ctx, language(ctx, nil))
	}
	ctx, span := o.tracer.Start(ctx, m.name, o.transport)
	defer func() {
		if p := recover(); p != nil {
			err = o.panicked(m, p)
		}
		err = o.end(ctx, m, parted(s.Context(), err), start)
		span.End(status.Code(err))
	}()
	return next(srv, streamWith{s, ctx})
}

// parted is the error of a stream whose client went away, which is nobody's
// error: what could not be sent or received any more says so in the words of the
// transport.
func parted(ctx context.Context, err error) error {
	s, known := status.FromError(err)
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil && (!known || !isOurs(s)):
		return ctx.Err()
	case known && !isOurs(s) && (s.Code() == codes.Unavailable || s.Code() == codes.Canceled):
		return context.Canceled
	}
	return err
}

// end counts a request that is over and makes its error fit to be shown. What
// is the caller's fault is counted only; what is ours is logged with its cause.
func (o *observer) end(ctx context.Context, m *method, err error, start time.Time) error {
	took := time.Since(start)
	if err == nil {
		m.call.End(codes.OK, took)
		return nil
	}
	shown := err
	if m != o.other { // health and reflection make their own statuses
		shown = shownTo(ctx, err)
	}
	code := status.Code(shown)
	m.call.End(code, took)
	switch code {
	case codes.Internal, codes.Unknown, codes.DataLoss:
		o.log.Error("request failed", "method", m.name, "transport", o.transport, "code", code.String(), "cause", cause(err))
	case codes.Unavailable:
		o.log.Warn("request failed", "method", m.name, "transport", o.transport, "code", code.String(), "cause", cause(err))
	default:
		o.log.Debug("request refused", "method", m.name, "transport", o.transport, "code", code.String())
	}
	return shown
}

// cause describes an error by its types. Its text may hold anything, and what
// is not written cannot leak.
func cause(err error) string {
	var types []string
	for err != nil && len(types) < 8 {
		types = append(types, fmt.Sprintf("%T", err))
		u, ok := err.(interface{ Unwrap() error })
		if !ok {
			break
		}
		err = u.Unwrap()
	}
	return strings.Join(types, " of ")
}

// panicked logs where a panic came from. The value it was raised with may hold
// something of the request, so only its type is written, and of the stack only
// the lines that name files.
func (o *observer) panicked(m *method, p any) error {
	o.log.Error("panic", "method", m.name, "transport", o.transport, "value", fmt.Sprintf("%T", p), "stack", Places(debug.Stack()))
	return internal
}

// Places lists the places in the code that a stack names, without the
// arguments of the calls.
func Places(stack []byte) []string {
	var places []string
	for line := range strings.Lines(string(stack)) {
		if strings.HasPrefix(line, "\t") {
			place, _, _ := strings.Cut(strings.TrimSpace(line), " ")
			places = append(places, place)
		}
	}
	return places
}

// streamWith is a stream with another context.
type streamWith struct {
	grpc.ServerStream
	ctx context.Context
}

func (s streamWith) Context() context.Context { return s.ctx }

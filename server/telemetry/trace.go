package telemetry

import (
	"context"
	"log/slog"
	"net/url"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	otelcodes "go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
)

// Tracer makes one span for each sampled request. Its spans carry the method,
// the transport and the outcome, and nothing of the request or the answer.
// A nil Tracer traces nothing.
type Tracer struct {
	provider *sdktrace.TracerProvider
	tracer   trace.Tracer
	context  propagation.TraceContext
}

func newTracer(ctx context.Context, o Options, log *slog.Logger) (*Tracer, error) {
	u, err := url.Parse(o.OTLPEndpoint)
	if err != nil {
		return nil, err
	}
	dial := []otlptracegrpc.Option{otlptracegrpc.WithEndpointURL(u.String()), otlptracegrpc.WithTimeout(5 * time.Second)}
	exporter, err := otlptracegrpc.New(ctx, dial...)
	if err != nil {
		return nil, err
	}
	// The library reports lost spans to a process-wide handler that prints;
	// they belong into the log.
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) { log.Warn("traces were lost", "cause", err.Error()) }))
	return tracerWith(exporter, o), nil
}

func tracerWith(exporter sdktrace.SpanExporter, o Options) *Tracer {
	provider := sdktrace.NewTracerProvider(
		sdktrace.WithBatcher(exporter),
		sdktrace.WithSampler(sdktrace.ParentBased(sdktrace.TraceIDRatioBased(o.TraceRatio))),
		sdktrace.WithResource(resource.NewSchemaless(
			attribute.String("service.name", "rightvoice"), attribute.String("service.version", o.Version))),
	)
	return &Tracer{provider: provider, tracer: provider.Tracer("rightvoice")}
}

// Span is one traced request, or nothing.
type Span struct{ span trace.Span }

// Start begins the span of a request, as a child of the caller's if its
// metadata names one.
func (t *Tracer) Start(ctx context.Context, method, transport string) (context.Context, Span) {
	if t == nil {
		return ctx, Span{}
	}
	if md, ok := metadata.FromIncomingContext(ctx); ok {
		ctx = t.context.Extract(ctx, carrier(md))
	}
	ctx, span := t.tracer.Start(ctx, method, trace.WithSpanKind(trace.SpanKindServer),
		trace.WithAttributes(attribute.String("rpc.system", "grpc"), attribute.String("rpc.method", method), attribute.String("rightvoice.transport", transport)))
	return ctx, Span{span}
}

// End closes the span with the outcome of the request.
func (s Span) End(code codes.Code) {
	if s.span == nil {
		return
	}
	s.span.SetAttributes(attribute.Int("rpc.grpc.status_code", int(code)))
	if code != codes.OK {
		s.span.SetStatus(otelcodes.Error, code.String())
	}
	s.span.End()
}

func (t *Tracer) shutdown(ctx context.Context) error {
	if t == nil {
		return nil
	}
	return t.provider.Shutdown(ctx)
}

// carrier lets the propagator read the caller's span from request metadata.
type carrier metadata.MD

func (c carrier) Get(key string) string {
	if v := metadata.MD(c).Get(key); len(v) > 0 {
		return v[0]
	}
	return ""
}

func (c carrier) Set(key, value string) { metadata.MD(c).Set(key, value) }

func (c carrier) Keys() []string {
	keys := make([]string, 0, len(c))
	for k := range c {
		keys = append(keys, k)
	}
	return keys
}

package telemetry

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
)

func scrape(t *testing.T, tel *Telemetry) string {
	t.Helper()
	w := httptest.NewRecorder()
	tel.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	return w.Body.String()
}

func TestCallsAreCountedByMethodTransportAndCode(t *testing.T) {
	tel, err := New(context.Background(), Options{Version: "v1"})
	if err != nil {
		t.Fatal(err)
	}
	c := tel.Calls().Method("Recommend", "grpc")
	for _, code := range []codes.Code{codes.OK, codes.OK, codes.InvalidArgument, codes.Code(99)} {
		c.Begin()
		c.End(code, time.Millisecond)
	}
	c.Begin()
	got := scrape(t, tel)
	for _, want := range []string{
		`rightvoice_requests_total{code="OK",method="Recommend",transport="grpc"} 2`,
		`rightvoice_requests_total{code="InvalidArgument",method="Recommend",transport="grpc"} 1`,
		`rightvoice_requests_total{code="Unknown",method="Recommend",transport="grpc"} 1`,
		`rightvoice_request_seconds_count{method="Recommend",transport="grpc"} 4`,
		`rightvoice_requests_in_flight 1`,
		`rightvoice_build_info{version="v1"} 1`,
		`go_goroutines`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the metrics lack %s", want)
		}
	}
}

func TestCountersGaugesAndInfo(t *testing.T) {
	tel, err := New(context.Background(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	name := ""
	tel.Counters("rightvoice_x_total", "x", "sender", "nobody", "insurer")[1].Inc()
	tel.Counter("rightvoice_y_total", "y").Add(3)
	tel.CountFrom("rightvoice_z_total", "z", func() uint64 { return 7 })
	tel.GaugeFrom("rightvoice_g", "g", func() float64 { return 0.5 })
	tel.Info("rightvoice_revision_info", "r", "revision", func() string { return name })
	if strings.Contains(scrape(t, tel), "revision_info{") {
		t.Error("an empty name is shown")
	}
	name = "r-1"
	got := scrape(t, tel)
	for _, want := range []string{`rightvoice_x_total{sender="nobody"} 0`, `rightvoice_x_total{sender="insurer"} 1`, `rightvoice_y_total 3`,
		`rightvoice_z_total 7`, `rightvoice_g 0.5`, `rightvoice_revision_info{revision="r-1"} 1`} {
		if !strings.Contains(got, want) {
			t.Errorf("the metrics lack %s", want)
		}
	}
}

func TestLogIsJSONFromItsLevelOn(t *testing.T) {
	var out bytes.Buffer
	tel, err := New(context.Background(), Options{LogTo: &out, LogLevel: "warn"})
	if err != nil {
		t.Fatal(err)
	}
	tel.Log.Info("not this")
	tel.ErrorLog().Print("a connection broke")
	var line struct{ Level, Msg string }
	if err := json.Unmarshal(out.Bytes(), &line); err != nil || line.Level != "WARN" || line.Msg != "a connection broke" {
		t.Errorf("got %s, %v", out.String(), err)
	}
	if _, err := New(context.Background(), Options{LogLevel: "loud"}); err == nil {
		t.Error("a level nobody knows is accepted")
	}
}

func TestSpansCarryTheOutcomeAndFollowTheCaller(t *testing.T) {
	exporter := tracetest.NewInMemoryExporter()
	tracer := tracerWith(exporter, Options{TraceRatio: 0})
	const parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
	ctx := metadata.NewIncomingContext(context.Background(), metadata.Pairs("traceparent", parent, "x-other", "canary"))
	for _, ctx := range []context.Context{ctx, context.Background()} { // the second is nobody's and not sampled
		_, span := tracer.Start(ctx, "Recommend", "rest")
		span.End(codes.NotFound)
	}
	if err := tracer.provider.ForceFlush(context.Background()); err != nil {
		t.Fatal(err)
	}
	spans := exporter.GetSpans()
	if len(spans) != 1 || spans[0].Name != "Recommend" || spans[0].SpanContext.TraceID().String() != parent[3:35] {
		t.Fatalf("got %d spans: %+v", len(spans), spans)
	}
	var attrs []string
	for _, a := range spans[0].Attributes {
		attrs = append(attrs, string(a.Key)+"="+a.Value.Emit())
	}
	if got, want := strings.Join(attrs, " "), "rpc.system=grpc rpc.method=Recommend rightvoice.transport=rest rpc.grpc.status_code=5"; got != want {
		t.Errorf("the span carries %s, want %s", got, want)
	}
	if err := tracer.shutdown(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func TestTracingOffIsFree(t *testing.T) {
	var off *Tracer
	ctx := context.Background()
	if n := testing.AllocsPerRun(100, func() {
		_, span := off.Start(ctx, "Recommend", "grpc")
		span.End(codes.OK)
	}); n != 0 {
		t.Errorf("%v allocations with tracing off", n)
	}
	if off.shutdown(ctx) != nil {
		t.Error("shutting nothing down fails")
	}
}

// TestACollectorThatIsAwayHoldsNothingUp starts tracing towards a port where
// nobody listens.
func TestACollectorThatIsAwayHoldsNothingUp(t *testing.T) {
	start := time.Now()
	tel, err := New(context.Background(), Options{OTLPEndpoint: "http://127.0.0.1:1", TraceRatio: 1})
	if err != nil {
		t.Fatal(err)
	}
	_, span := tel.Tracer.Start(context.Background(), "Recommend", "grpc")
	span.End(codes.OK)
	if took := time.Since(start); took > time.Second {
		t.Errorf("start and one span took %v", took)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	_ = tel.Shutdown(ctx) // it cannot deliver; it must return
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("stopping took %v", took)
	}
}

func BenchmarkCall(b *testing.B) {
	tel, err := New(context.Background(), Options{})
	if err != nil {
		b.Fatal(err)
	}
	c := tel.Calls().Method("Recommend", "grpc")
	b.ReportAllocs()
	for b.Loop() {
		c.Begin()
		c.End(codes.OK, 40*time.Microsecond)
	}
}

package restapi

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"mime"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"github.com/prometheus/client_golang/prometheus"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/peer"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	gateway "github.com/rightvoice/rightvoice/proto/rightvoice/v1/gateway"
	"github.com/rightvoice/rightvoice/server/grpcapi"
	"github.com/rightvoice/rightvoice/server/telemetry"
)

// Options says what to serve.
type Options struct {
	Server    pb.RecommendationServiceServer
	Members   pb.MemberServiceServer
	Rules     pb.RuleServiceServer     // nil: rules are not served
	Insights  pb.InsightsServiceServer // nil: insights are not served
	Chain     *grpcapi.Chain           // the interceptors, shared with gRPC
	Telemetry *telemetry.Telemetry
	Ready     func() bool // whether requests can be answered now
	Stale     func() bool // whether they are answered by contents that could not be looked after yet; nil: never

	MaxBody     int      // largest request body, in bytes
	MaxImport   int      // largest one that holds a FHIR bundle
	CORSOrigins []string // web origins whose pages may call; none if empty
}

// api is the HTTP side of one server.
type api struct {
	o       Options
	log     *slog.Logger
	mux     *runtime.ServeMux
	routes  *routes
	metrics http.Handler
	openapi []byte
	refused map[int]prometheus.Counter // requests the service did not see, by HTTP status

	importing atomic.Int64 // large bodies being read or worked on
}

// refusals are the HTTP statuses of requests that the service does not see.
var refusals = []int{http.StatusBadRequest, http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusRequestTimeout,
	http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType, http.StatusTooManyRequests, http.StatusInternalServerError}

// New makes the handler of everything that is served over HTTP.
func New(ctx context.Context, o Options) (http.Handler, error) {
	table, err := newRoutes()
	if err != nil {
		return nil, fmt.Errorf("REST routes: %w", err)
	}
	a := &api{o: o, log: o.Telemetry.Log, routes: table, metrics: o.Telemetry.Handler(), openapi: []byte(gateway.OpenAPI()), refused: map[int]prometheus.Counter{}}
	var labels []string
	for _, code := range refusals {
		labels = append(labels, fmt.Sprint(code))
	}
	for i, counter := range o.Telemetry.Counters("rightvoice_http_refused_total", "HTTP requests that were refused before they reached a method, by status.", "status", labels...) {
		a.refused[refusals[i]] = counter
	}
	a.mux = runtime.NewServeMux(
		runtime.WithIncomingHeaderMatcher(incoming),
		runtime.WithOutgoingHeaderMatcher(nothing),
		runtime.WithOutgoingTrailerMatcher(nothing),
		runtime.WithDisableHTTPMethodOverride(),
		runtime.WithDisablePathLengthFallback(),
		runtime.WithErrorHandler(a.failed),
		runtime.WithRoutingErrorHandler(a.routingFailed),
		runtime.WithUnescapingMode(runtime.UnescapingModeAllExceptReserved),
		runtime.WithMarshalerOption(runtime.MIMEWildcard, marshaler{}),
		runtime.WithWriteContentLength(),
		runtime.WithForwardResponseOption(etagHeader),
	)
	through := grpcapi.Compose(o.Chain.Unary(grpcapi.REST))
	if o.Rules == nil {
		o.Rules = pb.UnimplementedRuleServiceServer{}
	}
	if o.Insights == nil {
		o.Insights = pb.UnimplementedInsightsServiceServer{}
	}
	return a, errors.Join(
		gateway.RegisterInsightsServiceHandlerClient(ctx, a.mux, &localInsights{server: o.Insights, through: through}),
		gateway.RegisterRuleServiceHandlerClient(ctx, a.mux, &localRules{server: o.Rules, through: through, streams: composeStreams(o.Chain.Stream(grpcapi.REST))}),
		gateway.RegisterRecommendationServiceHandlerClient(ctx, a.mux, &local{server: o.Server, through: through}),
		gateway.RegisterMemberServiceHandlerClient(ctx, a.mux, &localMembers{server: o.Members, through: through}))
}

// incoming lists the headers that may become gRPC metadata. Whose member is
// asked about, and who asks, never come from a header of the caller's choice.
func incoming(name string) (string, bool) {
	switch name {
	case "X-Request-Id", "Traceparent", "Tracestate", "Accept-Language", "If-Match", "If-None-Match", "X-Rightvoice-User":
		return strings.ToLower(name), true
	}
	return "", false
}

func nothing(string) (string, bool) { return "", false }

// ServeHTTP is what every request goes through, in this order.
func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer a.recovered(w)
	secure(w.Header())
	if len(a.o.CORSOrigins) > 0 && a.cors(w, r) {
		return
	}
	if a.ops(w, r) {
		return
	}
	found, allowed := a.routes.find(r.Method, r.URL.Path)
	if found == nil {
		a.noRoute(w, allowed)
		return
	}
	if err := a.check(found, r); err != nil {
		a.refuse(w, err)
		return
	}
	r.Header.Del("Grpc-Timeout")        // the server's limits are not the caller's to move
	r.Header["Content-Type"] = jsonType // the gateway writes one it cannot read into its log
	if found.imports {
		if !a.beginImport() {
			a.refuse(w, busy)
			return
		}
		defer a.endImport()
	}
	if found.streams {
		w = &streamWriter{ResponseWriter: w, control: http.NewResponseController(w)}
	}
	b := &body{ReadCloser: http.MaxBytesReader(w, r.Body, int64(a.limit(found)))}
	r.Body = b
	if found.items {
		r = r.WithContext(context.WithValue(r.Context(), bodyOf{}, b))
	}
	if found.body != "*" && found.body != "" {
		r = r.WithContext(context.WithValue(r.Context(), bodyField{}, found.body))
	}
	if r.TLS != nil { // the interceptors look for the client's certificate where gRPC has it
		r = r.WithContext(peer.NewContext(r.Context(), &peer.Peer{AuthInfo: credentials.TLSInfo{State: *r.TLS}}))
	}
	a.mux.ServeHTTP(w, r)
}

// check refuses what can be refused without reading the body.
func (a *api) check(found *route, r *http.Request) error {
	if err := found.checkQuery(r.URL.RawQuery); err != nil {
		return err
	}
	if r.ContentLength > int64(a.limit(found)) {
		return tooLarge
	}
	if coding := r.Header.Get("Content-Encoding"); coding != "" && coding != "identity" {
		return encoded // unpacked it could be far larger than the limit
	}
	if kind := r.Header.Get("Content-Type"); found.body != "" && kind != "" && kind != "application/json" {
		if media, _, err := mime.ParseMediaType(kind); err != nil || media != "application/json" {
			return notJSON
		}
	}
	return nil
}

// limit is the largest body of a route, in bytes.
func (a *api) limit(found *route) int {
	if found.imports {
		return max(a.o.MaxImport, a.o.MaxBody)
	}
	return a.o.MaxBody
}

// maxImports bounds the large bodies that are in memory at once.
const maxImports = 16

func (a *api) beginImport() bool {
	if a.importing.Add(1) <= maxImports {
		return true
	}
	a.endImport()
	return false
}

func (a *api) endImport() { a.importing.Add(-1) }

// noRoute answers a request for a path that is not served, or not that way.
func (a *api) noRoute(w http.ResponseWriter, allowed []string) {
	if len(allowed) == 0 {
		a.refuse(w, noSuchPath)
		return
	}
	w.Header().Set("Allow", strings.Join(allowed, ", "))
	a.refuse(w, badMethod)
}

// recovered answers a request whose handling broke outside the interceptors.
// The value of the panic may hold anything, so only its type is logged.
func (a *api) recovered(w http.ResponseWriter) {
	p := recover()
	if p == nil {
		return
	}
	if p == http.ErrAbortHandler {
		panic(p) // how net/http is told to drop the connection
	}
	a.log.Error("panic in the REST layer", "value", fmt.Sprintf("%T", p), "stack", grpcapi.Places(debug.Stack()))
	a.refuse(w, fmt.Errorf("panic"))
}

var (
	jsonType = []string{"application/json"}
	nosniff  = []string{"nosniff"}
	noStore  = []string{"no-store"}
	policy   = []string{"default-src 'none'; frame-ancestors 'none'"}
	noRefer  = []string{"no-referrer"}
)

// secure sets the headers that every answer has. The slices are shared, so that
// setting them costs nothing; nobody appends to them.
func secure(h http.Header) {
	h["X-Content-Type-Options"] = nosniff
	h["Cache-Control"] = noStore
	h["Content-Security-Policy"] = policy
	h["Referrer-Policy"] = noRefer
}

// cors lets pages of the origins on the list call, and answers their browsers'
// question whether they may. It reports whether the request is answered.
func (a *api) cors(w http.ResponseWriter, r *http.Request) bool {
	h := w.Header()
	h.Add("Vary", "Origin")
	origin := r.Header.Get("Origin")
	if origin == "" || !slices.Contains(a.o.CORSOrigins, origin) {
		return false
	}
	h.Set("Access-Control-Allow-Origin", origin)
	if r.Method != http.MethodOptions || r.Header.Get("Access-Control-Request-Method") == "" {
		h.Set("Access-Control-Expose-Headers", "ETag, Retry-After")
		return false
	}
	h.Set("Access-Control-Allow-Methods", "GET, PATCH, POST, PUT")
	h.Set("Access-Control-Allow-Headers", "Authorization, Content-Type, If-Match, If-None-Match, Traceparent, X-Request-Id")
	h.Set("Access-Control-Max-Age", "600")
	w.WriteHeader(http.StatusNoContent)
	return true
}

package app

import (
	"context"
	"net/http"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/health"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/keepalive"
	"google.golang.org/grpc/reflection"

	"github.com/rightvoice/rightvoice/server/grpcapi"
	"github.com/rightvoice/rightvoice/server/member"
	"github.com/rightvoice/rightvoice/server/restapi"
)

// Sizes that measuring chose: fixed windows of 1 MiB and a few workers that
// keep their stacks serve a third more than the library's defaults.
const (
	window        = 1 << 20
	streamWorkers = 128
	maxHeader     = 16 << 10
	maxImport     = 8 << 20 // a FHIR bundle; 10,000 events of feeds need less
	maxEnvelope   = 4 << 10 // what stands around a bundle
)

// buildGRPC makes the chain of interceptors and the gRPC server.
func (a *App) buildGRPC() error {
	a.chain = grpcapi.NewChain(grpcapi.ChainOptions{
		Log: a.tel.Log, Calls: a.tel.Calls(), Tracer: a.tel.Tracer, Validator: a.validator,
		Access: a.access(), RequestTimeout: a.cfg.RequestTimeout, BatchTimeout: a.cfg.BatchTimeout, MaxInFlight: a.cfg.MaxInFlight,
	})
	a.api = grpcapi.New(grpcapi.Options{Service: a.service, Validator: a.validator, Telemetry: a.tel})
	a.members = grpcapi.NewMembers(grpcapi.MemberOptions{Service: member.New(member.Options{Store: forgetting{a.store, &a.outcomes}, Now: a.now}),
		Current: a.service.Current, Validator: a.validator, Telemetry: a.tel})
	if err := a.buildRules(); err != nil {
		return err
	}
	a.grpc = grpc.NewServer(
		grpc.Creds(a.credentials()),
		grpc.ChainUnaryInterceptor(a.chain.Unary(grpcapi.GRPC)...),
		grpc.ChainStreamInterceptor(a.chain.Stream(grpcapi.GRPC)...),
		grpc.MaxRecvMsgSize(max(a.cfg.MaxBody, maxImport+maxEnvelope)),
		grpc.MaxConcurrentStreams(uint32(a.cfg.MaxStreams)),
		grpc.MaxHeaderListSize(maxHeader),
		grpc.InitialWindowSize(window), grpc.InitialConnWindowSize(window),
		grpc.NumStreamWorkers(streamWorkers),
		grpc.ConnectionTimeout(a.cfg.HeaderTimeout),
		grpc.KeepaliveParams(keepalive.ServerParameters{MaxConnectionIdle: a.cfg.IdleTimeout, Time: a.cfg.IdleTimeout, Timeout: a.cfg.HeaderTimeout}),
		grpc.KeepaliveEnforcementPolicy(keepalive.EnforcementPolicy{MinTime: 10 * time.Second, PermitWithoutStream: true}),
	)
	a.api.Register(a.grpc)
	a.members.Register(a.grpc)
	a.rules.Register(a.grpc)
	a.insights.Register(a.grpc)
	a.health = health.NewServer()
	a.setServing(false)
	healthpb.RegisterHealthServer(a.grpc, a.health)
	if a.cfg.Reflection {
		reflection.Register(a.grpc)
	}
	return nil
}

// setServing tells load balancers whether to send requests here.
func (a *App) setServing(is bool) {
	a.serving.Store(is)
	a.tellHealth(is && a.ready())
}

func (a *App) tellHealth(is bool) {
	status := healthpb.HealthCheckResponse_NOT_SERVING
	if is {
		status = healthpb.HealthCheckResponse_SERVING
	}
	a.health.SetServingStatus("", status)
	for _, name := range grpcapi.ServiceNames {
		a.health.SetServingStatus(name, status)
	}
}

// buildREST makes the HTTP server with a limit on everything that can be slow.
func (a *App) buildREST() error {
	handler, err := restapi.New(context.Background(), restapi.Options{
		Server: a.api, Members: a.members, Rules: a.rules, Insights: a.insights, Chain: a.chain, Telemetry: a.tel, Ready: a.ready, Stale: a.kept.any,
		MaxBody: a.cfg.MaxBody, MaxImport: maxImport, CORSOrigins: a.cfg.CORSOrigins,
	})
	if err != nil {
		return err
	}
	pages, err := withPages(handler)
	if err != nil {
		return err
	}
	pages, err = a.withDemo(pages)
	a.http = &http.Server{
		Handler:           a.closing(pages),
		TLSConfig:         a.tls,
		ReadHeaderTimeout: a.cfg.HeaderTimeout,
		ReadTimeout:       a.cfg.ReadTimeout,
		WriteTimeout:      a.cfg.ReadTimeout + a.cfg.BatchTimeout,
		IdleTimeout:       a.cfg.IdleTimeout,
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          a.tel.ErrorLog(),
	}
	return err
}

// closing asks clients to let go of their connections while the server leaves.
func (a *App) closing(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if a.leaving.Load() {
			w.Header().Set("Connection", "close")
		}
		next.ServeHTTP(w, r)
	})
}

// Package app wires a server together: configuration in, a running service
// out. It is the only place that knows all the parts.
//
// New builds everything and binds the addresses, one step a function; Run
// serves until its context ends and then drains. Nothing here awaits another
// machine: a server whose Redis or collector is away starts and answers.
package app

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"google.golang.org/grpc"
	"google.golang.org/grpc/health"

	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/server/audit"
	"github.com/rightvoice/rightvoice/server/audit/decisionlog"
	"github.com/rightvoice/rightvoice/server/auth"
	"github.com/rightvoice/rightvoice/server/config"
	"github.com/rightvoice/rightvoice/server/grpcapi"
	"github.com/rightvoice/rightvoice/server/recommend"
	"github.com/rightvoice/rightvoice/server/rulebook"
	"github.com/rightvoice/rightvoice/server/telemetry"
	"github.com/rightvoice/rightvoice/server/wire"
)

// Options are what a server takes from its surroundings. The zero value is
// good.
type Options struct {
	LogTo   io.Writer        // nil means standard error
	Version string           // of the program, for metrics and traces
	Now     func() time.Time // the clock; nil means time.Now

	// At is called at each named step of what is stored about revisions. It is
	// for tests of crashes. nil means nothing.
	At func(point string) error
}

// App is one server.
type App struct {
	cfg     config.Config
	now     func() time.Time
	at      func(point string) error // nil: nothing
	version string                   // of the program
	tel     *telemetry.Telemetry
	store   store
	decided *decisionlog.Log // nil if none is kept
	service *recommend.Service
	content *keeper
	loader  *content.Loader // of the built-in content and of what is published

	base       *recommend.Snapshot // the built-in content
	guardrails []string            // of it
	loaded     []prometheus.Counter
	published  published
	kept       kept
	changes    atomic.Pointer[audit.Log] // nil while no changes can be made
	following  atomic.Bool               // what is published is brought into force
	awaiting   atomic.Int32              // requests that wait for a revision
	background sync.WaitGroup            // what has to end before the stores close

	denials   denials
	gate      *auth.Gate  // nil asks nobody who they are
	tls       *tls.Config // nil serves without TLS
	validator *wire.Validator
	chain     *grpcapi.Chain
	api       *grpcapi.Server
	members   *grpcapi.Members
	rules     *grpcapi.Rules
	book      *rulebook.Book
	insights  *grpcapi.Insights
	outcomes  outcomes
	left      chan struct{} // closed when the server begins to drain
	grpc      *grpc.Server
	health    *health.Server
	http      *http.Server
	serving   atomic.Bool // requests should be sent here
	leaving   atomic.Bool // connections should not be kept

	grpcListener, httpListener net.Listener
}

// New builds a server and binds its addresses. Close it if Run is never called.
func New(cfg config.Config, o Options) (*App, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	a := &App{cfg: cfg, now: o.Now, at: o.At, version: o.Version, validator: wire.NewValidator(), left: make(chan struct{}), loader: content.NewLoader()}
	if a.now == nil {
		a.now = time.Now
	}
	a.denials.now = a.now
	if o.LogTo == nil {
		o.LogTo = os.Stderr
	}
	for _, step := range []struct {
		name string
		do   func() error
	}{
		{"telemetry", func() error { return a.openTelemetry(o) }},
		{"store", a.openStore},
		{"counts of feedback", a.openOutcomes},
		{"decision log", a.openDecisionLog},
		{"content", a.openContent},
		{"revisions", a.openRevisions},
		{"content", a.beginPublished},
		{"access", a.openAccess},
		{"gRPC", a.buildGRPC},
		{"REST", a.buildREST},
		{"listen", a.listen},
		{"CDS Hooks", a.buildCDS},
	} {
		if err := step.do(); err != nil {
			return nil, errors.Join(fmt.Errorf("%s: %w", step.name, err), a.Close())
		}
	}
	a.showStats()
	a.showRevisions()
	return a, nil
}

func (a *App) openTelemetry(o Options) (err error) {
	a.tel, err = telemetry.New(context.Background(), telemetry.Options{
		LogTo: o.LogTo, LogLevel: a.cfg.LogLevel, Version: o.Version, OTLPEndpoint: a.cfg.OTLPEndpoint, TraceRatio: a.cfg.TraceRatio,
	})
	return err
}

// listen binds both addresses, so that whoever asks knows them before Run.
func (a *App) listen() (err error) {
	if a.grpcListener, err = net.Listen("tcp", a.cfg.GRPCAddr); err != nil {
		return err
	}
	a.httpListener, err = net.Listen("tcp", a.cfg.HTTPAddr)
	return err
}

// GRPCAddr is the address of gRPC, with the port that was taken.
func (a *App) GRPCAddr() string { return a.grpcListener.Addr().String() }

// HTTPAddr is the address of REST, with the port that was taken.
func (a *App) HTTPAddr() string { return a.httpListener.Addr().String() }

// Close frees what New opened. Run does it by itself.
func (a *App) Close() error {
	var errs []error
	for _, l := range []net.Listener{a.grpcListener, a.httpListener} {
		if l != nil {
			if err := l.Close(); !errors.Is(err, net.ErrClosed) {
				errs = append(errs, err)
			}
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), closeTimeout)
	defer cancel()
	if a.store != nil {
		errs = append(errs, a.store.Close(ctx))
	}
	if a.outcomes.counter != nil {
		errs = append(errs, a.outcomes.counter.Close(ctx), a.outcomes.store.Close())
	}
	if l := a.changes.Load(); l != nil {
		errs = append(errs, l.Close())
	}
	// After the change log: what is kept until the end has both in one folder.
	if a.published.close != nil {
		errs = append(errs, a.published.close())
	}
	if a.decided != nil {
		errs = append(errs, a.decided.Close(ctx))
	}
	if a.tel != nil {
		errs = append(errs, a.tel.Shutdown(ctx))
	}
	return errors.Join(errs...)
}

// closeTimeout is how long what is still to be written may take at the end.
const closeTimeout = 2 * time.Second

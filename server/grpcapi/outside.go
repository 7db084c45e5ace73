package grpcapi

import (
	"context"
	"fmt"
	"net/http"
	"runtime/debug"
	"time"

	"google.golang.org/grpc/codes"
)

// Outside runs calls that are no methods of the API, such as those of EHRs,
// through what is sensible of the chain: they are counted and traced under
// their own names, share the limit on requests at once, and survive panics. Who
// calls, and what is wrong with a call, is their own business.
type Outside struct {
	chain *Chain
	o     *observer
	calls map[string]*method
}

// Outside prepares calls of these names over a transport of this name.
func (c *Chain) Outside(transport string, names ...string) *Outside {
	o := &Outside{chain: c, o: &observer{log: c.o.Log, tracer: c.o.Tracer, transport: transport}, calls: map[string]*method{}}
	for _, name := range names {
		o.calls[name] = &method{name, c.o.Calls.Method(name, transport), false}
	}
	return o
}

// Run runs one call, which must be one of the names, and returns the HTTP
// status of its answer: that which do returns, 429 if there is no room for it,
// or 500 if it panicked.
func (o *Outside) Run(ctx context.Context, name string, do func(context.Context) int) (status int) {
	m, start := o.calls[name], time.Now()
	m.call.Begin()
	ctx, span := o.o.tracer.Start(ctx, name, o.o.transport)
	defer func() {
		m.call.End(codeOf(status), time.Since(start))
		span.End(codeOf(status))
	}()
	defer func() {
		switch p := recover(); p {
		case nil:
		case http.ErrAbortHandler:
			status = http.StatusInternalServerError
			panic(p) // how net/http is told to drop the connection
		default:
			status = http.StatusInternalServerError
			o.o.log.Error("panic", "method", name, "transport", o.o.transport, "value", fmt.Sprintf("%T", p), "stack", Places(debug.Stack()))
		}
	}()
	if !o.chain.makeRoom() {
		return http.StatusTooManyRequests
	}
	defer o.chain.inFlight.Add(-1)
	return do(ctx)
}

// makeRoom counts a request in, if there is room; who is let in counts it out.
func (c *Chain) makeRoom() bool {
	if c.inFlight.Add(1) > int64(c.o.MaxInFlight) {
		c.inFlight.Add(-1)
		return false
	}
	return true
}

// codeOf is the gRPC code under which an HTTP status is counted.
func codeOf(status int) codes.Code {
	switch status {
	case http.StatusOK, http.StatusNoContent:
		return codes.OK
	case http.StatusUnauthorized:
		return codes.Unauthenticated
	case http.StatusForbidden:
		return codes.PermissionDenied
	case http.StatusNotFound:
		return codes.NotFound
	case http.StatusRequestTimeout:
		return codes.DeadlineExceeded
	case http.StatusPreconditionFailed:
		return codes.FailedPrecondition
	case http.StatusTooManyRequests:
		return codes.ResourceExhausted
	case http.StatusServiceUnavailable:
		return codes.Unavailable
	case http.StatusInternalServerError:
		return codes.Internal
	}
	return codes.InvalidArgument
}

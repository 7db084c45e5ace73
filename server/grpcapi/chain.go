package grpcapi

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"google.golang.org/grpc"

	"github.com/rightvoice/rightvoice/server/telemetry"
	"github.com/rightvoice/rightvoice/server/wire"
)

// Transports are the labels of the two ways in.
const (
	GRPC = "grpc"
	REST = "rest"
)

// retryAfter is when a caller that was refused should try again.
const retryAfter = time.Second

// ChainOptions says what the chain of interceptors does.
type ChainOptions struct {
	Log       *slog.Logger
	Calls     *telemetry.Calls
	Tracer    *telemetry.Tracer // nil traces nothing
	Validator *wire.Validator

	// Access finds out who is calling and what they may do; nil lets everyone
	// in, which the wiring allows on loopback only.
	Access *Access

	RequestTimeout time.Duration // for one answer
	BatchTimeout   time.Duration // for one batch; streams have none but their caller's
	MaxInFlight    int           // requests worked on at once, over both transports
}

// Chain is the interceptors of one server. Both transports share its limits.
type Chain struct {
	o        ChainOptions
	inFlight atomic.Int64
}

// NewChain makes the chain of one server.
func NewChain(o ChainOptions) *Chain { return &Chain{o: o} }

// Unary lists the interceptors of single calls over one transport, outermost
// first. There are three, and no more are wanted: each costs every request.
func (c *Chain) Unary(transport string) []grpc.UnaryServerInterceptor {
	o := c.observer(transport)
	return []grpc.UnaryServerInterceptor{o.unary, c.guard, c.validate}
}

// Stream lists the interceptors of streams. Their messages are validated one by
// one where they are read, so that a bad one does not end the stream.
func (c *Chain) Stream(transport string) []grpc.StreamServerInterceptor {
	o := c.observer(transport)
	return []grpc.StreamServerInterceptor{o.stream, c.guardStream}
}

// InFlight is the number of requests being worked on.
func (c *Chain) InFlight() int64 { return c.inFlight.Load() }

// Compose makes one interceptor of several, the first being the outermost.
func Compose(all []grpc.UnaryServerInterceptor) grpc.UnaryServerInterceptor {
	if len(all) == 1 {
		return all[0]
	}
	first, rest := all[0], Compose(all[1:])
	return func(ctx context.Context, req any, info *grpc.UnaryServerInfo, next grpc.UnaryHandler) (any, error) {
		return first(ctx, req, info, func(ctx context.Context, req any) (any, error) { return rest(ctx, req, info, next) })
	}
}

package restapi

import (
	"context"
	"io"
	"net/http"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

// writeTimeout is how long one line of a stream may take to be written. The
// whole stream may take as long as it likes.
const writeTimeout = 30 * time.Second

// streamWriter gives each line its own time.
type streamWriter struct {
	http.ResponseWriter
	control *http.ResponseController
}

func (w *streamWriter) Write(b []byte) (int, error) {
	_ = w.control.SetWriteDeadline(time.Now().Add(writeTimeout)) // not every writer has one
	return w.ResponseWriter.Write(b)
}

// Unwrap is for http.ResponseController.
func (w *streamWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// composeStreams makes one interceptor of several, the first being the outermost.
func composeStreams(all []grpc.StreamServerInterceptor) grpc.StreamServerInterceptor {
	return func(srv any, s grpc.ServerStream, info *grpc.StreamServerInfo, next grpc.StreamHandler) error {
		for i := len(all) - 1; i >= 0; i-- {
			through, inner := all[i], next
			next = func(srv any, s grpc.ServerStream) error { return through(srv, s, info, inner) }
		}
		return next(srv, s)
	}
}

// pipe is a stream inside the process: what the server sends is what the client
// receives, without a connection.
type pipe[Out any] struct {
	ctx   context.Context
	in    proto.Message
	read  bool
	out   chan *Out
	end   chan struct{} // closed after err is set
	err   error
	first *Out // received already
}

// stream runs a method that answers with many messages through the
// interceptors. It returns when there is a first message, so that a request that
// is refused is an error like any other.
func stream[Out any](ctx context.Context, through grpc.StreamServerInterceptor, method string, in proto.Message, server any) (grpc.ServerStreamingClient[Out], error) {
	if md, ok := metadata.FromOutgoingContext(ctx); ok {
		ctx = metadata.NewIncomingContext(ctx, md)
	}
	handler := handlerOf(method)
	if handler == nil {
		return nil, status.Error(codes.Unimplemented, "there is no such stream")
	}
	p := &pipe[Out]{ctx: ctx, in: in, out: make(chan *Out), end: make(chan struct{})}
	info := &grpc.StreamServerInfo{FullMethod: method, IsServerStream: true}
	go func() {
		defer close(p.end)
		p.err = through(server, serverEnd[Out]{p}, info, handler)
	}()
	first, err := p.Recv()
	if err == nil {
		p.first = first
	} else if err != io.EOF {
		return nil, err
	}
	return clientEnd[Out]{p}, nil
}

// handlerOf is what runs a method.
func handlerOf(method string) grpc.StreamHandler {
	name := method[strings.LastIndexByte(method, '/')+1:]
	for _, s := range pb.RuleService_ServiceDesc.Streams {
		if s.StreamName == name {
			return s.Handler
		}
	}
	return nil
}

// Recv returns the next message, or io.EOF after the last.
func (p *pipe[Out]) Recv() (*Out, error) {
	if m := p.first; m != nil {
		p.first = nil
		return m, nil
	}
	select {
	case m := <-p.out:
		return m, nil
	case <-p.end:
		if p.err == nil {
			return nil, io.EOF
		}
		return nil, p.err
	}
}

// serverEnd is the pipe as the server sees it.
type serverEnd[Out any] struct{ *pipe[Out] }

func (s serverEnd[Out]) Context() context.Context     { return s.ctx }
func (s serverEnd[Out]) SetHeader(metadata.MD) error  { return nil }
func (s serverEnd[Out]) SendHeader(metadata.MD) error { return nil }
func (s serverEnd[Out]) SetTrailer(metadata.MD)       {}

// SendMsg waits until the message was received, or the caller has gone.
func (s serverEnd[Out]) SendMsg(m any) error {
	select {
	case s.out <- m.(*Out):
		return nil
	case <-s.ctx.Done():
		return s.ctx.Err()
	}
}

// RecvMsg gives the one request there is.
func (s serverEnd[Out]) RecvMsg(m any) error {
	if s.read {
		return io.EOF
	}
	s.read = true
	proto.Merge(m.(proto.Message), s.in)
	return nil
}

// clientEnd is the pipe as the gateway sees it.
type clientEnd[Out any] struct{ *pipe[Out] }

func (c clientEnd[Out]) Header() (metadata.MD, error) { return nil, nil }
func (c clientEnd[Out]) Trailer() metadata.MD         { return nil }
func (c clientEnd[Out]) CloseSend() error             { return nil }
func (c clientEnd[Out]) Context() context.Context     { return c.ctx }
func (c clientEnd[Out]) SendMsg(any) error            { return io.EOF }
func (c clientEnd[Out]) RecvMsg(any) error            { return io.EOF }

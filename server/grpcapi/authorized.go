package grpcapi

import (
	"context"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"

	"github.com/rightvoice/rightvoice/server/auth"
)

// authorized is a stream each of whose messages its caller must be allowed. A
// stream may be open for days: who was let in is looked at again once the file
// of credentials changed, and every minute, because tokens expire.
type authorized struct {
	grpc.ServerStream
	method string
	access *Access

	mu     sync.Mutex // messages come and go at the same time
	ctx    context.Context
	moment auth.Moment
	looked time.Time
	asked  any // the last message
}

// lookAgain is how long a caller is believed to be who they were.
const lookAgain = time.Minute

func newAuthorized(s grpc.ServerStream, ctx context.Context, method string, a *Access) *authorized {
	return &authorized{ServerStream: s, method: method, access: a, ctx: ctx, moment: a.Gate.Moment(), looked: time.Now()}
}

func (s *authorized) Context() context.Context {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ctx
}

// RecvMsg reads a message and refuses it if its caller may not send it.
func (s *authorized) RecvMsg(m any) error {
	if err := s.ServerStream.RecvMsg(m); err != nil {
		return err
	}
	if _, err := s.again(); err != nil {
		return err
	}
	if err := s.access.wait(s.Context(), s.method, m); err != nil {
		return err
	}
	s.mu.Lock()
	s.asked = m
	s.mu.Unlock()
	return nil
}

// SendMsg sends a message unless its caller lost the right to it.
func (s *authorized) SendMsg(m any) error {
	asked, err := s.again()
	if err == nil && asked != nil {
		err = s.access.still(s.Context(), s.method, asked)
	}
	if err != nil {
		return err
	}
	return s.ServerStream.SendMsg(m)
}

// again finds out anew who is calling if that may have changed. It then returns a
// copy of the last message, whose sender may have lost the right to an answer.
func (s *authorized) again() (asked proto.Message, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	if !s.access.Gate.Changed(s.moment) && now.Sub(s.looked) < lookAgain {
		return nil, nil
	}
	moment := s.access.Gate.Moment()
	ctx, err := s.access.authenticate(s.ServerStream.Context(), s.method, s.asked)
	if err != nil {
		return nil, err
	}
	s.ctx, s.moment, s.looked = auth.With(s.ctx, auth.From(ctx)), moment, now
	if m, ok := s.asked.(proto.Message); ok {
		asked = proto.Clone(m)
	}
	return asked, nil
}

// still refuses a caller who lost a right since a message was read.
func (a *Access) still(ctx context.Context, method string, req any) error {
	asked := aboutOf(req)
	return refusalStatus(a.permit(ctx, method, &asked))
}

package drive

import (
	"context"
	"errors"
	"net"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// Kind names an error in a few words that hold nothing of the request.
func Kind(err error) string {
	var http StatusError
	var timed net.Error
	switch {
	case errors.As(err, &http):
		return http.Error()
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timed) && timed.Timeout():
		return "timeout"
	}
	if s, ok := status.FromError(err); ok && s.Code() != codes.Unknown {
		return "gRPC " + s.Code().String()
	}
	return "no answer"
}

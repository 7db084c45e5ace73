package redisstore

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"syscall"

	"github.com/redis/go-redis/v9"

	"github.com/rightvoice/rightvoice/server/memory"
)

// down reports whether err says that Redis can't do its work now. That a key is
// not there, or holds what nobody of us put there, is an answer like others.
func down(err error) bool {
	return err != nil && !errors.Is(err, redis.Nil) && !foreign(err)
}

// foreign reports whether the key holds something of another type.
func foreign(err error) bool { return redis.HasErrorPrefix(err, "WRONGTYPE") }

// unavailable wraps err for callers, without its words.
func unavailable(err error) error {
	return fmt.Errorf("%w (%s)", memory.ErrUnavailable, cause(err))
}

// cause is the kind of err, from a closed set: what the client and the server
// say is not repeated.
func cause(err error) string {
	var timeout net.Error
	var answer redis.Error
	switch {
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout(),
		errors.Is(err, redis.ErrPoolTimeout):
		return "timeout"
	case errors.Is(err, context.Canceled):
		return "cancelled"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "refused"
	case redis.IsOOMError(err):
		return "out of memory"
	case redis.IsReadOnlyError(err):
		return "read-only"
	case redis.IsLoadingError(err), redis.IsMasterDownError(err), redis.IsClusterDownError(err):
		return "not ready"
	case redis.IsAuthError(err), redis.IsPermissionError(err):
		return "not allowed"
	case errors.As(err, &answer):
		return "an error answer"
	default:
		return "connection lost"
	}
}

package restapi

import (
	"context"
	"errors"
	"math"
	"net/http"
	"strconv"
	"strings"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/encoding/protojson"

	"github.com/rightvoice/rightvoice/server/grpcapi"
	"github.com/rightvoice/rightvoice/server/wire"
)

// httpCode is the HTTP status of a gRPC code. The usual table says 400 where a
// precondition does not hold; 412 is what HTTP has for it.
func httpCode(c codes.Code) int {
	if c == codes.FailedPrecondition {
		return http.StatusPreconditionFailed
	}
	return runtime.HTTPStatusFromCode(c)
}

// grpcCode is the code in the body of a refusal that gRPC knows nothing of.
func (p *problem) grpcCode() codes.Code {
	switch p.status {
	case http.StatusNotFound:
		return codes.NotFound
	case http.StatusMethodNotAllowed:
		return codes.Unimplemented
	case http.StatusRequestTimeout:
		return codes.DeadlineExceeded
	case http.StatusTooManyRequests:
		return codes.ResourceExhausted
	}
	return codes.InvalidArgument
}

// asStatus is what a caller gets to see of err, and the HTTP status with it.
func asStatus(err error) (*status.Status, int) {
	var refused *problem
	var invalid wire.Invalid
	switch {
	case errors.As(err, &refused):
		return grpcapi.NewStatus(refused.grpcCode(), refused.reason, refused.message), refused.status
	case errors.As(err, &invalid):
		return grpcapi.Invalid(invalid), http.StatusBadRequest
	}
	s := status.Convert(grpcapi.Shown(err))
	return s, httpStatus(s)
}

// httpStatus is the HTTP status of an error. Of refusals about a draft, 412 is
// kept for a stale etag, which is what HTTP has it for; the others are conflicts
// with how things stand.
func httpStatus(s *status.Status) int {
	code := httpCode(s.Code())
	if code != http.StatusPreconditionFailed && code != http.StatusConflict {
		return code
	}
	for _, d := range s.Details() {
		if info, ok := d.(*errdetails.ErrorInfo); ok {
			switch info.Reason {
			case "STALE_ETAG":
				return http.StatusPreconditionFailed
			case "WRONG_STATE", "NOT_GREEN", "NOT_APPROVED", "REBASE_NEEDED", "READ_ONLY":
				return http.StatusConflict
			}
		}
	}
	return code
}

// write sends err as a google.rpc.Status.
func (a *api) write(w http.ResponseWriter, err error) {
	s, code := asStatus(err)
	h := w.Header()
	h["Content-Type"] = jsonType
	delete(h, "Trailer")
	for _, d := range s.Details() {
		if retry, ok := d.(*errdetails.RetryInfo); ok {
			h.Set("Retry-After", strconv.FormatInt(max(1, int64(math.Ceil(retry.GetRetryDelay().AsDuration().Seconds()))), 10))
		}
	}
	if code == http.StatusTooManyRequests && h.Get("Retry-After") == "" {
		h.Set("Retry-After", "1")
	}
	if code == http.StatusUnauthorized {
		h.Set("WWW-Authenticate", challenge(s))
	}
	data, merr := protojson.Marshal(s.Proto())
	if merr != nil {
		data = []byte(`{"code":13,"message":"an error inside the service"}`)
	}
	w.WriteHeader(code)
	_, _ = w.Write(data) // a caller that is gone cannot be told so
}

// challenge tells how to say who one is, and whether the token was at fault.
func challenge(s *status.Status) string {
	for _, d := range s.Details() {
		if info, ok := d.(*errdetails.ErrorInfo); ok && strings.HasPrefix(info.GetReason(), "TOKEN_") {
			return `Bearer realm="rightvoice", error="invalid_token"`
		}
	}
	return `Bearer realm="rightvoice"`
}

// refuse sends an error that the service did not see, and counts it.
func (a *api) refuse(w http.ResponseWriter, err error) {
	_, code := asStatus(err)
	a.refused[code].Inc()
	a.write(w, err)
}

// failed is the gateway's error handler. What went wrong with the body is known
// better by the body itself; what the gateway says on its own repeats what was
// sent, and is left out.
func (a *api) failed(_ context.Context, _ *runtime.ServeMux, _ runtime.Marshaler, w http.ResponseWriter, r *http.Request, err error) {
	var same notModified
	if errors.As(err, &same) {
		mayKeep(w.Header(), string(same))
		w.WriteHeader(http.StatusNotModified)
		return
	}
	if b, ok := r.Body.(*body); ok && b.problem != nil {
		a.refuse(w, within(r.Context(), b.problem))
		return
	}
	if s, ok := status.FromError(err); ok && s.Code() == codes.InvalidArgument && len(s.Details()) == 0 {
		a.refuse(w, badPath) // the service's own refusals have details
		return
	}
	a.write(w, err)
}

// badPath is a number in the path that is none.
var badPath = wire.Invalid{{Message: "a part of the path does not have the form that the method takes"}}

// routingFailed is the gateway's handler of paths it does not serve. Requests
// get there only if the gateway and routes disagree about a path.
func (a *api) routingFailed(_ context.Context, _ *runtime.ServeMux, _ runtime.Marshaler, w http.ResponseWriter, _ *http.Request, code int) {
	switch code {
	case http.StatusMethodNotAllowed:
		a.refuse(w, badMethod)
	default:
		a.refuse(w, noSuchPath)
	}
}

// bodyField names the field that the body of a request goes into.
type bodyField struct{}

// within makes a path mean the same whether the body or the rules are to blame.
func within(ctx context.Context, err error) error {
	if field, ok := ctx.Value(bodyField{}).(string); ok {
		return wire.Within(field, err)
	}
	return err
}

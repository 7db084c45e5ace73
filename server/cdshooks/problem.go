package cdshooks

import (
	"net/http"
	"strconv"
)

// problem is an answer that is no card: an HTTP status, a stable reason and
// words that repeat nothing that was sent.
type problem struct {
	status  int
	reason  string
	message string
	fields  Invalid
}

func (p *problem) Error() string { return p.message }

// Problems that are always the same.
var (
	noSuchPath    = &problem{status: http.StatusNotFound, reason: "NO_SUCH_PATH", message: "nothing is served at this path"}
	noSuchService = &problem{status: http.StatusNotFound, reason: "NO_SUCH_SERVICE", message: "there is no such service; GET /cds-services lists those there are"}
	badMethod     = &problem{status: http.StatusMethodNotAllowed, reason: "METHOD_NOT_ALLOWED", message: "this path does not take that method; the Allow header names those it takes"}
	notJSON       = &problem{status: http.StatusUnsupportedMediaType, reason: "CONTENT_TYPE", message: "the body must be application/json, not compressed"}
	tooLarge      = &problem{status: http.StatusRequestEntityTooLarge, reason: "BODY_TOO_LARGE", message: "the body is larger than 8 MiB"}
	tooSlow       = &problem{status: http.StatusRequestTimeout, reason: "BODY_TIMEOUT", message: "the body did not arrive in time"}
	cutOff        = &problem{status: http.StatusBadRequest, reason: "BODY_INCOMPLETE", message: "the body is incomplete"}
	tooMuch       = &problem{status: http.StatusTooManyRequests, reason: "OVERLOADED", message: "too much at once; try again"}
	internal      = &problem{status: http.StatusInternalServerError, reason: "INTERNAL", message: "an error inside the service"}
	unavailable   = &problem{status: http.StatusServiceUnavailable, reason: "MEMORY_UNAVAILABLE", message: "feedback can't be kept now; try again"}
)

// invalid is the answer to a request that is not what the specification has.
func invalid(v Invalid) *problem {
	message := v[:1].Error()
	if more := len(v) - 1; more > 0 {
		message += " (and " + strconv.Itoa(more) + " more)"
	}
	return &problem{http.StatusBadRequest, "INVALID_ARGUMENT", message, v}
}

// lacking is the answer to a request without the data that a decision needs.
func lacking(keys []string) *problem {
	p := &problem{status: http.StatusPreconditionFailed, reason: "PREFETCH_MISSING",
		message: "data is missing that this service needs and does not fetch; null says that there is none"}
	for _, key := range keys {
		p.fields = append(p.fields, Violation{"prefetch." + key, "is required"})
	}
	return p
}

// Error bodies look like those of the rest of the API: google.rpc.Status.
type (
	statusBody struct {
		Code    int      `json:"code"`
		Message string   `json:"message"`
		Details []detail `json:"details"`
	}
	detail struct {
		Type   string      `json:"@type"`
		Reason string      `json:"reason,omitempty"`
		Domain string      `json:"domain,omitempty"`
		Fields []violation `json:"fieldViolations,omitempty"`
	}
	violation struct {
		Field       string `json:"field"`
		Description string `json:"description"`
	}
)

// maxFields bounds how many fields one error names.
const maxFields = 16

func (p *problem) body() statusBody {
	b := statusBody{Code: rpcCode(p.status), Message: p.message,
		Details: []detail{{Type: "type.googleapis.com/google.rpc.ErrorInfo", Reason: p.reason, Domain: "rightvoice"}}}
	if len(p.fields) > 0 {
		bad := detail{Type: "type.googleapis.com/google.rpc.BadRequest"}
		for _, v := range p.fields[:min(len(p.fields), maxFields)] {
			bad.Fields = append(bad.Fields, violation{v.Field, v.Message})
		}
		b.Details = append(b.Details, bad)
	}
	return b
}

// rpcCode is the google.rpc.Code of an HTTP status.
func rpcCode(status int) int {
	switch status {
	case http.StatusUnauthorized:
		return 16
	case http.StatusNotFound:
		return 5
	case http.StatusMethodNotAllowed:
		return 12
	case http.StatusPreconditionFailed:
		return 9
	case http.StatusRequestTimeout:
		return 4
	case http.StatusTooManyRequests:
		return 8
	case http.StatusServiceUnavailable:
		return 14
	case http.StatusInternalServerError:
		return 13
	}
	return 3
}

package cdshooks

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/rightvoice/rightvoice/server/cdshooks/trust"
	"github.com/rightvoice/rightvoice/server/recommend"
	"github.com/rightvoice/rightvoice/server/telemetry"
)

// Path is where all is served; the other paths begin with it and a slash.
const Path = "/cds-services"

// MaxBody is the largest request, in bytes.
const MaxBody = 8 << 20

// maxBodies is how many bytes of requests are worked on at once. A body takes
// about three times its size until it is answered.
const maxBodies = 8 * MaxBody

// Decider decides. recommend.Service is one.
type Decider interface {
	Current(tenant string) *recommend.Snapshot
	Recommend(ctx context.Context, snap *recommend.Snapshot, r *recommend.Request) (*recommend.Answer, error)
	Explain(ctx context.Context, snap *recommend.Snapshot, r *recommend.ExplainRequest) (*recommend.Explanation, error)
}

// Listener keeps what became of decisions. recommend.Service is one.
type Listener interface {
	RecordFeedback(ctx context.Context, f recommend.Feedback) (first bool, err error)
}

// Gate finds out who calls. trust.Gate is one.
type Gate interface {
	Check(ctx context.Context, authorization, called string) (trust.Client, error)
}

// Guard runs one call of a name in Calls: it counts it, refuses it if there are
// too many, and survives its panics. do returns the HTTP status of its answer;
// Run returns it, or the one that has to be answered in its place.
type Guard interface {
	Run(ctx context.Context, call string, do func(context.Context) int) int
}

// Calls are the names of what a Guard runs.
func Calls() []string { return []string{"Discovery", "Invoke", "Feedback"} }

// Options are what a Handler is made of. Decider, Listener, Guard and Telemetry
// are required.
type Options struct {
	Decider   Decider
	Listener  Listener
	Guard     Guard
	Telemetry *telemetry.Telemetry

	Gate    Gate          // nil lets everyone in, which the wiring allows on loopback only
	BaseURL string        // where clients find the service, without a slash at the end: the aud of their tokens begins with it
	Origins []string      // of web pages that may call; none if empty
	Timeout time.Duration // for the decisions of one call; 0 means 300 ms
	Now     func() time.Time

	MemberSystem string // the system of Patient.identifier whose value is the member reference; empty means none
	MemberKey    []byte // of the HMAC that names other members; the same on servers that share decisions. nil makes one up
}

const defaultTimeout = 300 * time.Millisecond

// Handler serves CDS Hooks. It is safe for concurrent use.
type Handler struct {
	o         Options
	discovery []byte
	room      *semaphore.Weighted // for bodies, in bytes
	count     counters
}

// New makes a Handler.
func New(o Options) (*Handler, error) {
	h := &Handler{o: o, room: semaphore.NewWeighted(maxBodies), count: newCounters(o.Telemetry)}
	if h.o.Timeout <= 0 {
		h.o.Timeout = defaultTimeout
	}
	if h.o.Now == nil {
		h.o.Now = time.Now
	}
	if h.o.MemberKey == nil {
		h.o.MemberKey = []byte(rand.Text())
	}
	var err error
	h.discovery, err = discovery()
	return h, err
}

// ServeHTTP answers one call.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	secure(w.Header())
	if h.cors(w, r) {
		return
	}
	e, err := find(w, r)
	if err != nil {
		h.refuse(w, err)
		return
	}
	answered := false
	status := h.o.Guard.Run(r.Context(), e.call, func(ctx context.Context) int {
		status, body := h.serve(ctx, w, r, e)
		answered = true
		write(w, status, body)
		return status
	})
	switch {
	case answered:
	case status == http.StatusTooManyRequests:
		h.refuse(w, tooMuch)
	default:
		h.refuse(w, internal)
	}
}

// serve does what is asked, once there is room for it.
func (h *Handler) serve(ctx context.Context, w http.ResponseWriter, r *http.Request, e endpoint) (int, []byte) {
	var out []byte
	client, err := h.authenticate(ctx, r)
	if err == nil {
		switch {
		case e.call == "Discovery":
			out = h.discovery
		case e.service == nil:
			err = noSuchService
		default:
			out, err = h.withBody(w, r, func(body []byte) ([]byte, error) {
				if e.call == "Feedback" {
					return nil, h.feedback(ctx, client, body)
				}
				return h.invoke(ctx, e.service, client, body)
			})
		}
	}
	if err != nil {
		p := h.problem(err)
		h.count.refused(p.reason)
		p.headers(w.Header())
		body, _ := encode(p.body()) // made of texts only
		return p.status, body
	}
	return http.StatusOK, out
}

func (h *Handler) authenticate(ctx context.Context, r *http.Request) (trust.Client, error) {
	if h.o.Gate == nil {
		return trust.Client{}, nil
	}
	return h.o.Gate.Check(ctx, r.Header.Get("Authorization"), h.o.BaseURL+r.URL.Path)
}

// endpoint is what a path leads to.
type endpoint struct {
	call    string   // of Calls
	service *service // nil if there is none of that id
}

func find(w http.ResponseWriter, r *http.Request) (endpoint, error) {
	var e endpoint
	rest, below := strings.CutPrefix(r.URL.Path, Path+"/")
	id, last, more := strings.Cut(rest, "/")
	verb := http.MethodPost
	switch {
	case r.URL.Path == Path:
		e.call, verb = "Discovery", http.MethodGet
	case !below || id == "" || more && last != "feedback":
		return e, noSuchPath
	case more:
		e.call = "Feedback"
	default:
		e.call = "Invoke"
	}
	if r.Method != verb && !(r.Method == http.MethodHead && verb == http.MethodGet) {
		w.Header().Set("Allow", verb)
		return e, badMethod
	}
	e.service = findService(id)
	return e, nil
}

// problem is what a client gets to see of err. What is not known is logged by
// its types: its text may hold anything.
func (h *Handler) problem(err error) *problem {
	var p *problem
	var bad Invalid
	var refused *trust.Refusal
	switch {
	case errors.As(err, &p):
		return p
	case errors.As(err, &bad):
		return invalid(bad)
	case errors.As(err, &refused) && refused.Temporary():
		return &problem{status: http.StatusServiceUnavailable, reason: string(refused.Reason), message: refused.Error()}
	case errors.As(err, &refused):
		return &problem{status: http.StatusUnauthorized, reason: string(refused.Reason), message: refused.Error()}
	}
	h.o.Telemetry.Log.Error("a CDS Hooks call failed", "cause", fmt.Sprintf("%T of %T", err, errors.Unwrap(err)))
	return internal
}

// refuse answers a call that no Guard saw.
func (h *Handler) refuse(w http.ResponseWriter, err error) {
	p := h.problem(err)
	h.count.refused(p.reason)
	p.headers(w.Header())
	body, _ := encode(p.body()) // made of texts only
	write(w, p.status, body)
}

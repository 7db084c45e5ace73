package restapi

import (
	"context"
	"net/http"
	"regexp"

	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/wire"
)

// callMatching is call for requests with an etag, which HTTP also knows as the
// header If-Match.
func callMatching[In, Out any](ctx context.Context, through grpc.UnaryServerInterceptor, method string, in *In, do func(context.Context, *In) (*Out, error)) (*Out, error) {
	if m, ok := any(in).(proto.Message); ok {
		if err := match(ctx, m.ProtoReflect()); err != nil {
			return nil, err
		}
	}
	return call(ctx, through, method, in, do)
}

var quoted = regexp.MustCompile(`^"[0-9a-f]{64}"$`)

// match takes the etag of a request from If-Match where the body has none.
func match(ctx context.Context, m protoreflect.Message) error {
	md, _ := metadata.FromOutgoingContext(ctx)
	sent := md.Get("if-match")
	field := m.Descriptor().Fields().ByName("etag")
	if len(sent) == 0 || field == nil {
		return nil
	}
	if len(sent) > 1 || !quoted.MatchString(sent[0]) {
		return wire.Invalid{{Field: "etag", Message: "If-Match must be the one ETag of the draft, in double quotes"}}
	}
	etag := sent[0][1 : len(sent[0])-1]
	if body := m.Get(field).String(); body != "" && body != etag {
		return wire.Invalid{{Field: "etag", Message: "must be the same as in If-Match, or left out"}}
	}
	m.Set(field, protoreflect.ValueOfString(etag))
	return nil
}

var aTag = regexp.MustCompile(`^(?:W/)?"([0-9a-f]{1,64})"$`)

// known takes the etag that the caller has from If-None-Match. Several, or what
// is no etag of ours, are no reason to refuse: the whole answer is always right.
func known(ctx context.Context, in *pb.GetContentRequest) error {
	if in.KnownEtag != "" {
		return wire.Invalid{{Field: "knownEtag", Message: "must be left out over REST; send If-None-Match"}}
	}
	md, _ := metadata.FromOutgoingContext(ctx)
	if sent := md.Get("if-none-match"); len(sent) == 1 {
		if m := aTag.FindStringSubmatch(sent[0]); m != nil {
			in.KnownEtag = m[1]
		}
	}
	return nil
}

// notModified is the answer to a caller who has it already: its etag.
type notModified string

func (notModified) Error() string { return "not modified" }

var (
	revalidated = []string{"private, no-cache"}
	perCaller   = []string{"Authorization, X-Rightvoice-User"}
)

// mayKeep lets a browser, and nothing between, keep an answer that it asks about
// each time: whoever may not see it any more is refused then.
func mayKeep(h http.Header, etag string) {
	h["Cache-Control"] = revalidated
	h["Vary"] = append(perCaller[:1:1], h["Vary"]...)
	h.Set("ETag", `"`+etag+`"`)
}

// etagHeader writes the ETag of answers with a draft, and of contents.
func etagHeader(_ context.Context, w http.ResponseWriter, m proto.Message) error {
	if of, ok := m.(interface {
		GetContent() *pb.Content
		GetEtag() string
	}); ok {
		mayKeep(w.Header(), of.GetEtag())
		return nil
	}
	if with, ok := m.(interface{ GetDraft() *pb.Draft }); ok && with.GetDraft() != nil {
		w.Header().Set("ETag", `"`+with.GetDraft().Etag+`"`)
	}
	return nil
}

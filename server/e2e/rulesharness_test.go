package e2e

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"google.golang.org/genproto/googleapis/api/annotations"
	spb "google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/server/audit"
	"github.com/rightvoice/rightvoice/server/audit/decisionlog"
	"github.com/rightvoice/rightvoice/server/grpcapi"
	"github.com/rightvoice/rightvoice/server/recommend"
	"github.com/rightvoice/rightvoice/server/restapi"
	"github.com/rightvoice/rightvoice/server/revision"
	"github.com/rightvoice/rightvoice/server/revision/dirstore"
	"github.com/rightvoice/rightvoice/server/rulebook"
	"github.com/rightvoice/rightvoice/server/telemetry"
	"github.com/rightvoice/rightvoice/server/wire"
)

// desk is a server with rules that can be changed, put together by hand.
type desk struct {
	revisions *revision.Service
	follower  *revision.Follower
	service   *recommend.Service
	changes   *audit.Log
	decided   *decisionlog.Log
	decidedIn string
	url       string
	grpc      *grpc.ClientConn
	log       *safeBuffer
	leave     chan struct{}
	book      *rulebook.Book
	set       atomic.Pointer[ruleset.Set] // in force
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	d := &desk{log: &safeBuffer{}, leave: make(chan struct{}), decidedIn: t.TempDir()}
	ctx, stop := context.WithCancel(context.Background())
	t.Cleanup(stop)
	store, err := dirstore.Open(filepath.Join(t.TempDir(), "revisions"), dirstore.Options{})
	must(t, err)
	t.Cleanup(func() { store.Close() })
	d.changes, err = audit.Open(t.TempDir(), audit.Options{})
	must(t, err)
	t.Cleanup(func() { d.changes.Close() })
	d.decided, err = decisionlog.Open(d.decidedIn, decisionlog.Options{FlushEvery: 20 * time.Millisecond})
	must(t, err)
	t.Cleanup(func() { d.decided.Close(context.Background()) })
	d.revisions, err = revision.New(revision.Options{Store: store, Audit: func(_ context.Context, e revision.Event) error {
		_, err := d.changes.Append(rulebook.Entry(e))
		return err
	}, Assess: func(ctx context.Context, a revision.Assessment) (revision.Assessed, error) {
		return d.book.Assess(ctx, a)
	}})
	must(t, err)
	files, err := revision.ReadFiles(content.Default())
	must(t, err)
	_, err = d.revisions.Seed(ctx, "setup", "default", files, "the content that the program comes with")
	must(t, err)
	d.answer(t, store)
	go d.follower.Run(ctx)
	d.serve(ctx, t)
	return d
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// answer makes the server answer by what is published.
func (d *desk) answer(t testing.TB, store revision.Store) {
	t.Helper()
	base, problems := content.Load(content.Default(), time.Now())
	if base == nil {
		t.Fatal(problems)
	}
	snap, err := recommend.NewSnapshot(base)
	must(t, err)
	d.service = recommend.New(recommend.Options{StandIn: snap, Decisions: d.decided})
	d.follower, err = revision.NewFollower(revision.FollowerOptions{Store: store, Poll: 20 * time.Millisecond,
		Use: func(tenant string, rev *content.Revision, _ revision.Version) error {
			snap, err := recommend.NewSnapshot(rev)
			if err == nil {
				d.service.Use(tenant, snap)
				d.set.Store(rev.Set)
			}
			return err
		}})
	must(t, err)
	must(t, d.follower.Sync(context.Background()))
}

// serve opens both ways in.
func (d *desk) serve(ctx context.Context, t testing.TB) {
	t.Helper()
	tel, err := telemetry.New(ctx, telemetry.Options{LogTo: d.log, LogLevel: "debug"})
	must(t, err)
	validator := wire.NewValidator()
	chain := grpcapi.NewChain(grpcapi.ChainOptions{Log: tel.Log, Calls: tel.Calls(), Validator: validator, RequestTimeout: 20 * time.Second, BatchTimeout: 60 * time.Second, MaxInFlight: 100})
	book, err := rulebook.New(rulebook.Options{Revisions: d.revisions, Explain: d.service.Explain, Audit: d.changes.List, Await: d.follower.Await, Build: "test",
		Decisions: func() (*decisionlog.Reader, error) { return decisionlog.OpenReader(d.decidedIn) }, Dropped: func() uint64 { return d.decided.Stats().Dropped }})
	must(t, err)
	d.book = book
	rules := grpcapi.NewRules(grpcapi.RuleOptions{Book: book, Validator: validator, Open: true, Leaving: d.leave})
	api := grpcapi.New(grpcapi.Options{Service: d.service, Validator: validator, Telemetry: tel})
	server := grpc.NewServer(grpc.ChainUnaryInterceptor(chain.Unary(grpcapi.GRPC)...), grpc.ChainStreamInterceptor(chain.Stream(grpcapi.GRPC)...), grpc.MaxHeaderListSize(16<<10))
	rules.Register(server)
	api.Register(server)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	go server.Serve(listener)
	t.Cleanup(server.Stop)
	d.grpc, err = grpc.NewClient(listener.Addr().String(), grpc.WithTransportCredentials(insecure.NewCredentials()))
	must(t, err)
	t.Cleanup(func() { d.grpc.Close() })
	handler, err := restapi.New(ctx, restapi.Options{Server: api, Members: pb.UnimplementedMemberServiceServer{}, Rules: rules, Chain: chain, Telemetry: tel,
		Ready: func() bool { return true }, MaxBody: 4 << 20, MaxImport: 8 << 20})
	must(t, err)
	web := httptest.NewServer(handler)
	t.Cleanup(web.Close)
	d.url = web.URL
}

// call runs one method as somebody, over one transport.
type call func(t testing.TB, as, method string, in, out proto.Message) *status.Status

func (d *desk) overGRPC(t testing.TB, as, method string, in, out proto.Message) *status.Status {
	t.Helper()
	ctx, cancel := context.WithTimeout(metadata.AppendToOutgoingContext(context.Background(), grpcapi.UserHeader, as), time.Minute)
	defer cancel()
	return status.Convert(d.grpc.Invoke(ctx, "/rightvoice.v1.RuleService/"+method, in, out))
}

// overREST does what the .proto file says a method is over HTTP.
func (d *desk) overREST(t testing.TB, as, method string, in, out proto.Message) *status.Status {
	t.Helper()
	return overRule(t, method, in, out, func(verb, path, body string) (int, []byte) {
		code, answer, _ := d.send(t, verb, path, body, grpcapi.UserHeader, as)
		return code, answer
	})
}

// overRule calls a method of RuleService by send.
func overRule(t testing.TB, method string, in, out proto.Message, send func(verb, path, body string) (int, []byte)) *status.Status {
	t.Helper()
	m := pb.File_rightvoice_v1_rule_service_proto.Services().ByName("RuleService").Methods().ByName(protoreflect.Name(method))
	rule := proto.GetExtension(m.Options(), annotations.E_Http).(*annotations.HttpRule)
	verb, path := "GET", rule.GetGet()
	for v, p := range map[string]string{"POST": rule.GetPost(), "PATCH": rule.GetPatch(), "PUT": rule.GetPut()} {
		if p != "" {
			verb, path = v, p
		}
	}
	fields := in.ProtoReflect().Descriptor().Fields()
	var query []string
	for i := range fields.Len() {
		f, name := fields.Get(i), "{"+string(fields.Get(i).Name())+"}"
		switch {
		case strings.Contains(path, name):
			path = strings.ReplaceAll(path, name, in.ProtoReflect().Get(f).String())
		case rule.Body != "*" && rule.Body != string(f.Name()) && in.ProtoReflect().Has(f):
			query = append(query, f.JSONName()+"="+in.ProtoReflect().Get(f).String())
		}
	}
	if len(query) > 0 {
		path += "?" + strings.Join(query, "&")
	}
	body := ""
	if rule.Body != "" {
		of := in
		if rule.Body != "*" {
			of = in.ProtoReflect().Get(fields.ByName(protoreflect.Name(rule.Body))).Message().Interface()
		}
		raw, err := protojson.Marshal(of)
		must(t, err)
		body = string(raw)
	}
	code, answer := send(verb, path, body)
	if code != http.StatusOK {
		s := &spb.Status{}
		if err := protojson.Unmarshal(answer, s); err != nil {
			t.Fatalf("%s %s: %d %s %v", verb, path, code, answer, err)
		}
		return status.FromProto(s)
	}
	to := out
	if rule.ResponseBody != "" {
		to = out.ProtoReflect().Mutable(out.ProtoReflect().Descriptor().Fields().ByName(protoreflect.Name(rule.ResponseBody))).Message().Interface()
	}
	must(t, protojson.Unmarshal(answer, to))
	return status.New(codes.OK, "")
}

// send makes one HTTP request; headers are name, value, name, value.
func (d *desk) send(t testing.TB, verb, path, body string, headers ...string) (int, []byte, http.Header) {
	t.Helper()
	r, err := http.NewRequest(verb, d.url+path, bytes.NewReader([]byte(body)))
	must(t, err)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	resp, err := http.DefaultClient.Do(r)
	must(t, err)
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	must(t, err)
	return resp.StatusCode, answer, resp.Header
}

// record asks questions that the decision log keeps.
func (d *desk) record(t testing.TB, n int, facts fact.Facts, topic string) {
	t.Helper()
	set := d.set.Load()
	at, _ := set.Topic(topic)
	for range n {
		decision := set.Decide(&facts, at)
		d.decided.Log(time.Now(), "default", "r-0123456789abcdef", set, &facts, &decision)
	}
	for deadline := time.Now().Add(5 * time.Second); d.decided.Stats().Written < uint64(n); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the decision log writes nothing")
		}
	}
}

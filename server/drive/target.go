package drive

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	rightvoice "github.com/rightvoice/rightvoice/clients/go"
	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

// Options say how to reach a server. The zero value is good for one on this
// machine.
type Options struct {
	Token       string        // bearer token; empty sends none
	Timeout     time.Duration // of a request; 5 s if zero
	Connections int           // that REST keeps; 64 if zero
	AllowRemote bool          // the address may be another machine's; over TLS then
}

// maxAnswer is more than any answer has.
const maxAnswer = 16 << 20

// GRPC reaches a server at host:port.
func GRPC(ctx context.Context, address string, o Options) (*Provider, error) {
	host, err := hostOf(address)
	if err != nil || strings.Contains(address, "://") {
		return nil, errors.New("a gRPC address is host:port")
	}
	if err := local(ctx, host); err != nil && !o.AllowRemote {
		return nil, err
	}
	c := rightvoice.Options{Address: address, Timeout: o.timeout(), Attempts: 1, UserAgent: "rightvoice-drive"}
	if o.Token != "" {
		c.Token = func(context.Context) (string, error) { return o.Token, nil }
	}
	client, err := rightvoice.Dial(c)
	return &Provider{client}, err
}

// Provider asks as a provider's app does, over gRPC.
type Provider struct{ *rightvoice.Client }

// Ready makes a request of a message, to be sent any number of times.
func (p *Provider) Ready(m *pb.RecommendRequest) (Request, error) {
	return func(ctx context.Context) error {
		_, err := p.Recommend(ctx, m)
		return err
	}, nil
}

// Request is one request, ready to be sent.
type Request func(ctx context.Context) error

// REST reaches a server at http://host:port.
func REST(ctx context.Context, address string, o Options) (*Portal, error) {
	host, err := hostOf(address)
	if err != nil || !strings.Contains(address, "://") {
		return nil, errors.New("a REST address is http://host:port or https://host:port")
	}
	switch err := local(ctx, host); {
	case err != nil && !o.AllowRemote:
		return nil, err
	case err != nil && o.Token != "" && !strings.HasPrefix(address, "https://"):
		return nil, errors.New("a token would cross the network in plain text")
	}
	keep := o.Connections
	if keep == 0 {
		keep = 64
	}
	return &Portal{base: strings.TrimSuffix(address, "/"), token: o.Token, http: &http.Client{
		Timeout:   o.timeout(),
		Transport: &http.Transport{MaxIdleConns: keep, MaxIdleConnsPerHost: keep, DisableCompression: true}, // Proxy is nil: no detour
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse // it could lead to another machine
		},
	}}, nil
}

func (o Options) timeout() time.Duration {
	if o.Timeout > 0 {
		return o.Timeout
	}
	return 5 * time.Second
}

// Portal asks as a portal does, over REST.
type Portal struct {
	base, token string
	http        *http.Client
}

// Close ends the connections.
func (p *Portal) Close() error {
	p.http.CloseIdleConnections()
	return nil
}

// Ready makes a request of a message, to be sent any number of times.
func (p *Portal) Ready(m *pb.RecommendRequest) (Request, error) {
	body, err := protojson.Marshal(m)
	return func(ctx context.Context) error {
		_, err := p.post(ctx, "/v1/recommendations", body)
		return err
	}, err
}

// Recommend asks one question.
func (p *Portal) Recommend(ctx context.Context, m *pb.RecommendRequest) (*pb.Decision, error) {
	out := &pb.Decision{}
	return out, p.call(ctx, "/v1/recommendations", m, out)
}

// RecordFacts tells what a feed knows.
func (p *Portal) RecordFacts(ctx context.Context, m *pb.RecordFactsRequest) (*pb.RecordFactsResponse, error) {
	out := &pb.RecordFactsResponse{}
	return out, p.call(ctx, "/v1/members:recordFacts", m, out)
}

func (p *Portal) call(ctx context.Context, path string, in, out proto.Message) error {
	body, err := protojson.Marshal(in)
	if err != nil {
		return err
	}
	text, err := p.post(ctx, path, body)
	if err != nil {
		return err
	}
	return protojson.Unmarshal(text, out)
}

// StatusError is an HTTP status that is no success.
type StatusError int

func (e StatusError) Error() string { return fmt.Sprintf("HTTP %d", int(e)) }

func (p *Portal) post(ctx context.Context, path string, body []byte) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, p.base+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	if p.token != "" {
		r.Header.Set("Authorization", "Bearer "+p.token)
	}
	answer, err := p.http.Do(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer))
	if err == nil && answer.StatusCode != http.StatusOK {
		err = StatusError(answer.StatusCode)
	}
	return text, err
}

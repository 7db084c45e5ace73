package rightvoice

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/keepalive"

	rightvoicev1 "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

// What a zero Options stands for.
const (
	DefaultAddress   = "127.0.0.1:9090"
	DefaultTimeout   = 5 * time.Second
	DefaultAttempts  = 4
	DefaultKeepalive = 30 * time.Second
	DefaultWindow    = 500
)

// Options says how to reach the service. The zero value reaches one that runs
// on this machine with its defaults.
type Options struct {
	// Address is host:port of the gRPC listener; DefaultAddress if empty.
	Address string

	// TLS is used as it is. If nil, an address on this machine is reached in
	// plain text and any other with TLS and the system's roots.
	TLS *tls.Config

	// Plaintext allows an address on another machine without TLS, for networks
	// that encrypt by other means. It conflicts with TLS and with Token.
	Plaintext bool

	// Token returns the bearer token to send, and is asked for every call; it
	// should keep the token until it is about to expire. Nil sends none.
	Token func(context.Context) (string, error)

	// Timeout bounds a call, retries included, whose context has no deadline;
	// DefaultTimeout if zero. Streams are bounded by their context alone.
	Timeout time.Duration

	// Attempts is how often a call is tried in all while the service is
	// unavailable, from 1 (never again) to 5; DefaultAttempts if zero. Every call
	// may be repeated safely. A stream reconnects as often without an answer in
	// between.
	Attempts int

	// Keepalive is how long a connection with calls under way may be silent
	// before it is probed; DefaultKeepalive if zero, at least 10 s. A probe that
	// is not answered within a third of it ends the connection.
	Keepalive time.Duration

	// Window is how many requests of a stream may wait for their answers;
	// DefaultWindow if zero.
	Window int

	// UserAgent names the caller in the service's logs, as in "cardiology-app/2.1".
	UserAgent string

	// DialOptions are added last, for interceptors and tracing.
	DialOptions []grpc.DialOption
}

// Client calls one rightvoice service. It is safe for concurrent use.
type Client struct {
	conn    *grpc.ClientConn
	api     rightvoicev1.RecommendationServiceClient
	members rightvoicev1.MemberServiceClient
	rules   rightvoicev1.RuleServiceClient
	opts    Options
}

// Dial prepares a Client. It connects at the first call, so it fails only for
// options that cannot work.
func Dial(o Options) (*Client, error) {
	o = o.withDefaults()
	if err := o.validate(); err != nil {
		return nil, fmt.Errorf("rightvoice: %w", err)
	}
	conn, err := grpc.NewClient(o.Address, append(o.dialOptions(), o.DialOptions...)...)
	if err != nil {
		return nil, fmt.Errorf("rightvoice: %w", err)
	}
	return &Client{conn: conn, api: rightvoicev1.NewRecommendationServiceClient(conn), members: rightvoicev1.NewMemberServiceClient(conn),
		rules: rightvoicev1.NewRuleServiceClient(conn), opts: o}, nil
}

// Close ends the connection; calls under way fail.
func (c *Client) Close() error { return c.conn.Close() }

func (o Options) withDefaults() Options {
	o.Address = cmp.Or(o.Address, DefaultAddress)
	o.Timeout = cmp.Or(o.Timeout, DefaultTimeout)
	o.Attempts = cmp.Or(o.Attempts, DefaultAttempts)
	o.Keepalive = cmp.Or(o.Keepalive, DefaultKeepalive)
	o.Window = cmp.Or(o.Window, DefaultWindow)
	return o
}

func (o Options) validate() error {
	switch {
	case o.Timeout < 0:
		return errors.New("Timeout is negative")
	case o.Attempts < 1 || o.Attempts > 5:
		return errors.New("Attempts is not within 1 to 5")
	case o.Keepalive < 10*time.Second:
		return errors.New("Keepalive is below 10 s, which servers take for abuse")
	case o.Window < 1:
		return errors.New("Window is negative")
	case o.Plaintext && o.TLS != nil:
		return errors.New("Plaintext and TLS are both set")
	case o.Plaintext && o.Token != nil && !onThisMachine(o.Address):
		return errors.New("a Token would cross the network in Plaintext")
	}
	return nil
}

func (o Options) dialOptions() []grpc.DialOption {
	dial := []grpc.DialOption{
		grpc.WithTransportCredentials(o.transport()),
		grpc.WithDefaultServiceConfig(o.serviceConfig()),
		grpc.WithKeepaliveParams(keepalive.ClientParameters{Time: o.Keepalive, Timeout: o.Keepalive / 3}),
		// Lower than gRPC's own two minutes: a portal page does not wait that long.
		grpc.WithConnectParams(connectParams),
		grpc.WithUserAgent(o.userAgent()),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(maxAnswer)),
	}
	if o.Token != nil {
		dial = append(dial, grpc.WithPerRPCCredentials(bearer{o.Token, !onThisMachine(o.Address)}))
	}
	return dial
}

// maxAnswer is the largest answer: what became of 10,000 events, each with an
// error of its own, is more than gRPC's usual 4 MiB.
const maxAnswer = 64 << 20

func (o Options) userAgent() string {
	if o.UserAgent == "" {
		return "rightvoice-go"
	}
	return o.UserAgent + " rightvoice-go"
}

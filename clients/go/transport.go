package rightvoice

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/backoff"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"

	rightvoicev1 "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

var connectParams = grpc.ConnectParams{
	Backoff:           backoff.Config{BaseDelay: 50 * time.Millisecond, Multiplier: 1.6, Jitter: 0.2, MaxDelay: 5 * time.Second},
	MinConnectTimeout: 2 * time.Second,
}

// serviceConfig makes gRPC repeat calls while the service is unavailable. All
// of them may be: asking again gives the same answer, feedback counts once, and
// facts told twice are the same facts.
// Of the calls that change rules only those are repeated that carry an id.
// Streams are repeated by RecommendAll, which knows what was answered.
func (o Options) serviceConfig() string {
	const form = `{"methodConfig": [{
		"name": [{"service": %q}, {"service": %q}, %s],
		"retryPolicy": {
			"maxAttempts": %d,
			"initialBackoff": "0.05s", "maxBackoff": "1s", "backoffMultiplier": 2,
			"retryableStatusCodes": ["UNAVAILABLE"]
		}}, {
		"name": [{"service": %[1]q, "method": "StreamRecommend"}]
	}]}`
	if o.Attempts == 1 {
		return `{}`
	}
	var rules []string
	for _, method := range []string{"ListDrafts", "GetDraft", "CreateDraft", "EditDraft", "CheckDraft", "PublishDraft", "RollBack"} {
		rules = append(rules, fmt.Sprintf(`{"service": %q, "method": %q}`, rightvoicev1.RuleService_ServiceDesc.ServiceName, method))
	}
	return fmt.Sprintf(form, rightvoicev1.RecommendationService_ServiceDesc.ServiceName, rightvoicev1.MemberService_ServiceDesc.ServiceName,
		strings.Join(rules, ", "), o.Attempts)
}

func (o Options) transport() credentials.TransportCredentials {
	switch {
	case o.TLS != nil:
		return credentials.NewTLS(o.TLS)
	case o.Plaintext || onThisMachine(o.Address):
		return insecure.NewCredentials()
	default:
		return credentials.NewTLS(&tls.Config{MinVersion: tls.VersionTLS12})
	}
}

// onThisMachine reports whether address cannot lead to another machine.
func onThisMachine(address string) bool {
	if strings.HasPrefix(address, "unix:") {
		return true
	}
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	return host == "localhost" || net.ParseIP(host).IsLoopback()
}

// bearer sends a token with every call.
type bearer struct {
	token  func(context.Context) (string, error)
	secure bool
}

func (b bearer) GetRequestMetadata(ctx context.Context, _ ...string) (map[string]string, error) {
	token, err := b.token(ctx)
	if err != nil {
		return nil, err
	}
	return map[string]string{"authorization": "Bearer " + token}, nil
}

func (b bearer) RequireTransportSecurity() bool { return b.secure }

module github.com/rightvoice/rightvoice

go 1.26.0

require (
	buf.build/gen/go/bufbuild/protovalidate/protocolbuffers/go v1.36.12-20260825204119-511051f7f437.1 // the messages of protovalidate
	buf.build/go/protovalidate v1.4.0 // checks requests by the rules written in the proto
	github.com/anishathalye/porcupine v1.3.1 // tests: is a history of publishes linearizable
	github.com/coreos/go-oidc/v3 v3.21.0 // finds and refreshes the keys of identity providers
	github.com/go-jose/go-jose/v4 v4.1.8 // verifies signed tokens
	github.com/google/go-cmp v0.7.0 // tests: shows what differs
	github.com/google/uuid v1.6.0 // decision ids by UUIDv7
	github.com/grpc-ecosystem/grpc-gateway/v2 v2.32.0 // REST and OpenAPI from the proto
	github.com/maypok86/otter/v2 v2.4.0 // the embedded store: bounded, with times to live
	github.com/peterbourgon/ff/v3 v3.4.0 // settings from flags, environment and files alike
	github.com/prometheus/client_golang v1.25.0 // metrics
	github.com/redis/go-redis/v9 v9.23.0 // Redis, with Sentinel and Cluster
	go.opentelemetry.io/otel v1.47.0 // traces
	go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc v1.47.0 // sends them
	go.opentelemetry.io/otel/sdk v1.47.0 // samples and batches them
	go.opentelemetry.io/otel/trace v1.47.0 // their spans
	go.opentelemetry.io/proto/otlp v1.11.0 // tests: a collector that reads what is sent
	go.yaml.in/yaml/v3 v3.0.6 // YAML with the place of every node
	golang.org/x/sync v0.24.0 // groups of goroutines that end together
	golang.org/x/text v0.43.0 // Unicode forms and language tags
	google.golang.org/genproto/googleapis/api v0.0.0-20261012220534-4341edf3f941 // HTTP annotations
	google.golang.org/genproto/googleapis/rpc v0.0.0-20261005182115-fad411399dd8 // error details
	google.golang.org/grpc v1.85.0 // gRPC
	google.golang.org/protobuf v1.36.12 // protobuf and its JSON
)

require (
	cel.dev/cel-go v0.32.0 // indirect
	cel.dev/expr v0.25.3 // indirect
	github.com/antlr4-go/antlr/v4 v4.13.1 // indirect
	github.com/beorn7/perks v1.0.1 // indirect
	github.com/cenkalti/backoff/v5 v5.0.3 // indirect
	github.com/cespare/xxhash/v2 v2.3.0 // indirect
	github.com/go-logr/logr v1.4.4 // indirect
	github.com/go-logr/stdr v1.2.2 // indirect
	github.com/munnerz/goautoneg v0.0.0-20191010083416-a7dc8b61c822 // indirect
	github.com/prometheus/client_model v0.6.3 // indirect
	github.com/prometheus/common v0.72.0 // indirect
	github.com/prometheus/procfs v0.22.0 // indirect
	go.opentelemetry.io/auto/sdk v1.2.1 // indirect
	go.opentelemetry.io/otel/exporters/otlp/otlptrace v1.47.0 // indirect
	go.opentelemetry.io/otel/log v1.47.0 // indirect
	go.opentelemetry.io/otel/metric v1.47.0 // indirect
	go.uber.org/atomic v1.12.0 // indirect
	golang.org/x/exp v0.0.0-20261014143641-f0251eb4aa3e // indirect
	golang.org/x/net v0.61.0 // indirect
	golang.org/x/oauth2 v0.37.0 // indirect
	golang.org/x/sys v0.49.0 // indirect
)

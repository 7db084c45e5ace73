// Package restapi serves the API as JSON over HTTP.
//
// In: HTTP requests. Out: what the gRPC methods answer, as protojson prints it,
// or a google.rpc.Status with an HTTP code that fits. grpc-gateway does the
// mapping that the .proto files describe; it calls the service in process,
// through the same chain of interceptors that gRPC runs, so that both ways in
// have the same limits, checks and counts.
//
// The gateway's defaults are too kind for this API: it drops fields and query
// keys it does not know, lets any caller set gRPC metadata and override the
// method, and repeats what was sent in its errors. All that is closed here. An
// answer holds nothing that was sent but the names of fields.
package restapi

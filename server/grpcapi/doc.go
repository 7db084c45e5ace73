// Package grpcapi serves the API over gRPC, and holds the chain of interceptors
// that REST runs through as well.
//
// In: messages of proto/rightvoice/v1. Out: answers, or a google.rpc.Status
// with a stable reason and the fields to blame. A method translates, calls and
// translates; everything else is in the chain, in this order:
//
//	observe   recovers from panics, counts, traces, logs what is our fault, and turns errors into statuses
//	guard     asks who is calling, refuses what is too much, sets the deadline
//	validate  applies the rules of the .proto files
//
// Nothing in an error, a log line, a metric or a trace is taken from a request.
package grpcapi

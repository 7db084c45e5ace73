// Package rightvoice is the Go client of the rightvoice service, for provider
// apps and for campaign runs: ask who should speak to a member now, about what,
// and with which words.
//
// In go the request messages of proto/rightvoice/v1; out come its decisions, or
// an *Error that tells by code and reason what to do next. The client adds what
// every caller needs and nothing else: a deadline for each call, retries while
// the service is away, keepalive, TLS unless the service is on this machine,
// and a stream that survives a restart of the server. Rules is for programs that
// change contents as people do in the Rules Studio: draft, check, prove, review,
// publish, watch.
//
// Dial once, share the Client between goroutines, Close it at the end.
package rightvoice

// Package e2e runs whole servers from outside: real listeners, real clients,
// and a real Redis that the tests start.
//
// In: the cases of the content, and the promises of the API. Out: the same
// answers over gRPC and REST as from the rules alone, and a clear error or a
// right answer whatever goes wrong. It holds tests only.
package e2e

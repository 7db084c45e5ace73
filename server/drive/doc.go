// Package drive asks running servers as their callers do: over REST as a portal,
// over gRPC as a provider's app. It also drives one with many requests and says
// how long they took.
//
// In: an address on this machine (others only if that is asked for), questions
// as cases write them, and for a load how many callers or which rate. Out:
// answers, or a Measured with requests a second and latencies.
//
// Load at a rate counts latency from the instant a request was due, not from
// when a caller was free to send it. A server that stalls is charged for every
// request it delays, also for those that were never sent (no coordinated
// omission).
package drive

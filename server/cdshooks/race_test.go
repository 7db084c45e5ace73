//go:build race

package cdshooks

// slowed is how much slower the race detector may make everything.
const slowed = 10

//go:build race

package decisionlog

// underRace tells tests that count allocations that the race detector is there.
const underRace = true

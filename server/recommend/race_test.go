//go:build race

package recommend

// underRace tells that the race detector is on, which allocates itself.
const underRace = true

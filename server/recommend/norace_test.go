//go:build !race

package recommend

const underRace = false

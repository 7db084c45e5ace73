//go:build !race

package decisionlog

const underRace = false

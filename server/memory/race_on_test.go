//go:build race

package memory

const race = true // pools forget on purpose

//go:build !race

package cdshooks

const slowed = 1

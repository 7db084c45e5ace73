package storetest

import (
	"context"
	"time"

	"github.com/rightvoice/rightvoice/server/memory"
)

// Claim claims for a member of whom nothing is stored.
func Claim(ctx context.Context, s Sharer, key memory.Key, fresh memory.Entry, ttl time.Duration) (memory.Entry, memory.Status, time.Duration) {
	got := s.Claim(ctx, memory.Claim{Key: key, Fresh: fresh, TTL: ttl})
	return got.Entry, got.Status, got.Age
}

// Replace replaces a decision, and reports whether it did.
func Replace(ctx context.Context, s Sharer, key memory.Key, e memory.Entry, ttl time.Duration) bool {
	return s.Claim(ctx, memory.Claim{Key: key, Fresh: e, TTL: ttl, Replace: true}).Status == memory.Miss
}

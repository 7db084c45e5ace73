package auth

import (
	"sync"
	"time"
)

// Rate is how many questions a tenant may ask.
type Rate struct {
	PerSecond float64 `yaml:"per_second,required"`
	Burst     float64 `yaml:"burst"` // at once, after a pause; 0 means those of two seconds
}

// maxBuckets bounds the tenants that are counted at once: somebody with rights
// in every tenant can name any.
const maxBuckets = 10_000

// limiter counts the questions of tenants.
type limiter struct {
	now   func() time.Time
	rates map[string]Rate // by tenant; AnyTenant for those that are not named

	mu      sync.Mutex
	buckets map[string]*bucket
}

// bucket fills at the rate of a tenant.
type bucket struct {
	rate Rate
	has  float64
	at   time.Time
}

func newLimiter(rates map[string]Rate, now func() time.Time) *limiter {
	return &limiter{now: now, rates: rates, buckets: map[string]*bucket{}}
}

// take takes n questions, or says how long to wait for them. More than fit into
// a bucket are let in when it is full, and paid for afterwards.
func (l *limiter) take(tenant string, n int) time.Duration {
	if l == nil || len(l.rates) == 0 {
		return 0
	}
	rate, ok := l.rates[tenant]
	if !ok {
		if rate, ok = l.rates[AnyTenant]; !ok {
			return 0
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	b := l.buckets[tenant]
	if b == nil {
		if len(l.buckets) >= maxBuckets {
			clear(l.buckets)
		}
		b = &bucket{rate: rate, has: rate.Burst, at: now}
		l.buckets[tenant] = b
	}
	b.has = min(rate.Burst, b.has+max(0, now.Sub(b.at).Seconds())*rate.PerSecond)
	b.at = now
	if need := min(float64(n), rate.Burst); b.has < need {
		return time.Duration((need - b.has) / rate.PerSecond * float64(time.Second))
	}
	b.has -= float64(n)
	return 0
}

package app

import (
	"sync"
	"time"
)

// denials bounds how many refusals of one caller go into the change log, each
// of which waits for a disk: somebody who is refused could otherwise fill it.
type denials struct {
	now func() time.Time

	mu    sync.Mutex
	since time.Time
	count map[string]int
}

const (
	deniedFor   = time.Minute
	maxDenied   = 100    // of one caller in that time
	maxDeniers  = 10_000 // callers that are told apart in that time
	deniedShort = "FURTHER_REFUSALS_NOT_RECORDED"
)

// take reports whether one more refusal of a caller is recorded, and whether it
// is the last one for now.
func (d *denials) take(caller string) (record, last bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	now := d.now()
	if d.count == nil || now.Sub(d.since) >= deniedFor || now.Before(d.since) {
		d.since, d.count = now, map[string]int{}
	}
	if _, known := d.count[caller]; !known && len(d.count) >= maxDeniers {
		return false, false
	}
	d.count[caller]++
	return d.count[caller] <= maxDenied, d.count[caller] == maxDenied
}

package member

import (
	"sync"
	"time"

	"github.com/rightvoice/rightvoice/server/memory"
)

// zones remembers the time zones that were asked for: loading one reads a file.
// There are a few hundred, and names that are none are not remembered.
type zones struct{ byName sync.Map }

// find loads a time zone by its IANA name; nil if there is none of that name.
func (z *zones) find(name string) *time.Location {
	if known, ok := z.byName.Load(name); ok {
		return known.(*time.Location)
	}
	if name == "" || name == "Local" {
		return nil
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return nil
	}
	z.byName.Store(name, loc)
	return loc
}

// of is the zone that was told last; nil if none was.
func (z *zones) of(stored []memory.StoredFact, now time.Time) *time.Location {
	var last *memory.StoredFact
	for i := range stored {
		f := &stored[i]
		if f.Name == memory.TimeZone && now.Before(f.Ends()) && (last == nil || f.AsOf.After(last.AsOf)) {
			last = f
		}
	}
	if last == nil {
		return nil
	}
	return z.find(last.Value.Text)
}

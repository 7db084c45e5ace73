package memory

import (
	"slices"
	"time"
)

// Contact is one item of advice that is shown to a member, or about to be. An item
// of a decision is one contact, however often it is told.
type Contact struct {
	Decision, Advice string
	Topic            string
	Sender           string
	Kind             string // ask, help or appreciation
	Channel          string // empty if nobody said
}

// Limit is how much a member may be shown in a rolling window. It counts the
// contacts that its fields fit, an empty one fitting all: messages, which are
// decisions of which something is shown, or, where Kind is named, items.
type Limit struct {
	Policy                       string
	Topic, Sender, Kind, Channel string
	Most                         int
	Window                       time.Duration
	PerHelpful                   int // where Kind is named: so many more for each 100 items of the sender of another kind
}

// Hold asks for a place for contacts: until they are shown, or its end, they count
// as if they had been. Of each, all limits must allow it.
type Hold struct {
	Tenant, Member string
	Contacts       []Bounded
	Until          time.Time
	Keep           time.Duration // how long what was shown is kept: the longest window
}

// Bounded is a contact and the limits that it must keep to.
type Bounded struct {
	Contact
	Limits []Limit
}

// Place is the answer on one contact: it has a place, or the limit that is reached,
// and when that limit leaves room again.
type Place struct {
	Limit   string // the policy of the limit; empty if there is a place
	RetryAt time.Time
}

// Contacted tells that contacts of one decision were shown.
type Contacted struct {
	Tenant, Decision string
	Contacts         []Bounded
	At               time.Time
	Keep             time.Duration
}

// Counted is what became of Contacted.
type Counted struct {
	First int      // contacts that had not been told before
	Over  []string // policies of the limits that are exceeded now
}

// Ledger is what one member was shown and is about to be shown, in order of
// nothing. It is a value: its methods return another one. It is the meaning that
// the script of the Redis store has to have, and what the embedded store keeps.
type Ledger struct {
	entries []entry
}

// entry is one contact of the ledger.
type entry struct {
	Contact
	shown bool
	at    time.Time // when it was shown; of a place, when it ends
}

// maxEntries bounds a ledger; the oldest go.
const maxEntries = 4096

// Hold gives places to as many contacts as the limits allow, one after the other.
func (l Ledger) Hold(h *Hold, now time.Time) (Ledger, []Place) {
	l = l.current(now, h.Keep)
	out := make([]Place, len(h.Contacts))
	for i := range h.Contacts {
		c := &h.Contacts[i]
		if out[i] = l.place(c, now); out[i].Limit != "" {
			continue
		}
		at := l.find(&c.Contact)
		if at < 0 {
			l.entries = append(l.entries, entry{Contact: c.Contact, at: h.Until})
		} else if e := l.entries[at]; !e.shown && e.at.Before(h.Until) {
			l.entries[at] = entry{Contact: c.Contact, at: h.Until}
		}
	}
	return l, out
}

// Show counts contacts that were shown.
func (l Ledger) Show(c *Contacted, now time.Time) (Ledger, Counted) {
	l = l.current(now, c.Keep)
	var out Counted
	for i := range c.Contacts {
		b := &c.Contacts[i]
		at := l.find(&b.Contact)
		switch {
		case at < 0:
			l.entries = append(l.entries, entry{b.Contact, true, c.At})
		case l.entries[at].shown:
			continue
		default:
			// The channel is known better now than when the place was asked for.
			l.entries[at] = entry{b.Contact, true, c.At}
		}
		out.First++
		for j := range b.Limits {
			if limit := &b.Limits[j]; l.exceeded(limit, now) && !slices.Contains(out.Over, limit.Policy) {
				out.Over = append(out.Over, limit.Policy)
			}
		}
	}
	if n := len(l.entries); n > maxEntries {
		slices.SortFunc(l.entries, func(a, b entry) int { return a.at.Compare(b.at) })
		l.entries = slices.Clone(l.entries[n-maxEntries:])
	}
	return l, out
}

// current is a copy without what no limit can count any more.
func (l Ledger) current(now time.Time, keep time.Duration) Ledger {
	out := Ledger{make([]entry, 0, len(l.entries)+4)}
	for _, e := range l.entries {
		if e.leaves(keep).After(now) {
			out.entries = append(out.entries, e)
		}
	}
	return out
}

func (e *entry) leaves(window time.Duration) time.Time {
	if e.shown {
		return e.at.Add(window)
	}
	return e.at
}

func (l Ledger) find(c *Contact) int {
	return slices.IndexFunc(l.entries, func(e entry) bool { return e.Decision == c.Decision && e.Advice == c.Advice })
}

// place is whether all limits allow a contact; of those that do not, the one that
// lasts longest.
func (l Ledger) place(b *Bounded, now time.Time) Place {
	var out Place
	for i := range b.Limits {
		limit := &b.Limits[i]
		retry, full := l.full(limit, &b.Contact, now)
		if full && (out.Limit == "" || !out.RetryAt.IsZero() && (retry.IsZero() || retry.After(out.RetryAt))) {
			out = Place{limit.Policy, retry}
		}
	}
	return out
}

// full reports whether a limit leaves no room for a contact, and when it will.
func (l Ledger) full(limit *Limit, c *Contact, now time.Time) (retry time.Time, full bool) {
	if limit.Kind == "" {
		leaving := l.messages(limit, c.Decision, now)
		if len(leaving) < limit.Most {
			return time.Time{}, false
		}
		return leaving[len(leaving)-limit.Most], true
	}
	asks, helpful := l.items(limit, c, now)
	room := func(at time.Time) bool {
		n := 1
		for _, t := range asks {
			if t.After(at) {
				n++
			}
		}
		more := 0
		for _, t := range helpful {
			if t.After(at) {
				more++
			}
		}
		return n <= limit.Most+more*limit.PerHelpful/100
	}
	if room(now) {
		return time.Time{}, false
	}
	for _, at := range asks {
		if room(at) {
			return at, true
		}
	}
	return time.Time{}, true
}

// messages are when the messages that a limit counts leave its window, in order;
// those of the decision except are left out.
func (l Ledger) messages(limit *Limit, except string, now time.Time) []time.Time {
	type message struct {
		decision string
		leaves   time.Time
	}
	var last []message
	for i := range l.entries {
		e := &l.entries[i]
		at := e.leaves(limit.Window)
		if e.Decision == except || !limit.fits(&e.Contact) || !at.After(now) {
			continue
		}
		n := slices.IndexFunc(last, func(m message) bool { return m.decision == e.Decision })
		if n < 0 {
			last = append(last, message{e.Decision, at})
		} else if at.After(last[n].leaves) {
			last[n].leaves = at
		}
	}
	if last == nil {
		return nil
	}
	out := make([]time.Time, len(last))
	for i, m := range last {
		out[i] = m.leaves
	}
	slices.SortFunc(out, time.Time.Compare)
	return out
}

// items are when the items that a limit counts leave its window, but for one, and
// those shown of other kinds.
func (l Ledger) items(limit *Limit, except *Contact, now time.Time) (asks, helpful []time.Time) {
	others := *limit
	others.Kind = ""
	for i := range l.entries {
		e := &l.entries[i]
		at := e.leaves(limit.Window)
		switch {
		case !at.After(now) || !others.fits(&e.Contact):
		case e.Kind != limit.Kind:
			if e.shown {
				helpful = append(helpful, at)
			}
		case except == nil || e.Decision != except.Decision || e.Advice != except.Advice:
			asks = append(asks, at)
		}
	}
	slices.SortFunc(asks, time.Time.Compare)
	return asks, helpful
}

// exceeded reports whether more was shown than a limit allows.
func (l Ledger) exceeded(limit *Limit, now time.Time) bool {
	shown := Ledger{slices.DeleteFunc(slices.Clone(l.entries), func(e entry) bool { return !e.shown })}
	if limit.Kind == "" {
		return len(shown.messages(limit, "", now)) > limit.Most
	}
	asks, helpful := shown.items(limit, nil, now)
	return len(asks) > limit.Most+len(helpful)*limit.PerHelpful/100
}

func (limit *Limit) fits(c *Contact) bool {
	is := func(want, got string) bool { return want == "" || want == got }
	return is(limit.Topic, c.Topic) && is(limit.Sender, c.Sender) && is(limit.Kind, c.Kind) && is(limit.Channel, c.Channel)
}

// Left is how long the ledger counts for.
func (l Ledger) Left(now time.Time, keep time.Duration) time.Duration {
	var longest time.Duration
	for i := range l.entries {
		longest = max(longest, l.entries[i].leaves(keep).Sub(now))
	}
	return longest
}

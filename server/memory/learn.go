package memory

import (
	"bytes"
	"cmp"
	"slices"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
)

// consents are the facts that say what a member agreed to.
var consents = func() map[string]bool {
	out := map[string]bool{}
	for _, d := range fact.Builtin() {
		if d.Group == "consent" && d.MaxAge == fact.Live {
			out[d.Name] = true
		}
	}
	return out
}()

// IsConsent reports whether a fact says what a member agreed to. Such facts are
// read for every decision, and a withdrawal lasts whatever max age it came with.
func IsConsent(name string) bool { return consents[name] }

// Learn adds news to what is stored. It keeps the newest word of every source on
// every fact, by as-of. Of words for one moment their content decides and never
// their arrival, so that the order in which news comes, and how often, makes no
// difference: a source that corrects itself says so by a later as-of. Of consents
// told for one moment every version is kept: which counts is the reader's rule.
// What has ended is dropped.
func Learn(stored, news []StoredFact, now time.Time) []StoredFact {
	all := make([]StoredFact, 0, len(stored)+len(news))
	all = append(all, stored...)
	for _, f := range news {
		all = append(all, f.normal())
	}
	all = slices.DeleteFunc(all, func(f StoredFact) bool { return !now.Before(f.Ends()) })
	order := newOrder(all)
	slices.SortFunc(order, func(a, b ranked) int { return cmp.Or(compareSlot(a.StoredFact, b.StoredFact), b.compare(&a)) })
	kept := newestOfFact(notReplaced(newestOfSource(order)))
	if len(kept) > MaxStored {
		slices.SortFunc(kept, func(a, b ranked) int { return cmp.Or(b.compare(&a), compareSlot(a.StoredFact, b.StoredFact)) })
		kept = kept[:MaxStored]
		slices.SortFunc(kept, func(a, b ranked) int { return cmp.Or(compareSlot(a.StoredFact, b.StoredFact), b.compare(&a)) })
	}
	out := make([]StoredFact, len(kept))
	for i := range kept {
		out[i] = *kept[i].StoredFact
	}
	return out
}

// ranked is a fact and the encoding of its value, which breaks ties.
type ranked struct {
	*StoredFact
	bytes []byte
}

func newOrder(all []StoredFact) []ranked {
	out := make([]ranked, len(all))
	for i := range all {
		out[i] = ranked{&all[i], all[i].Value.appendTo(nil)}
	}
	return out
}

// compare is positive if r is the newer word. Of one moment it is that of the
// side that usually holds the fact, then what takes back, as readers have it. Of
// equal words the one told first stays: a repeat is no news.
func (r *ranked) compare(o *ranked) int {
	if c := r.AsOf.Compare(o.AsOf); c != 0 {
		return c
	}
	return cmp.Or(
		r.held()-o.held(),
		r.nothing()-o.nothing(),
		cmp.Compare(o.Source, r.Source),
		bytes.Compare(r.bytes, o.bytes),
		cmp.Compare(r.MaxAge, o.MaxAge),
		cmp.Compare(o.Side, r.Side),
		o.ToldAt.Compare(r.ToldAt),
	)
}

// holders are the sides that usually hold the built-in facts; both is none.
var holders = func() map[string]string {
	out := map[string]string{}
	for _, d := range fact.Builtin() {
		switch d.Holder {
		case fact.HeldByProvider:
			out[d.Name] = "provider"
		case fact.HeldByPayer:
			out[d.Name] = "insurer"
		}
	}
	return out
}()

// held is 1 for a word of the side that usually holds the fact.
func (r *ranked) held() int {
	if side := holders[r.Name]; side != "" && (r.Side == side || r.Side == "integrated") {
		return 1
	}
	return 0
}

func (r *ranked) nothing() int {
	if r.Value.Kind == NothingKind {
		return 1
	}
	return 0
}

func compareSlot(a, b *StoredFact) int {
	return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Topic, b.Topic), cmp.Compare(a.Source, b.Source))
}

// newestOfSource keeps the first of every slot, and of consents those of the
// same moment that say something else. The list is in order of slots, newest
// first.
func newestOfSource(list []ranked) []ranked {
	var out []ranked
	for i, f := range list {
		first := i == 0 || compareSlot(list[i-1].StoredFact, f.StoredFact) != 0
		if first || IsConsent(f.Name) && f.says(out) {
			out = append(out, f)
		}
	}
	return out
}

// notReplaced drops the parts that a newer word of the same source on the whole
// takes back. The list is in order of slots, so that the whole comes first.
func notReplaced(list []ranked) []ranked {
	type of struct{ name, source string }
	var since map[of]time.Time
	return slices.DeleteFunc(list, func(f ranked) bool {
		if f.Replaces() {
			if since == nil {
				since = map[of]time.Time{}
			}
			since[of{f.Name, f.Source}] = f.AsOf
		}
		return f.Topic != "" && gathered(f.Name) && f.AsOf.Before(since[of{f.Name, f.Source}])
	})
}

// says reports whether f is of the same moment as the last of its slot in out
// and says what none of the same side does.
func (r *ranked) says(out []ranked) bool {
	for i := len(out) - 1; i >= 0 && compareSlot(out[i].StoredFact, r.StoredFact) == 0; i-- {
		if !out[i].AsOf.Equal(r.AsOf) || out[i].Side == r.Side && out[i].Value.equal(&r.Value) {
			return false
		}
	}
	return true
}

func (v *Value) equal(o *Value) bool {
	return v.Kind == o.Kind && v.Text == o.Text && v.Number == o.Number && v.Moment.Equal(o.Moment) && slices.Equal(v.List, o.List)
}

// newestOfFact keeps the newest words on each fact, at most MaxPerFact.
func newestOfFact(list []ranked) []ranked {
	var out []ranked
	for len(list) > 0 {
		n := 1
		for n < len(list) && list[n].Name == list[0].Name && list[n].Topic == list[0].Topic {
			n++
		}
		same := list[:n]
		if n > MaxPerFact {
			same = slices.Clone(same)
			slices.SortFunc(same, func(a, b ranked) int { return cmp.Or(b.compare(&a), cmp.Compare(a.Source, b.Source)) })
			same = same[:MaxPerFact]
			slices.SortFunc(same, func(a, b ranked) int { return cmp.Or(compareSlot(a.StoredFact, b.StoredFact), b.compare(&a)) })
		}
		out, list = append(out, same...), list[n:]
	}
	return out
}

// normal is the fact as every reader sees it: times to the millisecond, lists in
// order, and withdrawals that last.
func (f StoredFact) normal() StoredFact {
	f.AsOf, f.ToldAt, f.Value.Moment = rounded(f.AsOf), rounded(f.ToldAt), rounded(f.Value.Moment)
	f.MaxAge = max(f.MaxAge.Truncate(time.Millisecond), time.Millisecond)
	if f.Value.Kind == ListKind {
		f.Value.List = slices.Compact(slices.Sorted(slices.Values(f.Value.List)))
	}
	if IsConsent(f.Name) && !partial(f.Name) && f.withdraws() {
		f.MaxAge = ConsentAge
	}
	return f
}

// withdraws reports whether a consent could be less than one before it.
func (f *StoredFact) withdraws() bool {
	switch v := &f.Value; v.Kind {
	case BoolKind:
		return (f.Name == "confidential_channel") == (v.Number == 1)
	case TextKind:
		return v.Text != "tpo" && v.Text != "specific"
	}
	return true
}

// Same reports whether two lists, as Learn gives them, are equal.
func Same(a, b []StoredFact) bool {
	return slices.EqualFunc(a, b, func(a, b StoredFact) bool { return bytes.Equal(appendFact(nil, &a), appendFact(nil, &b)) })
}

// Keep is how long a member's facts are kept: until the last one ends.
func Keep(facts []StoredFact, now time.Time) time.Duration {
	var longest time.Duration
	for i := range facts {
		longest = max(longest, facts[i].Ends().Sub(now))
	}
	return longest.Truncate(time.Millisecond)
}

// Package feedback counts what members and staff said about answers.
//
// In: events, each about one item of one decision, or about a decision's topic
// where it had no item. Out: how many of each kind were said about answers that
// have everything in common that is shown of them. An event of the same decision,
// topic, item and kind counts once, however often and in whatever order it comes.
//
// A Counter takes events without making anyone wait and hands them to a Store.
// What is counted names no member and no decision; stores keep marks made with a
// key to tell what they have counted, and how many members took part. When a
// member is forgotten these marks go and the counts stay, of which nobody can tell
// whose they were. One member fewer took part then: counts that were shown may be
// of too few members until another one takes part.
package feedback

import (
	"context"
	"encoding/binary"
	"errors"
	"time"
)

// Kind is what was said, or done with an item on trial.
type Kind uint8

const (
	Shown Kind = iota
	Accepted
	Dismissed
	Overridden
	WrongSender
	Offered  // an item on trial was part of an answer
	HeldBack // it would have been, but for the holdout
	Reported // a wrong sender, with the example in About
	Kinds    // how many there are
)

// About is what an event is about. Events that have it in common are counted
// together.
type About struct {
	Topic    string
	Advice   string // empty: the topic's answer as a whole
	Mindset  string
	Sender   string
	Rules    [2]string // that decided, by ruleset.Table
	Language string    // in which it was shown; empty if nobody said
	Revision string
	Variant  string // of the item's words, or Base; empty if it has none
	Holdout  string // the holdout that the answer is part of; empty for none
	Day      string // of Reported
	Example  string // of Reported: what rules could tell of the member, as YAML
}

// Event is one thing that was said.
type Event struct {
	Tenant   string
	Member   string // empty: each decision counts as another one's
	Decision string
	At       time.Time // names the month it is counted in
	Kind     Kind
	About    About
}

// Counted is how often it was said.
type Counted struct {
	About
	Counts [Kinds]int
	Who    []string // marks of different members, of those who said something; no more than MembersMost
}

// Base is the Variant of an item's own words where it has others.
const Base = "base"

// Held ends About.Holdout of answers that the holdout held back.
const Held = "/held"

// MembersMost is how many members are told apart for one About.
const MembersMost = 11

// Store keeps counts, by the month of events in UTC.
type Store interface {
	// Count adds events that it has not counted. Counting some again after an
	// error counts nothing twice.
	Count(ctx context.Context, events []Event) error
	// Read lists what was counted at a tenant in the month of a time.
	Read(ctx context.Context, tenant string, month time.Time) ([]Counted, error)
	// Forget deletes every mark of a member, as events name it. Of a member nobody
	// knows there is none. After an error some may be left: call it again.
	Forget(ctx context.Context, tenant, member string) error
}

// Keep is how long counts are kept after their month began.
const Keep = 420 * 24 * time.Hour

// Month names the month of a time: 2026-03.
func Month(t time.Time) string { return t.UTC().Format("2006-01") }

// Months names the months from that of one time to that of another.
func Months(from, until time.Time) []string {
	var out []string
	from = from.UTC()
	for first := time.Date(from.Year(), from.Month(), 1, 0, 0, 0, 0, time.UTC); !first.After(until); first = first.AddDate(0, 1, 0) {
		out = append(out, Month(first))
	}
	return out
}

// fields are the texts of an About, in order.
func (a *About) fields() [12]*string {
	return [...]*string{&a.Topic, &a.Advice, &a.Mindset, &a.Sender, &a.Rules[0], &a.Rules[1], &a.Language, &a.Revision, &a.Variant, &a.Holdout, &a.Day, &a.Example}
}

// version begins what AppendBinary writes.
const version = 1

// AppendBinary appends an About with the length of each text before it, so that
// no two are written the same.
func (a About) AppendBinary(dst []byte) ([]byte, error) {
	dst = append(dst, version)
	for _, f := range a.fields() {
		dst = binary.AppendUvarint(dst, uint64(len(*f)))
		dst = append(dst, *f...)
	}
	return dst, nil
}

var errDamaged = errors.New("feedback: not the description of a count")

// UnmarshalBinary reads what AppendBinary wrote, and nothing else.
func (a *About) UnmarshalBinary(b []byte) error {
	if len(b) == 0 || b[0] != version {
		return errDamaged
	}
	b = b[1:]
	for _, f := range a.fields() {
		n, size := binary.Uvarint(b)
		if size <= 0 || n > uint64(len(b)-size) || size > 1 && b[size-1] == 0 {
			return errDamaged
		}
		*f, b = string(b[size:size+int(n)]), b[size+int(n):]
	}
	if len(b) > 0 {
		return errDamaged
	}
	return nil
}

// Mark is what makes an event the same as another one, as bytes to be hashed.
func (e *Event) Mark() []byte {
	out := []byte{byte(e.Kind)}
	for _, f := range []string{e.Tenant, e.Decision, e.About.Topic, e.About.Advice} {
		out = binary.AppendUvarint(out, uint64(len(f)))
		out = append(out, f...)
	}
	return out
}

// Who is whose event it is, as bytes to be hashed.
func (e *Event) Who() []byte {
	if e.Member == "" {
		return who(e.Tenant, 'd', e.Decision)
	}
	return Who(e.Tenant, e.Member)
}

// Who is a member that events name, as bytes to be hashed.
func Who(tenant, member string) []byte { return who(tenant, 'm', member) }

func who(tenant string, kind byte, name string) []byte {
	out := binary.AppendUvarint(nil, uint64(len(tenant)))
	out = append(out, tenant...)
	return append(append(out, kind), name...)
}

package memory

import (
	"fmt"
	"slices"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
)

// StoredFact is one thing that a source told about a member. It names all by
// words, so that it can be read without the revision under which it was told.
type StoredFact struct {
	Name   string // of the fact, as the catalogue spells it, or TimeZone
	Topic  string // the part of the fact that is told, where it has parts; empty for the whole
	Value  Value
	Source string // name of the feed, portal or app that told it
	Side   string // insurer, provider, integrated or member: who told it
	AsOf   time.Time
	ToldAt time.Time
	MaxAge time.Duration // how long after AsOf it counts; ConsentAge at most
}

// TimeZone is the name under which a member's IANA time zone is kept. It is no
// fact of the catalogue: elapsed days and the local hour are counted by it.
const TimeZone = "time_zone"

const (
	// ConsentAge is how long consents, opt-outs and the time zone count unless
	// they are told again.
	ConsentAge = 6 * 365 * 24 * time.Hour

	// MaxSkew is how far ahead the clock of a source may be.
	MaxSkew = 5 * time.Minute

	// MaxPerFact is how many sources may tell one fact; the oldest words go.
	MaxPerFact = 8

	// MaxStored is how many facts a member can have; the oldest go.
	MaxStored = 1024
)

// ValueKind is the type of a Value.
type ValueKind uint8

const (
	NothingKind ValueKind = iota // told to be unknown: it takes back what was told before
	BoolKind
	TextKind
	ListKind
	NumberKind
	MomentKind
)

// Value is what was told. Which of the fields counts follows from Kind.
type Value struct {
	Kind   ValueKind
	Text   string    // a value of an enumeration
	List   []string  // values of a set
	Number int64     // in thousandths; 0 or 1 for a BoolKind
	Moment time.Time // of elapsed facts: the moment they count from
}

// Nothing takes back what was told before.
func Nothing() Value { return Value{} }

// Bool is yes or no.
func Bool(v bool) Value {
	if v {
		return Value{Kind: BoolKind, Number: 1}
	}
	return Value{Kind: BoolKind}
}

// Text is one value of an enumeration.
func Text(v string) Value { return Value{Kind: TextKind, Text: v} }

// List is values of a set, none of them being a value too.
func List(v ...string) Value { return Value{Kind: ListKind, List: v} }

// Number is a number in thousandths.
func Number(thousandths int64) Value { return Value{Kind: NumberKind, Number: thousandths} }

// Since is the moment that an elapsed fact counts from: hours_since_acute_care
// from the discharge, days_since_enrolment from the first day.
func Since(t time.Time) Value { return Value{Kind: MomentKind, Moment: t} }

// Ends is when the fact is no longer known.
func (f *StoredFact) Ends() time.Time { return f.AsOf.Add(f.MaxAge) }

// Choice is the view that a member chose, for one topic or for all.
type Choice struct {
	Topic  string // empty means all
	View   string // patient, consumer or auto; empty takes a choice back
	Source string
	Side   string
	At     time.Time
	Until  time.Time // zero means 30 days, which is also the most
}

// OptOut is the member's wish not to hear about a topic, or not by a channel.
type OptOut struct {
	Topic, Channel string // one of them
	Undo           bool   // the member wants to hear again
	Source         string
	Side           string
	At             time.Time
}

// Fact is the opt-out as it is stored: one value of opt_out_topics or of
// opt_out_channels, so that two told at once do not undo each other.
func (o OptOut) Fact() StoredFact {
	f := StoredFact{Name: optOutTopics, Topic: o.Topic, Value: Bool(!o.Undo), Source: o.Source, Side: o.Side, AsOf: o.At, ToldAt: o.At, MaxAge: ConsentAge}
	if o.Topic == "" {
		f.Name, f.Topic = optOutChannels, o.Channel
	}
	return f
}

const (
	choiceName     = "member_choice"
	choiceAge      = 30 * 24 * time.Hour
	optOutTopics   = "opt_out_topics"
	optOutChannels = "opt_out_channels"
)

// partial reports whether facts of this name may be told part by part: a choice
// for one topic, an opt-out or a condition by its value, and what decays by the
// day on which it ends ("2026-04-12").
func partial(name string) bool {
	return name == choiceName || name == optOutTopics || name == optOutChannels || gathered(name)
}

var (
	chronic  = fact.Builtin()[fact.ChronicDx].Name
	decaying = [...]string{fact.Builtin()[fact.AcuteDxActive].Name, fact.Builtin()[fact.InjuryDxRecent].Name, fact.Builtin()[fact.ChronicFlareRecent].Name}
)

// gathered reports whether parts of the fact add up, and a word on the whole
// replaces those before it.
func gathered(name string) bool { return name == chronic || slices.Contains(decaying[:], name) }

// Replaces reports whether the word takes back what the same source told of
// parts of the fact before: a list of conditions, that none of something is
// left, or that it is not known.
func (f *StoredFact) Replaces() bool {
	switch {
	case f.Topic != "" || !gathered(f.Name):
		return false
	case f.Name == chronic:
		return true
	}
	return f.Value.Kind == NothingKind || f.Value.Kind == BoolKind && f.Value.Number == 0
}

// Fact is the choice as it is stored.
func (c Choice) Fact() StoredFact {
	f := StoredFact{Name: choiceName, Topic: c.Topic, Source: c.Source, Side: c.Side, AsOf: c.At, ToldAt: c.At, MaxAge: choiceAge}
	if c.View == "" {
		return f
	}
	f.Value = Text(c.View)
	if !c.Until.IsZero() {
		f.MaxAge = min(f.MaxAge, c.Until.Sub(c.At))
	}
	return f
}

// Version names one state of what is stored about a member: every change makes
// a new one. The empty one means that nothing is stored.
type Version string

// Member is what is stored about a member. Readers share it: it is never
// changed.
type Member struct {
	Version Version
	Facts   []StoredFact // in order of name, topic, source
}

// State is the version of a member, be it nil.
func (m *Member) State() Version {
	if m == nil {
		return ""
	}
	return m.Version
}

// Told is news about one member.
type Told struct {
	Member string
	Facts  []StoredFact
}

// FactError says which of the facts told is refused, and why. Nothing of the
// call is stored then.
type FactError struct {
	Member, Fact int    // positions in what was told
	Field        string // name, topic, value, source, side, asOf, toldAt or maxAge
	Message      string // without any value that was told
}

func (e *FactError) Error() string { return fmt.Sprintf("%s: %s", e.Field, e.Message) }

// Limits of the words in a fact.
const (
	maxWord   = 128
	maxValues = 64
)

// Check reports what is wrong with the fact, its places left at 0; nil if it
// can be stored.
func (f *StoredFact) Check(now time.Time) *FactError {
	latest := now.Add(MaxSkew)
	switch {
	case f.Name == "" || len(f.Name) > maxWord:
		return &FactError{Field: "name", Message: "say which fact"}
	case len(f.Topic) > maxWord || f.Topic != "" && !partial(f.Name):
		return &FactError{Field: "topic", Message: "only a choice, an opt-out, a condition or what decays may be told by parts"}
	case f.Source == "" || len(f.Source) > maxWord:
		return &FactError{Field: "source", Message: "say which feed tells this, in at most 128 characters"}
	case f.Side != "insurer" && f.Side != "provider" && f.Side != "integrated" && f.Side != "member":
		return &FactError{Field: "side", Message: "must be insurer, provider, integrated or member"}
	case f.AsOf.IsZero() || f.AsOf.Year() < 1900:
		return &FactError{Field: "asOf", Message: "say when this was so"}
	case f.AsOf.After(latest):
		return &FactError{Field: "asOf", Message: "must not be in the future"}
	case f.ToldAt.IsZero() || f.ToldAt.After(latest):
		return &FactError{Field: "toldAt", Message: "must not be in the future"}
	case f.MaxAge <= 0 || f.MaxAge > ConsentAge:
		return &FactError{Field: "maxAge", Message: "must be more than nothing and at most six years"}
	}
	return f.Value.check(latest)
}

func (v *Value) check(latest time.Time) *FactError {
	bad := func(why string) *FactError { return &FactError{Field: "value", Message: why} }
	switch v.Kind {
	case NothingKind, NumberKind:
	case BoolKind:
		if v.Number != 0 && v.Number != 1 {
			return bad("must be true or false")
		}
	case TextKind:
		if v.Text == "" || len(v.Text) > maxWord {
			return bad("must be one value of the fact")
		}
	case ListKind:
		if len(v.List) > maxValues {
			return bad("has too many values")
		}
		for _, s := range v.List {
			if s == "" || len(s) > maxWord {
				return bad("must be values of the fact")
			}
		}
	case MomentKind:
		if v.Moment.IsZero() || v.Moment.Year() < 1900 || v.Moment.After(latest) {
			return bad("must be a moment that is over")
		}
	default:
		return bad("is of no known kind")
	}
	return nil
}

// CheckAll reports the first fact that can't be stored.
func CheckAll(told []Told, now time.Time) error {
	for i := range told {
		if told[i].Member == "" {
			return &FactError{Member: i, Field: "member", Message: "say which member"}
		}
		for j := range told[i].Facts {
			if err := told[i].Facts[j].Check(now); err != nil {
				err.Member, err.Fact = i, j
				return err
			}
		}
	}
	return nil
}

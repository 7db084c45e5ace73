package wire

import (
	"fmt"
	"strings"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/server/member"
	"github.com/rightvoice/rightvoice/server/recommend"
)

// Side is the side that speaks.
func Side(a pb.Asker) recommend.Asker { return asker(a) }

// Event reads what a feed tells about one member in the words of a revision. m
// must have passed the Validator. The error is Invalid.
func Event(m *pb.FactEvent, words *fact.Catalogue) (*member.Event, error) {
	r := reader{words: words}
	if m.Context != nil {
		r.context(m.Context)
	}
	if len(m.Attributes) > 0 {
		r.attributes(m.Attributes)
	}
	e := &member.Event{Member: m.MemberRef, Source: m.Source, AsOf: r.moment("asOf", m.AsOf), MaxAge: m.MaxAge.AsDuration(), Zone: m.TimeZone}
	if len(m.Diagnoses) > 0 {
		e.Diagnoses = r.diagnoses(m.Diagnoses)
	}
	r.storable()
	e.Retract = r.retract(m.Retract)
	e.Facts = r.facts
	return e, r.wrong.OrNil()
}

// storable refuses facts that come with a question only.
func (r *reader) storable() {
	for i := range r.words.Len() {
		id := fact.ID(i)
		if !r.facts.Known(id) {
			continue
		}
		if why := member.NotStored(r.words.Def(id)); why != "" {
			r.add("context."+camel(r.words.Def(id).Name), why)
		}
	}
}

// retract finds the facts to take back.
func (r *reader) retract(names []string) []fact.ID {
	var ids []fact.ID
	for n, name := range names {
		id, ok := r.words.Lookup(name)
		why := "names a fact that the event tells"
		if !ok || id >= fact.MaxFacts {
			why = "is no fact of the revision in force"
		} else if !r.facts.Known(id) {
			why = member.NotStored(r.words.Def(id))
		}
		if why != "" {
			r.add(fmt.Sprintf("retract[%d]", n), why)
			continue
		}
		ids = append(ids, id)
	}
	return ids
}

// moment reads a time; the zero one if there is none.
func (r *reader) moment(field string, t *timestamppb.Timestamp) time.Time {
	if t == nil {
		return time.Time{}
	}
	at := t.AsTime()
	if t.CheckValid() != nil || at.Before(firstNow) || at.After(lastNow) {
		r.add(field, "must be a time from 1970 to now")
	}
	return at
}

// Bundle reads what surrounds a FHIR bundle. The error is Invalid.
func Bundle(m *pb.ImportFhirRequest) (*member.Bundle, error) {
	var r reader
	b := &member.Bundle{Who: Asked(m), Source: m.Source, AsOf: r.moment("asOf", m.AsOf), JSON: m.Bundle}
	return b, r.wrong.OrNil()
}

// Choice reads a choice of a member. The error is Invalid.
func Choice(m *pb.SetChoiceRequest) (*member.Choice, error) {
	var r reader
	c := &member.Choice{Who: Asked(m), Source: m.Source, At: r.moment("asOf", m.AsOf)}
	switch change := m.Change.(type) {
	case *pb.SetChoiceRequest_View:
		c.View = &member.View{Topic: change.View.GetTopic(), Value: word(fact.MemberChoice, change.View.GetChoice()), For: change.View.GetExpiresIn().AsDuration()}
	case *pb.SetChoiceRequest_TopicOptOut:
		c.Topic = &member.OptOut{Value: change.TopicOptOut.GetTopic(), Out: change.TopicOptOut.GetOptedOut()}
	case *pb.SetChoiceRequest_ChannelOptOut:
		c.Channel = &member.OptOut{Value: word(fact.OptOutChannels, change.ChannelOptOut.GetChannel()), Out: change.ChannelOptOut.GetOptedOut()}
	case *pb.SetChoiceRequest_PreferredSender:
		p := change.PreferredSender
		c.View = &member.View{Topic: p.GetTopic(), Value: viewOf[p.GetSender()], For: p.GetExpiresIn().AsDuration()}
	case *pb.SetChoiceRequest_Reply:
		c.Reply = &member.Reply{Text: change.Reply.GetText(), Channel: word(fact.Channel, change.Reply.GetChannel())}
		change.Reply.Text = ""
	}
	return c, r.wrong.OrNil()
}

// viewOf is the view under which a side speaks wherever it may.
var viewOf = map[pb.Sender]string{pb.Sender_SENDER_PROVIDER: "patient", pb.Sender_SENDER_INSURER: "consumer"}

// asked is a message about one member.
type asked interface {
	GetTenant() string
	GetMemberRef() string
	GetAsker() pb.Asker
}

// Asked reads who asks about whom.
func Asked(m asked) member.Who {
	return member.Who{Tenant: m.GetTenant(), Member: m.GetMemberRef(), Side: asker(m.GetAsker())}
}

var builtin = fact.Builtin()

// word is a value of a closed vocabulary as the catalogue spells it; empty for
// none. Closed vocabularies stand in the order of the catalogue, one position on.
func word[E ~int32](id fact.ID, v E) string {
	if v < 1 || int(v) > len(builtin[id].Values) {
		return ""
	}
	return builtin[id].Values[v-1]
}

// position is the number in the API of a word of a closed vocabulary; 0 if it
// is none.
func position(id fact.ID, word string) int32 {
	for i, v := range builtin[id].Values {
		if strings.EqualFold(v, word) {
			return int32(i) + 1
		}
	}
	return 0
}

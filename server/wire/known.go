package wire

import (
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/server/member"
)

// Recorded writes what became of an event that was taken.
func Recorded(r *member.Recorded) *pb.RecordFactsResult {
	return &pb.RecordFactsResult{Result: &pb.RecordFactsResult_Recorded{Recorded: &pb.RecordedFacts{Facts: r.Facts, Older: r.Older}}}
}

// Imported writes what was read out of a bundle.
func Imported(i *member.Imported) *pb.ImportFhirResponse {
	m := &pb.ImportFhirResponse{IgnoredMore: int32(i.More)}
	for _, f := range i.Facts {
		m.Facts = append(m.Facts, &pb.ImportedFact{Name: f.Name, AsOf: timestamppb.New(f.AsOf), From: f.From, Older: f.Older})
	}
	for _, g := range i.Ignored {
		m.Ignored = append(m.Ignored, &pb.IgnoredResource{Resource: g.Resource, Field: g.Field, Code: g.Code})
	}
	return m
}

// Choices writes what a member chose.
func Choices(c *member.Choices) *pb.MemberChoices {
	m := &pb.MemberChoices{}
	for _, v := range c.Views {
		m.Views = append(m.Views, &pb.ChosenView{Topic: v.Topic, Choice: pb.MemberChoice(position(fact.MemberChoice, v.View)),
			Source: v.Source, ToldBy: pb.Asker(v.Side), SetAt: timestamppb.New(v.At), ExpiresAt: timestamppb.New(v.Until)})
	}
	for _, o := range c.Topics {
		m.OptOutTopics = append(m.OptOutTopics, o.Value)
		m.OptOuts = append(m.OptOuts, optOut(o.Value, 0, &o.Said))
	}
	for _, o := range c.Channels {
		channel := pb.OptOutChannel(position(fact.OptOutChannels, o.Value))
		m.OptOutChannels = append(m.OptOutChannels, channel)
		m.OptOuts = append(m.OptOuts, optOut("", channel, &o.Said))
	}
	return m
}

func optOut(topic string, channel pb.OptOutChannel, s *member.Said) *pb.ChosenOptOut {
	return &pb.ChosenOptOut{Topic: topic, Channel: channel, Source: s.Source, ToldBy: pb.Asker(s.Side), SetAt: timestamppb.New(s.At), ExpiresAt: timestamppb.New(s.Until)}
}

// Shown writes what a side may see of a member, in the words of a revision.
func Shown(s *member.Shown, words *fact.Catalogue) *pb.GetMemberResponse {
	m := &pb.GetMemberResponse{Choices: Choices(&s.Choices), TimeZone: s.Zone}
	for i := range s.Facts {
		k := &s.Facts[i]
		d := words.Def(k.Fact)
		m.Facts = append(m.Facts, &pb.KnownFact{Name: d.Name, Value: factValue(d, k.Value), Source: k.Source, ToldBy: pb.Asker(k.Side),
			AsOf: timestamppb.New(k.AsOf), ExpiresAt: optionalTime(k.Until)})
	}
	return m
}

func optionalTime(t time.Time) *timestamppb.Timestamp {
	if t.IsZero() {
		return nil
	}
	return timestamppb.New(t)
}

// factValue writes a value in vector form.
func factValue(d *fact.Def, raw int64) *pb.FactValue {
	switch d.Kind {
	case fact.Bool:
		return &pb.FactValue{Value: &pb.FactValue_BoolValue{BoolValue: raw == 1}}
	case fact.Enum:
		return &pb.FactValue{Value: &pb.FactValue_EnumValue{EnumValue: d.Values[raw]}}
	case fact.Set:
		set := &pb.FactWords{}
		for i, v := range d.Values {
			if raw>>i&1 == 1 {
				set.Values = append(set.Values, v)
			}
		}
		return &pb.FactValue{Value: &pb.FactValue_SetValue{SetValue: set}}
	case fact.Decimal:
		return &pb.FactValue{Value: &pb.FactValue_NumberValue{NumberValue: float64(raw) / fact.DecimalScale}}
	}
	return &pb.FactValue{Value: &pb.FactValue_NumberValue{NumberValue: float64(raw)}}
}

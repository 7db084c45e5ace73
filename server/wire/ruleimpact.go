package wire

import (
	"encoding/hex"
	"strconv"
	"strings"

	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/timestamppb"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/rules/casefile"
	"github.com/rightvoice/rightvoice/server/audit"
	"github.com/rightvoice/rightvoice/server/audit/decisionlog"
	"github.com/rightvoice/rightvoice/server/rulebook"
)

// Impact writes whom a draft answers differently.
func Impact(i *rulebook.Impact) *pb.Impact {
	m := &pb.Impact{Recorded: int32(i.Replayed.Decisions), Changed: int32(i.Replayed.Changed), Unsettled: int32(i.Replayed.Unsettled), Regions: Regions(i.Regions),
		RegionsCut: i.Cut, DraftDigest: string(i.Draft), LiveDigest: string(i.Live), Dropped: int32(i.Dropped), Logged: i.Logged}
	for _, c := range i.Replayed.Cells {
		if c.Changed > 0 {
			m.Shifts = append(m.Shifts, &pb.Shift{Before: outcome(c.From), After: outcome(c.To), Topic: c.Topic, Day: dayOf(c.Day), Count: int32(c.Changed)})
		}
	}
	for _, n := range i.Replayed.NotRecorded {
		m.NotRecorded = append(m.NotRecorded, n.Fact)
	}
	for j := range i.Samples {
		s := &i.Samples[j]
		m.Samples = append(m.Samples, &pb.ImpactSample{Story: s.Story, Request: question(s.Topic, s.Given), Before: outcome(s.From), After: outcome(s.To)})
	}
	return m
}

func outcome(o decisionlog.Outcome) string { return o.Mindset.String() + "/" + o.Sender.String() }

// question is facts as a request, which asks for everything that either side is
// told.
func question(topic string, given []casefile.Given) *pb.RecommendRequest {
	m := &pb.RecommendRequest{Asker: pb.Asker_ASKER_INTEGRATED, Topic: topic, Context: &pb.MemberContext{}}
	to := m.Context.ProtoReflect()
	for _, g := range given {
		f := to.Descriptor().Fields().ByTextName(g.Name)
		words, isSet := g.Value.([]string)
		switch {
		case f == nil:
			if v := attributeOf(g.Value); v != nil {
				if m.Attributes == nil {
					m.Attributes = map[string]*pb.AttributeValue{}
				}
				m.Attributes[g.Name] = v
			}
		case isSet && len(words) == 0:
			m.Context.KnownEmpty = append(m.Context.KnownEmpty, g.Name)
		case isSet && f.IsList():
			list := to.Mutable(f).List()
			for _, w := range words {
				if v := fieldValue(f, w); v.IsValid() {
					list.Append(v)
				}
			}
		case !isSet && !f.IsList():
			if v := fieldValue(f, g.Value); v.IsValid() {
				to.Set(f, v)
			}
		}
	}
	return m
}

// fieldValue is a value for a field, or none that is valid.
func fieldValue(f protoreflect.FieldDescriptor, v any) protoreflect.Value {
	switch v := v.(type) {
	case bool:
		if f.Kind() == protoreflect.BoolKind {
			return protoreflect.ValueOfBool(v)
		}
	case string:
		if f.Kind() == protoreflect.StringKind {
			return protoreflect.ValueOfString(v)
		}
		if f.Enum() == nil {
			break
		}
		first := string(f.Enum().Values().ByNumber(0).Name())
		if e := f.Enum().Values().ByName(protoreflect.Name(strings.TrimSuffix(first, "UNSPECIFIED") + strings.ToUpper(v))); e != nil {
			return protoreflect.ValueOfEnum(e.Number())
		}
	case int64:
		switch f.Kind() {
		case protoreflect.DoubleKind:
			return protoreflect.ValueOfFloat64(float64(v))
		case protoreflect.Int32Kind:
			return protoreflect.ValueOfInt32(int32(v))
		}
	case float64:
		if f.Kind() == protoreflect.DoubleKind {
			return protoreflect.ValueOfFloat64(v)
		}
	}
	return protoreflect.Value{}
}

// attributeOf is a value of a fact that content declares itself.
func attributeOf(v any) *pb.AttributeValue {
	switch v := v.(type) {
	case bool:
		return &pb.AttributeValue{Value: &pb.AttributeValue_BoolValue{BoolValue: v}}
	case string:
		return &pb.AttributeValue{Value: &pb.AttributeValue_EnumValue{EnumValue: v}}
	case int64:
		return &pb.AttributeValue{Value: &pb.AttributeValue_IntValue{IntValue: v}}
	case float64:
		return &pb.AttributeValue{Value: &pb.AttributeValue_DecimalValue{DecimalValue: v}}
	case []string:
		return &pb.AttributeValue{Value: &pb.AttributeValue_SetValue{SetValue: &pb.AttributeSet{Values: v}}}
	}
	return nil
}

// AuditEntries writes records of the audit.
func AuditEntries(all []audit.Record) []*pb.AuditEntry {
	out := make([]*pb.AuditEntry, len(all))
	for i := range all {
		r := &all[i]
		action, draft, digest, version := rulebook.About(r)
		number, _ := strconv.ParseUint(version, 10, 32)
		out[i] = &pb.AuditEntry{Number: uint32(r.Seq), At: timestamppb.New(r.At), By: r.Actor, Action: action, DraftId: draft, Digest: digest,
			Version: uint32(number), Refused: r.Reason, Hash: hex.EncodeToString(r.Hash[:])}
	}
	return out
}

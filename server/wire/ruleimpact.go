package wire

import (
	"encoding/hex"
	"strconv"

	"google.golang.org/protobuf/types/known/timestamppb"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/rules/casefile"
	"github.com/rightvoice/rightvoice/server/audit"
	"github.com/rightvoice/rightvoice/server/rulebook"
	"github.com/rightvoice/rightvoice/server/wire/named"
)

// Impact writes whom a draft answers differently.
func Impact(i *rulebook.Impact) *pb.Impact {
	m := &pb.Impact{Recorded: int32(i.Recorded), Changed: int32(i.Changed), Unsettled: int32(i.Unsettled), Regions: Regions(i.Regions),
		RegionsCut: i.Cut, DraftDigest: string(i.Draft), LiveDigest: string(i.Live), Dropped: int32(i.Dropped), Logged: i.Logged, Counted: i.Counted,
		NotRecorded: i.NotRecorded, AssessedAt: timeOrNone(i.At)}
	for _, s := range i.Shifts {
		m.Shifts = append(m.Shifts, &pb.Shift{Before: s.Before, After: s.After, Topic: s.Topic, Day: dayOf(s.Day), Count: int32(s.Count)})
	}
	for j := range i.Samples {
		s := &i.Samples[j]
		m.Samples = append(m.Samples, &pb.ImpactSample{Story: s.Story, Request: question(s.Topic, s.Given), Before: s.Before, After: s.After})
	}
	return m
}

// question is facts as a request, which asks for everything that either side is
// told. Facts that the API has lost since they were recorded are left out.
func question(topic string, given []casefile.Given) *pb.RecommendRequest {
	m := &pb.RecommendRequest{Asker: pb.Asker_ASKER_INTEGRATED, Topic: topic, Context: &pb.MemberContext{}, Attributes: map[string]*pb.AttributeValue{}}
	for _, g := range given {
		_ = named.Set(m.Context, m.Attributes, g.Name, g.Value)
	}
	return m
}

// AuditEntries writes records of the audit.
func AuditEntries(all []audit.Record) []*pb.AuditEntry {
	out := make([]*pb.AuditEntry, len(all))
	for i := range all {
		r := &all[i]
		x := rulebook.About(r)
		number, _ := strconv.ParseUint(x.Version, 10, 32)
		out[i] = &pb.AuditEntry{Number: uint32(r.Seq), At: timestamppb.New(r.At), By: r.Actor, With: x.With, Action: x.Action, DraftId: x.Draft, Digest: x.Digest,
			Version: uint32(number), Refused: r.Reason, Hash: hex.EncodeToString(r.Hash[:])}
	}
	return out
}

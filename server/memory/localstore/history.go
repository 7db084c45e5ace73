package localstore

import (
	"context"
	"slices"

	"github.com/maypok86/otter/v2"

	"github.com/rightvoice/rightvoice/server/memory"
)

// Record keeps a decision to be looked up. It does not keep r itself, and always
// takes it.
func (s *Store) Record(r memory.Record) bool {
	var index, owner string
	if r.Member != "" {
		index = s.keys.IndexNames(r.Tenant, r.Member)[0]
		owner = memory.Owner(index)
	}
	name := s.keys.RecordNames(r.Tenant, r.DecisionID)[0]
	s.records.Set(name, value{memory.AppendRecord(nil, owner, &r), s.recordTTL})
	if index != "" {
		s.enlist(r.Tenant, index, memory.Listed{At: r.DecidedAt.UnixMilli(), ID: r.DecisionID})
	}
	s.written.Add(1)
	return true
}

// enlist puts a line into a member's list, and the oldest out if it is full. A
// record that no list leads to could not be forgotten, so it goes too.
func (s *Store) enlist(tenant, index string, line memory.Listed) {
	var out list
	s.lists.Compute(index, func(old list, _ bool) (list, otter.ComputeOp) {
		lines := memory.SortNewestFirst(append(slices.Clone(old), line))
		n := min(len(lines), s.perMember)
		out = lines[n:]
		return lines[:n], otter.WriteOp
	})
	s.drop(tenant, out)
}

// drop deletes records and their feedback.
func (s *Store) drop(tenant string, lines list) {
	for _, line := range lines {
		name := s.keys.RecordNames(tenant, line.ID)[0]
		s.records.Invalidate(name)
		s.feedback.Invalidate(memory.FeedbackName(name))
	}
}

// GetDecision looks a decision up. Its Tenant and Member are empty.
func (s *Store) GetDecision(_ context.Context, tenant, decisionID string) (memory.Record, error) {
	v, ok := s.records.GetIfPresent(s.keys.RecordNames(tenant, decisionID)[0])
	if !ok {
		return memory.Record{}, memory.ErrNotFound
	}
	r, _, err := memory.DecodeRecord(v.plain)
	return r, err
}

// ListDecisions lists a member's decisions, the newest first: at most limit
// (0 means memory.DefaultLimit), and those that follow the decision after, if
// it is given.
func (s *Store) ListDecisions(ctx context.Context, tenant, member string, limit int, after string) ([]memory.Record, error) {
	if limit <= 0 {
		limit = memory.DefaultLimit
	}
	lines, _ := s.lists.GetIfPresent(s.keys.IndexNames(tenant, member)[0])
	var page []memory.Record
	for _, line := range memory.After(lines, after) {
		if len(page) == limit {
			break
		}
		if r, err := s.GetDecision(ctx, tenant, line.ID); err == nil {
			page = append(page, r)
		}
	}
	return page, nil
}

// Feedback keeps feedback on a decision, and reports whether it is the first of
// its kind.
func (s *Store) Feedback(_ context.Context, tenant, decisionID string, f memory.Feedback) (first bool, err error) {
	record := s.keys.RecordNames(tenant, decisionID)[0]
	if _, ok := s.records.GetIfPresent(record); !ok {
		return false, memory.ErrNotFound
	}
	field := s.keys.FeedbackFields(tenant, decisionID, &f)[0]
	s.feedback.Compute(memory.FeedbackName(record), func(old given, _ bool) (given, otter.ComputeOp) {
		if slices.Contains(old.fields, field) {
			return old, otter.CancelOp
		}
		first = true
		return given{append(slices.Clip(old.fields), field), append(slices.Clip(old.all), f.Rounded())}, otter.WriteOp
	})
	return first, nil
}

// GetFeedback is all feedback on a decision, the oldest first.
func (s *Store) GetFeedback(_ context.Context, tenant, decisionID string) ([]memory.Feedback, error) {
	record := s.keys.RecordNames(tenant, decisionID)[0]
	if _, ok := s.records.GetIfPresent(record); !ok {
		return nil, memory.ErrNotFound
	}
	g, _ := s.feedback.GetIfPresent(memory.FeedbackName(record))
	return memory.SortOldestFirst(slices.Clone(g.all)), nil
}

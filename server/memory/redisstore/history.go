package redisstore

import (
	"context"
	"errors"
	"slices"

	"github.com/redis/go-redis/v9"

	"github.com/rightvoice/rightvoice/server/memory"
)

// GetDecision looks a decision up. Its Tenant and Member are empty.
func (s *Store) GetDecision(ctx context.Context, tenant, decisionID string) (memory.Record, error) {
	ctx, cancel := context.WithTimeout(ctx, s.lookup)
	defer cancel()
	records, err := s.read(ctx, [][]string{s.keys.RecordNames(tenant, decisionID)})
	switch {
	case err != nil:
		return memory.Record{}, err
	case len(records) == 0:
		return memory.Record{}, memory.ErrNotFound
	}
	return records[0].Record, nil
}

// owned is a record and the owner that it names, by every secret of its writer.
type owned struct {
	memory.Record
	owner string
}

// read reads records by their names, in one round trip at most. Those that are
// not there, or not ours, are left out.
func (s *Store) read(ctx context.Context, all [][]string) ([]owned, error) {
	found := make([]*owned, len(all))
	pipe := s.client.Pipeline()
	gets := make([][]*redis.StringCmd, len(all))
	for i, names := range all {
		if it, ok := s.writer.find(names[0]); ok {
			found[i] = decode(it.plain)
			continue
		}
		for _, name := range names {
			gets[i] = append(gets[i], pipe.Get(ctx, name))
		}
	}
	if pipe.Len() > 0 {
		_, _ = pipe.Exec(ctx) // each command has its own error
	}
	var records []owned
	for i, names := range all {
		for j, get := range gets[i] {
			sealed, err := get.Bytes()
			if down(err) {
				return nil, unavailable(err)
			}
			if plain, ok := s.keys.Open(names[j], sealed); ok && found[i] == nil {
				found[i] = decode(plain)
			}
		}
		if found[i] != nil {
			records = append(records, *found[i])
		}
	}
	return records, nil
}

func decode(plain []byte) *owned {
	r, owner, err := memory.DecodeRecord(plain)
	if err != nil {
		return nil
	}
	return &owned{r, owner}
}

// ListDecisions lists a member's decisions, the newest first: at most limit
// (0 means memory.DefaultLimit), and those that follow the decision after, if
// it is given.
func (s *Store) ListDecisions(ctx context.Context, tenant, member string, limit int, after string) ([]memory.Record, error) {
	ctx, cancel := context.WithTimeout(ctx, s.lookup)
	defer cancel()
	if limit <= 0 {
		limit = memory.DefaultLimit
	}
	indexes := s.keys.IndexNames(tenant, member)
	lines, err := s.lines(ctx, indexes)
	if err != nil {
		return nil, err
	}
	lines = memory.After(lines, after)
	var page []memory.Record
	for len(lines) > 0 && len(page) < limit {
		n := min(len(lines), limit-len(page))
		names := make([][]string, n)
		for i := range names {
			names[i] = s.keys.RecordNames(tenant, lines[i].ID)
		}
		lines = lines[n:]
		records, err := s.read(ctx, names)
		if err != nil {
			return nil, err
		}
		for _, r := range records {
			// A list may have been tampered with; a record can't.
			if slices.ContainsFunc(indexes, func(index string) bool { return memory.Owner(index) == memory.FirstOwner(r.owner) }) {
				page = append(page, r.Record)
			}
		}
	}
	return page, nil
}

// lines are a member's list, with what is not written yet.
func (s *Store) lines(ctx context.Context, indexes []string) ([]memory.Listed, error) {
	lines := s.writer.list(indexes[0])
	pipe := s.client.Pipeline()
	for _, index := range indexes {
		pipe.ZRangeArgsWithScores(ctx, redis.ZRangeArgs{Key: index, Start: 0, Stop: s.writer.perMember - 1, Rev: true})
	}
	commands, _ := pipe.Exec(ctx) // each command has its own error
	for _, c := range commands {
		scored, err := c.(*redis.ZSliceCmd).Result()
		if down(err) {
			return nil, unavailable(err)
		}
		for _, z := range scored {
			if id, ok := z.Member.(string); ok {
				lines = append(lines, memory.Listed{At: int64(z.Score), ID: id})
			}
		}
	}
	lines = memory.SortNewestFirst(lines)
	return lines[:min(len(lines), s.writer.perMember)], nil
}

// give keeps feedback beside its record and as long as it, unless it is there
// already. ARGV[3] says that the record is still waiting to be written.
var give = redis.NewScript(`
local ttl = redis.call('PTTL', KEYS[1])
if ttl == -2 then
	if ARGV[3] == '' then return -1 end
	ttl = tonumber(ARGV[3])
end
local first = redis.pcall('HSETNX', KEYS[2], ARGV[1], ARGV[2])
if type(first) ~= 'number' then
	redis.call('DEL', KEYS[2])
	first = redis.call('HSETNX', KEYS[2], ARGV[1], ARGV[2])
end
if ttl > 0 then redis.call('PEXPIRE', KEYS[2], ttl) end
return first`)

// Feedback keeps feedback on a decision, and reports whether it is the first of
// its kind.
func (s *Store) Feedback(ctx context.Context, tenant, decisionID string, f memory.Feedback) (first bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, s.lookup)
	defer cancel()
	f = f.Rounded()
	plain := memory.AppendFeedback(nil, &f)
	names, fields := s.keys.RecordNames(tenant, decisionID), s.keys.FeedbackFields(tenant, decisionID, &f)
	for i, record := range names {
		given := memory.FeedbackName(record)
		pending := any("")
		if _, ok := s.writer.find(record); ok {
			pending = s.writer.ttl.Milliseconds()
		}
		n, err := give.Run(ctx, s.client, []string{record, given}, fields[i], s.keys.Seal(given+fields[i], plain), pending).Int()
		if err != nil {
			return false, unavailable(err)
		}
		if n >= 0 {
			return n == 1, nil
		}
	}
	return false, memory.ErrNotFound
}

// GetFeedback is all feedback on a decision, the oldest first.
func (s *Store) GetFeedback(ctx context.Context, tenant, decisionID string) ([]memory.Feedback, error) {
	ctx, cancel := context.WithTimeout(ctx, s.lookup)
	defer cancel()
	var all []memory.Feedback
	exists := false
	for _, record := range s.keys.RecordNames(tenant, decisionID) {
		given := memory.FeedbackName(record)
		_, pending := s.writer.find(record)
		pipe := s.client.Pipeline()
		there, fields := pipe.Exists(ctx, record), pipe.HGetAll(ctx, given)
		_, _ = pipe.Exec(ctx) // each command has its own error
		if err := errors.Join(there.Err(), fields.Err()); down(there.Err()) || down(fields.Err()) {
			return nil, unavailable(err)
		}
		exists = exists || pending || there.Val() > 0
		for field, sealed := range fields.Val() {
			if plain, ok := s.keys.Open(given+field, []byte(sealed)); ok {
				if f, err := memory.DecodeFeedback(plain); err == nil {
					all = append(all, f)
				}
			}
		}
	}
	if !exists {
		return nil, memory.ErrNotFound
	}
	return memory.SortOldestFirst(all), nil
}

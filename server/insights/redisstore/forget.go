package redisstore

import (
	"context"
	"strings"
	"time"

	"github.com/rightvoice/rightvoice/server/insights/feedback"
)

// late is how long after its month began something may still be counted in it,
// which keeps the month for another feedback.Keep: feedback may tell of a time
// since the decision. early is how far ahead a clock may be.
const late, early = 62*24*time.Hour + seenFor, 24 * time.Hour

// Forget is part of feedback.Store. It deletes the marks made with each secret of
// the keyring; what was made with one that is gone nobody can find, nor tell whose
// it is, and it ends by itself.
func (s *Store) Forget(ctx context.Context, tenant, member string) error {
	now := s.now()
	for secret, who := range s.keys.Marks("insights member", string(feedback.Who(tenant, member))) {
		tag := s.tags(tenant, shardOf(who))[secret]
		for _, month := range feedback.Months(now.Add(-feedback.Keep-late), now.Add(early)) {
			if err := s.forgetMonth(ctx, placeOf(tag, month), short(who)); err != nil {
				return unavailable(err)
			}
		}
		if err := s.do(ctx, func(ctx context.Context) error { return s.client.Del(ctx, seen(tag, who)).Err() }); err != nil {
			return unavailable(err)
		}
	}
	return nil
}

// forget deletes marks of members, and makes room for others.
var forget = `
for i = 1, #ARGV do
  if redis.call('SREM', KEYS[1], ARGV[i]) == 1 then
    redis.call('HINCRBY', KEYS[2], string.sub(ARGV[i], 1, ` + cellLenText + `) .. 'w', -1)
  end
end
return 1`

// forgetMonth deletes a member's marks of one month, some at a time: a set may
// have many, and Redis does nothing else meanwhile.
func (s *Store) forgetMonth(ctx context.Context, at place, who string) error {
	for cursor := uint64(0); ; {
		err := s.do(ctx, func(ctx context.Context) error {
			found, next, err := s.client.SScan(ctx, at.members, cursor, "*"+who, 1000).Result()
			if err != nil {
				return err
			}
			cursor = next
			var mine []any
			for _, m := range found {
				if len(m) > cellLen && strings.HasSuffix(m[cellLen:], who) {
					mine = append(mine, m)
				}
			}
			if len(mine) == 0 {
				return nil
			}
			return s.client.Eval(ctx, forget, []string{at.members, at.counts}, mine...).Err()
		})
		if err != nil || cursor == 0 {
			return err
		}
	}
}

// do gives one step its time.
func (s *Store) do(ctx context.Context, step func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, s.wait)
	defer cancel()
	return step(ctx)
}

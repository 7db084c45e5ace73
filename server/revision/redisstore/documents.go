package redisstore

import (
	"context"
	"slices"
	"strconv"

	"github.com/redis/go-redis/v9"

	"github.com/rightvoice/rightvoice/server/revision"
)

// Load is part of revision.Documents.
func (s *Store) Load(ctx context.Context, k revision.Key) (body []byte, count uint64, err error) {
	if !k.Valid() {
		return nil, 0, revision.ErrName
	}
	var got []any
	err = s.call(ctx, func(ctx context.Context) (err error) {
		got, err = s.client.HMGet(ctx, documentKey(k), "count", "body").Result()
		return err
	})
	if err != nil || len(got) != 2 || got[0] == nil {
		return nil, 0, err
	}
	number, _ := got[0].(string)
	text, ok := got[1].(string)
	if count, err = strconv.ParseUint(number, 10, 64); err != nil || !ok {
		return nil, 0, errDamaged
	}
	return []byte(text), count, nil
}

// saveDocument compares the count and saves; the ids of a kind are kept beside.
var saveDocument = redis.NewScript(`
local count = redis.call('HGET', KEYS[1], 'count') or '0'
if count ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'count', ARGV[2], 'body', ARGV[3])
redis.call('SADD', KEYS[2], ARGV[4])
return 1`)

// Save is part of revision.Documents.
func (s *Store) Save(ctx context.Context, k revision.Key, body []byte, was uint64) error {
	if !k.Valid() {
		return revision.ErrName
	}
	return s.call(ctx, func(ctx context.Context) error {
		keys := []string{documentKey(k), listKey(k.Tenant, k.Kind)}
		saved, err := saveDocument.Run(ctx, s.client, keys, strconv.FormatUint(was, 10), strconv.FormatUint(was+1, 10), body, k.ID).Int()
		if err == nil && saved == 0 {
			err = revision.ErrMoved
		}
		return err
	})
}

// List is part of revision.Documents.
func (s *Store) List(ctx context.Context, tenant, kind string) (ids []string, err error) {
	if !revision.ValidName(tenant) || !revision.ValidName(kind) {
		return nil, revision.ErrName
	}
	err = s.call(ctx, func(ctx context.Context) (err error) {
		ids, err = s.client.SMembers(ctx, listKey(tenant, kind)).Result()
		return err
	})
	slices.Sort(ids)
	return ids, err
}

// Hints is part of revision.Hinter. They come through Redis, as long as the
// connection holds.
func (s *Store) Hints(ctx context.Context) <-chan string {
	out := make(chan string, 16)
	sub := s.client.Subscribe(ctx, movedChannel)
	go func() {
		defer sub.Close()
		for {
			select {
			case <-ctx.Done():
				return
			case <-s.ended.Done():
				return
			case m, ok := <-sub.Channel():
				if !ok {
					return
				}
				select {
				case out <- m.Payload:
				default: // it is behind; the next poll sees it
				}
			}
		}
	}()
	return out
}

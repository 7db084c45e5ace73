package redisstore

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"

	memory "github.com/rightvoice/rightvoice/server/memory/redisstore"
	"github.com/rightvoice/rightvoice/server/revision"
)

// Options say which Redis to use. URL is needed.
type Options struct {
	URL    string        // as for the store of decisions
	Wait   time.Duration // the longest that one call waits; 0 means 2 s
	TLS    *tls.Config   // replaces the usual settings of a rediss URL
	Unsafe bool          // take a Redis that may lose what is published

	// At is called before and after each command; an error is taken for the
	// command's own. It is for tests of crashes. nil means nothing.
	At func(point string) error
}

// ErrUnsafe is a Redis that may lose what is published.
var ErrUnsafe = errors.New("redisstore: this Redis may lose revisions: it must not evict (maxmemory-policy noeviction or volatile-…) and must keep an append-only file (appendonly yes)")

// Store is a Redis. It is safe for concurrent use.
type Store struct {
	client redis.UniversalClient
	wait   time.Duration
	unsafe bool
	at     func(point string) error

	mu     sync.Mutex
	safe   atomic.Bool // every master was asked since the connection was last lost
	cancel context.CancelFunc
	ended  context.Context
}

// Open makes a Store. A Redis that answers and is not safe is an error; one that
// does not answer is asked before it is first used.
func Open(o Options) (*Store, error) {
	if o.Wait <= 0 {
		o.Wait = 2 * time.Second
	}
	client, err := memory.Dial(o.URL, o.Wait, o.TLS)
	if err != nil {
		return nil, err
	}
	s := &Store{client: client, wait: o.Wait, unsafe: o.Unsafe, at: o.At}
	if s.at == nil {
		s.at = func(string) error { return nil }
	}
	s.ended, s.cancel = context.WithCancel(context.Background())
	ctx, cancel := context.WithTimeout(s.ended, o.Wait)
	defer cancel()
	if err := s.ready(ctx); errors.Is(err, ErrUnsafe) {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Close ends the connections.
func (s *Store) Close() error {
	s.cancel()
	return s.client.Close()
}

// ready asks every master once how it keeps its data.
func (s *Store) ready(ctx context.Context) error {
	if s.safe.Load() {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.safe.Load() {
		return nil
	}
	err := s.masters(ctx, func(ctx context.Context, c *redis.Client) error {
		info, err := c.Info(ctx).Result()
		if err != nil {
			return err
		}
		if !s.unsafe && (field(info, "aof_enabled") != "1" || strings.HasPrefix(field(info, "maxmemory_policy"), "allkeys")) {
			return ErrUnsafe
		}
		return nil
	})
	s.safe.Store(err == nil)
	return err
}

func (s *Store) masters(ctx context.Context, do func(context.Context, *redis.Client) error) error {
	switch c := s.client.(type) {
	case *redis.ClusterClient:
		return c.ForEachMaster(ctx, do)
	case *redis.Client:
		return do(ctx, c)
	}
	return errors.New("redisstore: a client of a kind that is not known")
}

// field is a value of what INFO says.
func field(info, name string) string {
	_, rest, _ := strings.Cut(info, "\n"+name+":")
	value, _, _ := strings.Cut(rest, "\n")
	return strings.TrimSpace(value)
}

// call runs a command within the time there is. After an error that Redis did
// not answer itself, its masters are asked again: another one may have come.
func (s *Store) call(ctx context.Context, do func(ctx context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, s.wait)
	defer cancel()
	err := s.ready(ctx)
	if err == nil {
		err = s.at("redis.asked")
	}
	if err == nil {
		err = do(ctx)
	}
	if err == nil {
		err = s.at("redis.answered")
	}
	var answer redis.Error
	if err != nil && !errors.As(err, &answer) && !errors.Is(err, revision.ErrMoved) {
		s.safe.Store(false)
	}
	return err
}

func objectKey(d revision.Digest) string { return "rv1:rev:o:" + string(d) }
func pointerKey(tenant string) string    { return "rv1:rev:p:{" + tenant + "}" }
func listKey(tenant, kind string) string { return "rv1:rev:l:{" + tenant + "}:" + kind }
func documentKey(k revision.Key) string {
	return "rv1:rev:d:{" + k.Tenant + "}:" + k.Kind + ":" + k.ID
}

const tenantsKey, movedChannel = "rv1:rev:tenants", "rv1:rev:moved"

// Put is part of revision.Objects. An object that is damaged is written anew.
func (s *Store) Put(ctx context.Context, b []byte) (revision.Digest, error) {
	d := revision.DigestOf(b)
	err := s.call(ctx, func(ctx context.Context) error {
		set, err := s.client.SetNX(ctx, objectKey(d), b, 0).Result()
		if err != nil || set {
			return err
		}
		old, err := s.client.Get(ctx, objectKey(d)).Bytes()
		if err == nil && revision.DigestOf(old) == d {
			return nil
		}
		return s.client.Set(ctx, objectKey(d), b, 0).Err()
	})
	return d, err
}

// Get is part of revision.Objects.
func (s *Store) Get(ctx context.Context, d revision.Digest) (b []byte, err error) {
	if !d.Valid() {
		return nil, revision.ErrNotFound
	}
	err = s.call(ctx, func(ctx context.Context) (err error) {
		b, err = s.client.Get(ctx, objectKey(d)).Bytes()
		return err
	})
	switch {
	case errors.Is(err, redis.Nil):
		return nil, revision.ErrNotFound
	case err != nil:
		return nil, err
	case revision.DigestOf(b) != d:
		return nil, errDamaged
	}
	return b, nil
}

var errDamaged = errors.New("redisstore: a stored value is damaged")

// Pointer is part of revision.Pointers.
func (s *Store) Pointer(ctx context.Context, tenant string) (p revision.Pointer, err error) {
	var text string
	err = s.call(ctx, func(ctx context.Context) (err error) {
		text, err = s.client.Get(ctx, pointerKey(tenant)).Result()
		return err
	})
	if errors.Is(err, redis.Nil) {
		return p, nil
	} else if err != nil {
		return p, err
	}
	number, record, _ := strings.Cut(text, " ")
	if p.Number, err = strconv.ParseUint(number, 10, 64); err != nil || !revision.Digest(record).Valid() {
		return revision.Pointer{}, errDamaged
	}
	p.Record = revision.Digest(record)
	return p, nil
}

func written(p revision.Pointer) string {
	if p.Number == 0 {
		return ""
	}
	return fmt.Sprintf("%d %s", p.Number, p.Record)
}

// swapPointer compares and swaps, and tells who listens.
var swapPointer = redis.NewScript(`
local at = redis.call('GET', KEYS[1]) or ''
if at ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
redis.call('PUBLISH', ARGV[3], ARGV[4])
return 1`)

// Swap is part of revision.Pointers.
func (s *Store) Swap(ctx context.Context, tenant string, was, now revision.Pointer) error {
	if !revision.ValidName(tenant) {
		return revision.ErrName
	}
	return s.call(ctx, func(ctx context.Context) error {
		if err := s.client.SAdd(ctx, tenantsKey, tenant).Err(); err != nil {
			return err
		}
		if err := s.at("redis.listed"); err != nil {
			return err
		}
		swapped, err := swapPointer.Run(ctx, s.client, []string{pointerKey(tenant)}, written(was), written(now), movedChannel, tenant).Int()
		if err != nil {
			return err
		}
		if swapped == 0 {
			return revision.ErrMoved
		}
		return nil
	})
}

// Tenants is part of revision.Pointers.
func (s *Store) Tenants(ctx context.Context) (out []string, err error) {
	var all []string
	err = s.call(ctx, func(ctx context.Context) (err error) {
		all, err = s.client.SMembers(ctx, tenantsKey).Result()
		return err
	})
	for _, tenant := range all { // it was added before its pointer moved, which may have failed
		if p, failed := s.Pointer(ctx, tenant); failed != nil {
			return nil, failed
		} else if p.Number > 0 {
			out = append(out, tenant)
		}
	}
	slices.Sort(out)
	return out, err
}

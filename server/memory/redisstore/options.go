package redisstore

import (
	"crypto/tls"
	"errors"
	"log/slog"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"

	"github.com/rightvoice/rightvoice/server/memory"
)

// Options say which Redis to use and how. URL and Keys are needed; zero values
// of the others are good.
type Options struct {
	// URL of the Redis, as parseURL understands it.
	URL string

	// Keys name and seal everything. All servers that share a Redis need the
	// same.
	Keys *memory.Keyring

	// Budget is the longest that a claim waits, from 1 ms to 1 s. 0 means 20 ms.
	Budget time.Duration

	// LookupTimeout is the longest that a look-up, a list or feedback waits.
	// 0 means 250 ms.
	LookupTimeout time.Duration

	// RecordTTL is how long records and feedback are kept. 0 means 30 days.
	RecordTTL time.Duration

	// PerMember is the most decisions in a member's list. 0 means 200.
	PerMember int

	// Queue is the most records that wait to be written. 0 means 8,192.
	Queue int

	// Now is the clock by which facts and decisions end. nil means time.Now.
	Now func() time.Time

	// TLS replaces the usual TLS settings of a rediss URL, for instance to
	// trust a private authority.
	TLS *tls.Config

	// Log is told when Redis stops answering and when it answers again. nil
	// means nobody is.
	Log *slog.Logger
}

func (o Options) withDefaults() (Options, error) {
	if o.Keys == nil {
		return o, errors.New("redisstore: a keyring is needed")
	}
	if o.Budget == 0 {
		o.Budget = 20 * time.Millisecond
	}
	if o.Budget < time.Millisecond || o.Budget > time.Second {
		return o, errors.New("redisstore: the budget must be from 1ms to 1s")
	}
	if o.LookupTimeout < 0 || o.RecordTTL < 0 || o.PerMember < 0 || o.Queue < 0 {
		return o, errors.New("redisstore: no option may be negative")
	}
	if o.LookupTimeout == 0 {
		o.LookupTimeout = 250 * time.Millisecond
	}
	if o.RecordTTL == 0 {
		o.RecordTTL = memory.DefaultRecordTTL
	}
	if o.PerMember == 0 {
		o.PerMember = memory.DefaultPerMember
	}
	if o.Queue == 0 {
		o.Queue = 8192
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o, nil
}

// newClient sets every time limit itself, since the client's own defaults wait
// for seconds: a context bounds each call, nothing is tried twice.
func newClient(to target, o Options) redis.UniversalClient {
	u := &redis.UniversalOptions{
		Addrs: to.addrs, IsClusterMode: to.cluster, MasterName: to.master, DB: to.db,
		Username: to.username, Password: to.password,
		SentinelUsername: to.sentinelUsername, SentinelPassword: to.sentinelPassword,
		TLSConfig: to.tlsConfig(), DisableIdentity: true, Protocol: 3,

		ContextTimeoutEnabled: true,
		DialTimeout:           250 * time.Millisecond, // goes on behind a caller that gave up
		DialerRetries:         1,
		ReadTimeout:           max(o.LookupTimeout, writeTimeout), // the outer bound; contexts are shorter
		WriteTimeout:          max(o.LookupTimeout, writeTimeout),
		PoolTimeout:           o.LookupTimeout,
		MaxRetries:            -1,
		MaxRedirects:          2, // for slots that move; within the same context

		PoolSize: 16, MaxActiveConns: 64, PipelinePoolSize: -1, // pipelines of lanes and writer need few
		ConnMaxIdleTime: 5 * time.Minute, ConnMaxLifetime: 30 * time.Minute, ConnMaxLifetimeJitter: 3 * time.Minute,

		// Its relaxed timeouts are seconds, and it costs a round trip to ask.
		MaintNotificationsConfig: &maintnotifications.Config{Mode: maintnotifications.ModeDisabled},
	}
	if to.tls && o.TLS != nil {
		u.TLSConfig = o.TLS
	}
	return redis.NewUniversalClient(u)
}

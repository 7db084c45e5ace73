// Package redisstore shares decisions between servers through Redis, and is
// the only place that knows the Redis client and its traps.
//
// In: the URL of a Redis 7 or later (standalone, Sentinel or Cluster) and a
// keyring that is the same on all servers. Out: a store that passes the suite
// of storetest.
//
// A claim is one round trip, and never waits longer than the budget. Claims
// that come at the same time share it: each goes to a lane, which sends what
// has gathered as one pipeline while the next ones gather. A lane whose batches
// fail three times running is open: claims are told UNAVAILABLE at once, while
// the lane itself tries a write four times a second until one succeeds. So no
// caller ever pays for finding out that Redis is back.
//
// A claim is a script that looks at the version of the member's facts first, so
// that facts and decision are of one moment; where both are as the server thought,
// and mostly where they are not, it is the only round trip of a decision. What
// feeds tell is merged here and written if nobody wrote meanwhile, else merged
// again: 2,500 members in one pipeline. Gathering claims in lanes did five times
// as many a second as the client's own batching (BenchmarkScript).
//
// Records are written behind the answer by one writer, in batches, from a
// bounded queue, where they can be read meanwhile. If Redis is away they wait;
// if the queue is full they are dropped and counted.
//
// Redis is never waited for at start, and never trusted: whatever does not open
// under its key's name is overwritten like an entry that is not there.
//
// Needed of an ACL user: ~rv1:* with +@read, +@write, +@scripting and
// +@connection, and +cluster|slots and +cluster|shards on a Cluster.
package redisstore

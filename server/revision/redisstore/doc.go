// Package redisstore keeps revisions in a Redis that a fleet of servers shares.
//
// In: the URL of a Redis 7 or later (standalone, Sentinel or Cluster). Out: a
// revision.Store that passes the suite of revisiontest.
//
//	rv1:rev:o:DIGEST        an object
//	rv1:rev:p:{TENANT}      a pointer, "number record"
//	rv1:rev:d:{TENANT}:…    a document, "count" and "body"
//	rv1:rev:l:{TENANT}:…    the ids of the documents of one kind
//	rv1:rev:tenants         the tenants
//	rv1:rev:moved           the channel of hints
//
// Pointers and documents change by scripts that compare and swap; on a Cluster
// all keys of a script are of one tenant, and so in one slot.
//
// What is published must not vanish. Before the first use, and again after the
// connection was lost, every master is asked how it keeps its data: one that
// may evict any key when it is full, or that writes no append-only file, is
// refused with ErrUnsafe unless Unsafe allows it. With appendfsync everysec, the
// usual setting, what is published survives kill -9 of Redis; a machine that
// loses power may lose its last second, unless appendfsync is always.
//
// Needed of an ACL user: ~rv1:rev:* and &rv1:rev:moved with +@read, +@write,
// +@scripting, +@pubsub, +@connection and +info, and +cluster|slots and
// +cluster|shards on a Cluster.
//
// Whatever is read is checked: an object against its digest, and through the
// records everything that a pointer names. Whoever can write to this Redis can
// move pointers, though; give it to nobody else.
package redisstore

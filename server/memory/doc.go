// Package memory is what servers remember of the decisions they made: shared
// decisions, so that whoever asks next gets the same one; records, so that a
// decision can be looked up; and feedback on them. It holds what all stores
// have in common: the types, the names under which they are kept, their
// encoding and their seal. localstore and redisstore are the stores; one suite,
// storetest, says what both must do.
//
// In: a Key, which says what the decision depends on, and an Entry, which says
// what was decided, both in plain ids. Out: the Entry that counts, and whether
// it is the caller's own (MISS), an earlier one (HIT), or the caller's own for
// want of an answer (UNAVAILABLE).
//
// A decision in memory is some 50 times cheaper than a round trip to Redis, so
// nothing here is a cache for speed: it makes a decision shared, remembered and
// retrievable. A store that is away, full, slow or lying costs a shared id and
// never a right answer.
//
// # Names
//
//	rv1:{member}:s…        a shared decision
//	rv1:{member}:i         the list of a member's decisions: ids by time
//	rv1:{decision}:r       a record
//	rv1:{decision}:f       the feedback on it: a hash, by field
//
// What stands in braces, and after s, is the start of an HMAC-SHA256 over framed
// fields, with the tenant among them: no id can be read off a name, and no two
// lists of fields have one frame. Redis Cluster places keys by the part in
// braces, so that all of a member that must change together is on one node.
//
// # Values
//
// All values but the list are sealed by AES-256-GCM with the name as associated
// data: damaged, forged or moved to another name they do not open, which is the
// same as not being there. They hold ids and times only: no member, no text, no
// fact, no words. Everything has an end: a shared decision that of the facts it
// was made from, records and feedback 30 days unless set otherwise.
//
// Keys are derived from a secret of 32 bytes or more. To change it, give servers
// the new secret as an older one first, then as the newest, and drop the old one
// when the records named by it have ended.
//
// # Arithmetic
//
// Measured on Redis 7.0 (the footprint test of redisstore holds the bytes): a
// shared decision takes 450 bytes; a record with its place in the list 550. A
// claim is one round trip and costs Redis 3 to 4 µs of CPU, a record 9 µs, in
// batches of up to 128 behind the answer. In the server, name, encoding and seal
// take 1.3 µs, opening and decoding 1.2 µs. One core of Redis so does some 75,000
// new decisions a second, or 250,000 that were there.
//
// With 2 shared decisions alive and 10 records in 30 days, a member has 13 keys
// and 6.4 kB. At ten times the average rate in the busiest hour, and 25 GB a
// shard:
//
//	members        keys     bytes   decisions/s at peak   shards
//	10^4      1.3 · 10^5    64 MB                   0.4        1
//	10^5      1.3 · 10^6   640 MB                     4        1
//	10^6      1.3 · 10^7   6.4 GB                    39        1
//	10^7      1.3 · 10^8    64 GB                   390        3
//	10^8      1.3 · 10^9   640 GB                 3,900       26
//	10^9     1.3 · 10^10   6.4 TB                39,000      256
//
// So memory, not work, asks for shards, and records are most of it: kept for 3
// days instead of 30 they leave 1.5 of the 6.4 kB. The cost of one decision is
// the same in every line: one round trip to one node, whatever the number of
// members, tenants or revisions. A new revision has new names; the old ones end
// by themselves, and nothing is ever searched for or deleted in bulk.
//
// The embedded store needs no round trip: a claim takes 2 µs there. It holds
// 100,000 entries of each kind at most, unless set otherwise, at some 400 bytes
// for a shared decision and 480 for a record in a list: 90 MB when full.
package memory

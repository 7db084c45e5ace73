// Package memory is what servers remember of the decisions they made: shared
// decisions, so that whoever asks next gets the same one; records, so that a
// decision can be looked up; feedback on them; and what feeds told about members,
// with the members' own choices. It holds what all stores have in common: the types, the names under which they are kept, their
// encoding and their seal. localstore and redisstore are the stores; one suite,
// storetest, says what both must do.
//
// In: a Key, which says what the decision depends on, and an Entry, which says
// what was decided, both in plain ids. Out: the Entry that counts, and whether
// it is the caller's own (MISS), an earlier one (HIT), or the caller's own for
// want of an answer (UNAVAILABLE). A claim also says with which version of the
// member's facts it was made. If that is not what is stored, nothing is claimed:
// the answer (CHANGED) has the facts, and the member's shared decisions, so that
// who decides again often needs no second trip. Servers keep copies of what they
// saw, but no copy is ever used for an answer while the store answers.
//
// # What feeds told
//
// A StoredFact names everything by words. Learn keeps, of every fact, the newest
// word of each source by as-of, of at most MaxPerFact sources. Words for one
// moment are told apart by what they say, never by when they came: in whatever
// order news comes, and however often, the same is left. Of
// consents told for one moment all versions are kept. Which source counts is the
// reader's rule (package intake). A choice or an opt-out is a fact too. What is
// told part by part (opt-outs and conditions by value, what is acute by the day it
// ends) has the part as its Topic, and is a word of its own; a word on the whole
// of conditions, or that nothing acute is left, drops the parts that the same
// source told before it. Facts end with their max age, counted from as-of; what is
// stored of a member ends with the last one. The max age is the writer's to
// choose: of a moment it reaches to where its count leaves the fact's range (366
// days for hours_since_acute_care), two years at most.
//
// ForgetMember deletes all of it, the decisions, their records and the feedback.
// So that every record can be found, one that falls out of its member's list is
// deleted with its place.
//
// A decision in memory is some 50 times cheaper than a round trip to Redis, so
// nothing here is a cache for speed: it makes a decision shared, remembered and
// retrievable. A store that is away, full, slow or lying costs a shared id and
// never a right answer.
//
// # Names
//
//	rv1:{member}:s…        a shared decision
//	rv1:{member}:m         what feeds told about the member
//	rv1:{member}:c         what the member was shown: a hash of marks and times
//	rv1:{member}:d         the list of the member's shared decisions, by their end
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
// All values but the lists are sealed by AES-256-GCM with the name as associated
// data: damaged, forged or moved to another name they do not open, which is the
// same as not being there. Those of decisions hold ids and times only: no member,
// no text, no words, no fact as it was told.
//
// A record also keeps what counting feedback will need. Who is a mark of the
// member, made with a key: it tells members apart, and leads to nobody without
// the key. Trials are the variants of words and the holdout that the member's
// part fell to. Cells are, topic by topic, what the rules could tell of the
// member: of a number, between which edges that rules name it lies, never where.
// They are as sensitive as the facts that rules read, so they stay in the record, under
// its seal and until its end; a shared decision has none. A report of a wrong
// sender copies from them an example without sensitive and demographic facts to
// the counts (package insights says when it is shown).
//
// The version of what feeds told is the nonce of its
// seal, so that every write makes a new one. Everything has an end: a shared
// decision that of the facts it was made from, records and feedback 30 days unless
// set otherwise.
//
// # What members are shown
//
// Caps count what was shown, in rolling windows, from the ledger of a member
// (Ledger says what is meant). Who would send something unasked takes a place
// first; a place counts like something shown until it ends, so that senders who ask
// at once cannot go over a cap together. What is told to have been shown counts
// once for each item of a decision, in whatever order it is told; what goes over
// a cap all the same, because it was shown without a place or after its end, is
// counted and reported. A place is one round trip more for a message that nobody
// asked for, and none for an answer to a question. In Redis the parts that limits
// compare are marks made with the secret, which tell nothing. A server remembers
// how much it saw a ledger count: if Redis lost acknowledged writes, the
// difference is counted. While there are older secrets a member has a ledger by
// each; what is shown is counted in all of them, and a place needs room in all.
//
// # Changing the secret
//
// Keys are derived from a secret of 32 bytes or more. To change it, give all
// servers the new secret as an older one first, and then as the newest, one server
// after the other. Records are looked up by the names of every secret, shared
// decisions are decided once more, and what feeds told is brought over: as long as
// there is an older secret, news is written under the names of all, and whoever
// is asked about is looked for under all, once by each server: one more round trip
// for a claim, or two where there is something to copy. Copying merges, which is
// the same in any order, so that servers that still start with the other secret
// lose nothing and say the same. What is copied stays under the older name for
// another 30 days.
//
// Nothing tells whose name a name is, so that only members who are asked about, or
// of whom there is news, are copied. What the others chose is lost with the old
// secret: keep it as an older one for as long as that must not happen. What members were
// shown before all servers had the new secret counts towards caps for as long as the
// older one is kept: the longest window of a cap or balance, 30 days as the content
// comes, is long enough.
//
// # Forgetting
//
// When ForgetMember returns, nothing of the member is left under any secret of the
// server, and none of its own records wait to be written. What comes later is
// new: a feed may tell again; and another server that answered about the member
// just before still writes its record, milliseconds later as a rule. If it can't
// reach the store it does so when it can again, at most as many records as its
// queue holds; so forget once more after an outage. Such a record ends after its
// 30 days at the latest.
//
// # Arithmetic
//
// Measured on Redis 7.0 (the footprint test of redisstore holds the bytes): a
// shared decision with its place in a list takes 490 bytes; a record with its
// place 530; ten facts of a member 880. A claim is one round trip, and a record
// goes in batches of up to 128 behind the answer. In the server, name, encoding
// and seal take 1.3 µs, opening and decoding 1.2 µs. The script of a claim took
// Redis 22 µs where other work kept the machine's two cores busy, and one lane
// did 47,000 claims a second there (BenchmarkScript).
//
// With 2 shared decisions alive, 10 records in 30 days and ten facts, a member has
// 15 keys and 7.2 kB. At ten times the average rate in the busiest hour, and 25 GB a
// shard:
//
//	members        keys     bytes   decisions/s at peak   shards
//	10^4      1.5 · 10^5    72 MB                   0.4        1
//	10^5      1.5 · 10^6   720 MB                     4        1
//	10^6      1.5 · 10^7   7.2 GB                    39        1
//	10^7      1.5 · 10^8    72 GB                   390        3
//	10^8      1.5 · 10^9   720 GB                 3,900       29
//	10^9     1.5 · 10^10   7.2 TB                39,000      288
//
// So memory, not work, asks for shards, and records are most of it: kept for 3
// days instead of 30 they leave 2.4 of the 7.2 kB. The cost of one decision is
// the same in every line: one round trip to one node, whatever the number of
// members, tenants or revisions. What a new revision answers otherwise has new
// names; the old ones end by themselves, and nothing is ever searched for or deleted in bulk.
//
// The embedded store needs no round trip: a claim takes 2 µs there. It holds
// 100,000 entries of each kind at most, unless set otherwise, at some 400 bytes
// for a shared decision and 480 for a record in a list: 90 MB when full.
package memory

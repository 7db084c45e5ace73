// Package audit keeps the change log: who changed, approved, published or was
// refused what, in a form in which nothing can be altered unseen.
//
// In: an Entry for every such event. Out: a Record that is on the disk when
// Append returns, lists of records for people, and a Report that says whether
// the log is whole. An entry names objects by id or digest and outcomes by
// code; no fact or word of a member and no free text has a place in it.
//
// # Format
//
// A log is a folder of segments, each named after its first record:
//
//	segment  "RVAUDIT1", number of the first record (8 bytes), records
//	record   length of the body (4), CRC-32C of the length (4), body, SHA-256 of length and body (32)
//	body     kind (1), number (8), time in µs (8), hash of the record before (32), fields, each with its length
//
// Numbers are big-endian and start at 1, without gaps. The first record holds
// the random id of the log. Each hash covers the one before it, so that whoever
// alters a record has to alter all that follow; and every so often a checkpoint
// signs number and hash with an Ed25519 key, which cannot be done anew without
// the key. The latest checkpoint also lies beside the segments, as text. A copy
// of it kept elsewhere shows what was cut off the end since: what no signature
// covers yet is safe from accidents only, not from somebody who may write the
// folder.
//
// # Crashes
//
// Appends that arrive together share one fsync. What a crash leaves is the
// beginning of a record that nobody was told is kept, or zeros. Open cuts it off
// and writes a record that says so. Anything else that does not fit is not the
// work of a crash: Open refuses it, and Verify says where it is.
package audit

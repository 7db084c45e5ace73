// Package dirstore keeps revisions in a directory of this machine. It is what a
// server uses unless it is told of a Redis.
//
// In: a directory. Out: a revision.Store that survives kill -9 and loss of
// power at any moment: what was acknowledged is there, and what was not is
// there whole or not at all.
//
//	lock        held by the one process that writes
//	objects/    ab/cdef…: immutable bytes by their SHA-256; nothing is deleted
//	documents/  tenant/kind/id: drafts and settings
//	journal     every move of a pointer, in order; the last one of a tenant counts
//	tmp/        files on their way
//
// Objects and documents are written to tmp, synced, renamed into place, and the
// folder is synced. A move of a pointer is one record at the end of the journal,
// with its length and a checksum, and a sync. A record that a crash tore is cut
// off when the directory is opened, for nobody was told of it; damage anywhere
// else is refused. If a sync fails, nobody knows what the disk holds, so the
// store takes no more changes until it is opened again.
package dirstore

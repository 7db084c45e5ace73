// Package revision keeps what content teams publish: drafts and their review,
// the versions of each tenant, and the pointer to the one in force.
//
// In: edits, reviews and orders to publish, each with the name of who asks, and
// a Store. Out: drafts, versions, and errors of type *Error that say why
// something is refused. Whether someone may ask at all is settled elsewhere.
//
// # What is stored
//
// Objects are immutable bytes under their SHA-256: files, trees (the files of
// one content), records of versions and reports of checks. A tree's digest is
// the one that rules/content makes revision ids of; it is the etag of a draft
// and what reviews and checks are bound to. A tenant's pointer names the record
// of the version in force, and each record names the one before it, so the
// history of a tenant is a chain that no one can change unseen. Publishing
// writes objects, tells the audit, and then moves the pointer by comparing and
// swapping; nobody ever sees half of a version.
//
// # Drafts
//
//	draft → in_review → approved → published (or scheduled first) → archived
//
// An edit at any stage makes a draft of it again and voids its reviews. Authors
// cannot approve their own. A publish is refused unless check, cases and proof
// are green for that digest on the day of use. To roll back is to publish an
// old content as a new version.
//
// # Tenants
//
// Each tenant has its own pointer. A tenant may stand on another one, its base:
// its content is then the base's with some rows and files of its own, the
// overlay. Drafts always hold the whole, composed content, which is what is
// checked, proved, approved and served; the overlay is the difference to the
// base and is worked out when a draft moves to another version of it.
package revision

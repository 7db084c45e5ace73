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
// are green for that digest on the day of use. A draft may be submitted to be
// published once it is approved (OnApproval). To roll back is to publish an
// old content as a new version; it needs no new approval, since it had one, and
// must still pass everything.
//
// What was worked out about a content when it was submitted (Evidence: what it
// changes in words, whom it answers differently, what was proved) is stored beside
// the report of its check, and goes with what approvers said into the record of
// the version. It is never worked out anew to be shown. Only where something else
// is in force by the time of publishing is it worked out again, before.
//
// # What is guarded
//
// A gate that an author can weaken holds nothing. Three things stand beside the
// rules and say what no rule may do: guardrails.yaml, the words of emergencies in
// lexicon.yaml (flags, signals), and all of policy.yaml but contacts and
// placeholders. A draft that changes one of them against the version it began
// from needs an approval in the capacity that Settings name as guardian, "legal"
// if they name none, on a server without credentials too; it is among what the
// draft requires from the edit on. It stands in the place of one approval by
// anyone, where one is asked for. Guardrails that the program comes with can't be
// taken out at all. Nobody approves in a capacity that they do not have; which
// they have is told with each opinion.
//
// Taking a version back needs nobody's approval, unless the content that is gone
// back to promises members less than the one in force: that takes a draft begun
// from it, and the guardian's approval.
//
// # Tenants
//
// Each tenant has its own pointer. A tenant may stand on another one, its base:
// its content is then the base's with some rows and files of its own, the
// overlay. Drafts always hold the whole, composed content, which is what is
// checked, proved, approved and served; the overlay is the difference to the
// base and is worked out when a draft moves to another version of it.
//
// A new version of the base changes nothing at the tenants above it. It reaches
// one of them by a draft of that tenant that is brought up to date (Rebase), and
// which is checked, proved, approved, by its guardian where it must be, and
// published there like any other. What both changed is a Conflict, for people.
//
// A tenant without any version is answered by the tenant named default. Its first
// version is a draft like all others, that only those may begin who are said to
// (Creation.First): from the content of its base, or from the one that the server
// was given (Options.First). Of several such drafts the first that is published
// is version 1, and the others are brought up to date with it.
package revision

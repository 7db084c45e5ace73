// Package recommend holds the use cases of the service: recommend, batch,
// explain, get and list decisions, record feedback.
//
// In: a Request, whose facts are already a vector of the revision in force.
// Out: an Answer with every word rendered, or an *Error that names a field and
// never a value. One request works on one Snapshot, so that a revision that
// comes into force meanwhile changes nothing halfway.
//
// The steps have a file each, in the order in which they run: intake.go reads
// what was said, decide.go asks safety and the tables, share.go lets both sides
// get one decision, policy.go holds back what the member does not want, and
// words.go says it in the member's language for the side that asked. Recommend
// itself, in recommend.go, is their list.
//
// What feeds told about a member is part of the facts (stored.go). A decision is
// made with what this server last saw of it; the claim that shares it says so, and
// the question is decided again where the store knows better. While the store is
// away the copy serves; of a member nobody knows here, whose tenant has feeds, the
// plan speaks of coverage only (G34).
//
// Both sides get one outcome, and the insurer is not told what the provider's side
// told (view.go): the question is asked once more with what the insurer knows, and
// where that is decided by another row, the row and its words give way to a
// general reason, advice that reads such facts is left out, and so is what is
// needed. The record keeps the real reasons for the provider's side and audits.
package recommend

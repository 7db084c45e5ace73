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
package recommend

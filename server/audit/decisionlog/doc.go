// Package decisionlog keeps what was decided, and from which facts, so that a
// draft of the rules can be tried on yesterday's questions.
//
// In: decisions, by Log, which costs some 100 ns, waits for nothing and drops
// what there is no room for. Out: files of compressed blocks; a Reader of them;
// and Replay, which answers all that was recorded by two sets of rules and
// counts what differs.
//
// # What is kept
//
// Of each decision: tenant, hour, revision, topic, the rules and advice that
// decided, and the facts that some rule of some revision might read: those that
// fact.Def lets tables, advice or the safety gate read, and the member's choice.
// Not kept are the member, the decision's id, texts, words, consent, channels,
// and all that only the policy reads. Numbers stay as they were told, because a
// draft may cut them elsewhere, but ages above 89 count as 90.
//
// # Format
//
//	file   "RVDECLG1", blocks
//	block  kind (1), stored length (4), raw length (4), CRC-32C of all else (4), DEFLATE of the content
//
// A block of kind schema says what the facts, values, topics, rules and items of
// one revision are called; one of kind tenants does so for tenants. Blocks of
// records name everything by number in these. They come first in each file, so
// that files can be deleted one by one. Nothing here depends on how this program
// numbers facts.
//
// # What a draft reads and nobody recorded
//
// A draft may read a fact of its own, or a value that the recorded revision had
// no name for. Replay does not take that for unknown: it tries what the value
// could have been, and where that matters for the answer counts the decision as
// unsettled, with the fact's name.
package decisionlog

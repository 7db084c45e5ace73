// Package coherence shows that both sides hear one voice: it replays a day of
// feed events and questions over several servers that share one store, and counts
// every answer that should not have been.
//
// In: the rules in force, voices (a side that asks one server) and feeds, a
// clock, and a seed that fixes the day. Out: a Report with the divergences and
// how long it took until everybody answered by an event that was acknowledged.
//
// # What counts as a divergence
//
// A model beside the servers keeps what feeds told: the newest word that still
// holds counts. It is some forty lines, shares no code with the memory of the
// servers, and asks only the rules what follows.
//
//   - wrong: an answer is not what follows from the facts that were acknowledged
//     before the question was sent and at the latest sent before the answer came.
//   - sender: two voices asked about the same member, topic, moment and facts name
//     another sender or mindset.
//   - decision: the same two name another decision.
//
// # The day
//
// Members have coverage and benefits that end, are renewed or cancelled; stays in
// the ER, told late, twice or in the wrong order; illnesses that are told, taken
// back or forgotten by age. Time goes in steps, between which nothing is under
// way, so that any two answers of one step are comparable. Within a step feeds
// and questions run at once.
package coherence

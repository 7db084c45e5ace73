// Package lint checks the words and promises of a catalogue that no table can
// hold: what an item says, in which languages, how hard it is to read, and
// which claims it makes.
//
// In: a compiled rule set and what policy says about words. Out: problems, each
// under the id of the guardrail it breaks, with its place in the file. The
// package reads content only: it sees no member and runs in no request.
package lint

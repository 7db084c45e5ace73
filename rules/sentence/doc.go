// Package sentence prints rules, conditions, reasons, facts and example
// members as words, the same in every place: studio, diff, audit, command line.
//
// In: something of a ruleset.Set and a language. Out: a Sentence, which is a
// list of tokens, so that an editor can tell the fact from the comparison and
// the value. The words of facts come from content (facts.yaml); the words
// between them, in English and Spanish, are this package's own. Other languages
// get the English ones.
package sentence

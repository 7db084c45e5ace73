// Package fact holds the vocabulary of what can be known about a member at one
// moment, and Facts, the flat vector in which that knowledge reaches the rules.
//
// In: names and typed values, from intake. Out: a Facts value that rules read
// by position. A fact is a bool, one of an enumeration, a set of an
// enumeration, a whole number or a decimal, and each of them may be unknown:
// unknown is a state of its own and never the same as false, zero or the empty
// set.
//
// Facts hold no identity, no free text and no time of day; elapsed times are
// numbers that intake computed from a clock it was given. The package knows
// nothing of rules: what a rule may do with a fact is written here as its
// Readers, and the loader of rules enforces it.
package fact

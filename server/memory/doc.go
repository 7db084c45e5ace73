// Package memory is what servers remember of the decisions they made: shared
// decisions, so that whoever asks next gets the same one; records, so that a
// decision can be looked up; and feedback on them.
package memory

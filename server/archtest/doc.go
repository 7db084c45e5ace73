// Package archtest holds the map of the code as a test: which package may
// import which, and why. It has no code of its own.
//
// In: what `go list` says of the module. Out: test failures that name the
// package, the import and the reason of the rule. A new package has to be
// entered in the table, which is the moment to ask where it belongs.
package archtest

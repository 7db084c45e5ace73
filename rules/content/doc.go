// Package content holds what the content team owns, the YAML beside this file,
// and turns a folder of it into a Revision that can answer.
//
// In: a folder (the embedded one or any other) and the day of use. Out: an
// immutable Revision with the compiled rules, the lexicon, the policy and the
// cases, under an id made of the files' bytes; or the list of everything that
// is wrong, and no Revision. README.md tells content teams how to edit it.
package content

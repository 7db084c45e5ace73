// Package strictyaml reads YAML that people write by hand and turns it into Go
// structs, refusing everything it does not understand.
//
// In: a file's bytes and a struct whose fields carry `yaml:"name"` tags
// (`yaml:"name,required"` where a value must be given). Out: the filled struct
// and a list of problems, each with file, line and column, a stable code, a
// message for people who are no programmers and, for a misspelling, the word
// that was probably meant. As many problems as possible are found in one pass.
//
// Only the plain part of YAML is accepted: mappings, lists and single values.
// Anchors, aliases, merge keys, tags and second documents are refused, because
// they make a file say something else than it shows; keys that occur twice or
// that no field has are refused, because a misspelt rule must not vanish.
//
// Types that need more than a struct (a condition, a quantity with a unit)
// implement NodeDecoder and read the Node themselves.
package strictyaml

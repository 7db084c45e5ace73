// Package edit changes content files by typed operations, compares contents row
// by row, and merges what two people changed.
//
// In: files and operations, such as "set the value of this condition of that
// rule". Out: new files, in which everything that was not asked for is as it
// was, byte for byte: comments, order, blank lines and the way things are
// written. Operations know the form of content files, lists of rows with ids,
// and not their meaning: whether the result is good content is for
// rules/content to say.
package edit

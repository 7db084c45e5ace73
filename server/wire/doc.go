// Package wire translates between the API and the domain, both ways. It is the
// last place that sees who a member is and what they wrote.
//
// In: the messages of proto/rightvoice/v1, from gRPC, REST or a file. Out: the
// requests of server/recommend, and back again answers as messages. Whatever
// does not fit is reported as Invalid, with the path of each field as JSON
// spells it and what would fit; what was sent is never repeated.
//
// Everything here is a pure function of its arguments. The rules of the .proto
// files are the only source of what is valid: Validator applies them, with a
// shortcut for messages that are plainly in order.
package wire

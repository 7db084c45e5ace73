// Package casefile holds examples against an engine: case files, which content
// teams write beside their rules, and labelled corpora of questions.
//
// In: files, and a function that answers a Case. Out: what differs, which rules
// and items the cases reached, and how often a corpus was answered as labelled.
// Because the answering is a function, the same case runs on the rules, over
// gRPC and over REST. Reading, running and printing are apart; nothing here
// decides, reads a clock or knows a transport.
package casefile

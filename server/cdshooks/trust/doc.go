// Package trust finds out which CDS client signed a call.
//
// In: an Authorization header, the URL that was called, and a list of issuers
// that are trusted, each with its keys or with the addresses where it publishes
// them. Out: the client, or a *Refusal with a stable reason. Nothing of a token
// is ever repeated or logged.
//
// A token is a JWT signed with ES384 or RS384. Its issuer, and the address of
// its keys if it names one, must be on the list before anything is fetched, so
// that no token can make this server call an address of its choice. It is for
// the URL that was called and nothing else, lives an hour at most, and is good
// for one call: its jti is remembered until it has expired.
package trust

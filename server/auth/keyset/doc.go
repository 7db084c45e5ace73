// Package keyset fetches the public keys that issuers of tokens publish.
//
// In: an address, or an issuer that tells it, and which key is wanted. Out: the
// keys that fit, or ErrAway. Keys are fetched when one is wanted that nobody has
// seen, and every hour, but never more often than every 30 seconds, so that a
// caller who makes names of keys up can't make this server fetch all the time;
// old ones serve for a day when new ones can't be had. Only addresses that
// somebody here wrote down are called: no token can name one, and redirects are
// not followed.
package keyset

// Package auth says who is calling, and what they may do.
//
// In: the Authorization header or the client certificate of a call, the method
// that is called, and the tenant and side that it is about. Out: a Principal,
// or a *Refusal with a stable reason that names the right that is missing and
// never repeats what was sent.
//
// Credentials stand in one file (see File), which is read again when it changes;
// a file with a mistake leaves the last good one in force. There are three kinds:
// tokens that rightvoice token new made, of which only hashes are kept; JSON Web
// Tokens of issuers that are listed, checked with the keys they publish; and
// client certificates, by one of their names. A token can't give itself rights:
// which claim of which issuer gives which roles is said in the file too.
//
// What each method needs is one table, methods.go. A method that is not in it is
// refused to everyone. The side that asks, insurer or provider, belongs to the
// credential: an insurer's token can't ask as the provider. So do the capacities
// in which people approve what others wrote, such as clinical or legal: where
// nobody has to say who they are, everybody has all of them.
//
// Who was let in is looked at again on streams that stay open: see Gate.Changed.
// A token that has expired is refused with whose it was, so that it can be
// recorded; that is said only once its signature, or its hash, is proved.
package auth

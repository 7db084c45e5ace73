package trust

// Reason says why a call was refused. Reasons are stable and meant for programs.
type Reason string

// Reasons.
const (
	Missing       Reason = "TOKEN_MISSING"
	Malformed     Reason = "TOKEN_MALFORMED"
	Algorithm     Reason = "TOKEN_ALGORITHM"
	NoKeyID       Reason = "TOKEN_WITHOUT_KID"
	UnknownIssuer Reason = "TOKEN_ISSUER"
	UnknownJKU    Reason = "TOKEN_JKU"
	UnknownKey    Reason = "TOKEN_KEY"
	KeysAway      Reason = "KEYS_UNAVAILABLE"
	Signature     Reason = "TOKEN_SIGNATURE"
	Audience      Reason = "TOKEN_AUDIENCE"
	Incomplete    Reason = "TOKEN_CLAIMS"
	Expired       Reason = "TOKEN_EXPIRED"
	NotYet        Reason = "TOKEN_NOT_YET_VALID"
	TooLong       Reason = "TOKEN_LIFETIME"
	Replayed      Reason = "TOKEN_REPLAYED"
	Busy          Reason = "REPLAYS_UNAVAILABLE"
)

var messages = map[Reason]string{
	Missing:       "this call needs an Authorization header with a Bearer token",
	Malformed:     "the Authorization header holds no signed JWT",
	Algorithm:     "the token must be signed with ES384 or RS384",
	NoKeyID:       "the header of the token must have a kid",
	UnknownIssuer: "the iss of the token is not on the list",
	UnknownJKU:    "the jku of the token is not on the list of its issuer",
	UnknownKey:    "the issuer has no key of that kid for that algorithm",
	KeysAway:      "the keys of the issuer can't be fetched now; try again",
	Signature:     "the signature of the token does not fit",
	Audience:      "the aud of the token must be the URL that is called",
	Incomplete:    "the token needs an exp, an iat and a jti of at most 256 bytes",
	Expired:       "the token has expired",
	NotYet:        "the token is not valid yet",
	TooLong:       "the token must live no longer than an hour",
	Replayed:      "the token was used before; sign a new one for each call",
	Busy:          "too many tokens are in use; try again",
}

// Reasons lists all reasons there are.
func Reasons() []Reason {
	return []Reason{Missing, Malformed, Algorithm, NoKeyID, UnknownIssuer, UnknownJKU, UnknownKey, KeysAway, Signature, Audience, Incomplete,
		Expired, NotYet, TooLong, Replayed, Busy}
}

// Refusal is why a call is not let in. Its words repeat nothing of the token.
type Refusal struct{ Reason Reason }

func (r *Refusal) Error() string { return messages[r.Reason] }

// Temporary reports whether the same call may be let in later.
func (r *Refusal) Temporary() bool { return r.Reason == KeysAway || r.Reason == Busy }

func refuse(why Reason) error { return &Refusal{why} }

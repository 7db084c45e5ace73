package auth

import (
	"fmt"
	"time"
)

// Reason says why a call is refused. Its String is stable and meant for
// programs.
type Reason uint8

const (
	NoCredentials  Reason = iota // nothing was sent that says who is calling
	BadToken                     // no token of ours, nor of an issuer that is listed
	ExpiredToken                 //
	KeysAway                     // the issuer's keys can't be had now: trying again may help
	BadCertificate               // one that is not listed
	NobodyMay                    // the method is in no table
	RoleMissing                  //
	OtherTenant                  //
	OtherSide                    //
	TooMany                      // of the tenant's rate
	numReasons

	firstDenied = NobodyMay // from here on it is known who is calling
)

var reasons = [numReasons]string{"CREDENTIALS_MISSING", "TOKEN_INVALID", "TOKEN_EXPIRED", "TOKEN_KEYS_UNAVAILABLE", "CERTIFICATE_UNKNOWN",
	"METHOD_NOT_ALLOWED", "ROLE_MISSING", "TENANT_NOT_ALLOWED", "SIDE_NOT_ALLOWED", "RATE_LIMITED"}

func (r Reason) String() string { return reasons[r] }

// Reasons lists all reasons there are, for counters.
func Reasons() []string { return reasons[:] }

// Refusal is why a call is refused. Its words repeat nothing that was sent.
type Refusal struct {
	Reason     Reason
	Needs      Roles         // of RoleMissing: one of them would do
	RetryAfter time.Duration // of TooMany
	Who        *Principal    // of ExpiredToken: whose it was, which is proved
}

// Known reports whether it is known who is calling: they may not do this, or
// not now.
func (r *Refusal) Known() bool { return r.Reason >= firstDenied }

func (r *Refusal) Error() string {
	switch r.Reason {
	case NoCredentials:
		return "say who you are: a token in the Authorization header, as Bearer, or a client certificate"
	case BadToken:
		return "the token is not valid here"
	case ExpiredToken:
		return "the token has expired"
	case KeysAway:
		return "the token can't be checked now; try again"
	case BadCertificate:
		return "the client certificate is not listed here"
	case RoleMissing:
		return fmt.Sprintf("this needs one of these roles in the tenant: %s", r.Needs)
	case OtherTenant:
		return "these credentials have no rights in the tenant; name another with tenant"
	case OtherSide:
		return "these credentials can't ask for that side; leave asker out or name their own"
	case TooMany:
		return "too many requests for the tenant; try again later"
	}
	return "nobody may call this method"
}

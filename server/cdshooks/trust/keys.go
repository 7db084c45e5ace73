package trust

import (
	"context"
	"errors"

	"github.com/go-jose/go-jose/v4"

	"github.com/rightvoice/rightvoice/server/auth/keyset"
)

// one is the key of a name for an algorithm. A name that stands for two keys
// stands for neither.
func one(found []any) any {
	if len(found) != 1 {
		return nil
	}
	return found[0]
}

// among is the key that a token names.
func among(keys []jose.JSONWebKey, h *jose.Header) any {
	return one(keyset.Among(keys, h.KeyID, h.Algorithm))
}

// usable reports whether one of the keys can check a signature of ours.
func usable(keys []jose.JSONWebKey) bool {
	for _, k := range keys {
		for _, a := range algorithms {
			if k.KeyID != "" && len(keyset.Among(keys, k.KeyID, string(a))) == 1 {
				return true
			}
		}
	}
	return false
}

// published is the key that a token names among those at an address.
func published(ctx context.Context, at *keyset.Set, h *jose.Header) (any, error) {
	found, err := at.Find(ctx, h.KeyID, h.Algorithm)
	if err != nil {
		return nil, refuse(KeysAway)
	}
	if key := one(found); key != nil {
		return key, nil
	}
	return nil, refuse(UnknownKey)
}

// checkAddress refuses addresses that keys must not come from.
func checkAddress(at string) error {
	if !keyset.IsAddress(at) {
		return errors.New("a jku must be an absolute https URL without user and fragment; http is for this machine only")
	}
	return nil
}

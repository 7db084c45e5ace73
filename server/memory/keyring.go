package memory

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
)

// MinSecret is the fewest bytes of a secret.
const MinSecret = 32

// Keyring names and seals what a store keeps. It is safe for concurrent use.
//
// The newest secret writes; older ones only read, so that a secret can be
// changed without losing what is stored. Shared decisions are named by the newest
// secret alone: after a change they are decided once more.
type Keyring struct {
	secrets []*secret // newest first
}

// secret is what is derived from one configured secret.
type secret struct {
	id     byte // starts what it sealed, to tell which secret opens it
	namer  namer
	sealer [sealers]cipher.AEAD
}

// sealers is how many AES keys a secret is spread over. One key with random
// nonces is good for 2^32 entries; together they are for 2^40, which is four
// months at 100,000 entries a second.
const sealers = 256

// NewKeyring derives the keys from secrets, the newest first. Any bytes are
// good, hex or base64 text too, as long as nobody can guess them.
func NewKeyring(newest string, older ...string) (*Keyring, error) {
	r := &Keyring{}
	for _, text := range append([]string{newest}, older...) {
		if len(text) < MinSecret {
			return nil, fmt.Errorf("a secret must have at least %d characters", MinSecret)
		}
		s, err := derive(text)
		if err != nil {
			return nil, err
		}
		r.secrets = append(r.secrets, s)
	}
	return r, nil
}

// ParseKeyring reads one secret a line, the newest first. Empty lines are
// ignored.
func ParseKeyring(text string) (*Keyring, error) {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		return nil, errors.New("there is no secret")
	}
	return NewKeyring(lines[0], lines[1:]...)
}

func derive(text string) (*secret, error) {
	const idLen, nameLen, sealLen = 1, sha256.Size, 32
	root, err := hkdf.Extract(sha256.New, []byte(text), []byte("rightvoice memory 1"))
	if err != nil {
		return nil, err
	}
	keys, err := hkdf.Expand(sha256.New, root, "names", idLen+nameLen)
	if err != nil {
		return nil, err
	}
	s := &secret{id: keys[0], namer: newNamer(keys[idLen:])}
	for i := range s.sealer {
		key, err := hkdf.Expand(sha256.New, root, "seal "+string([]byte{byte(i)}), sealLen)
		if err != nil {
			return nil, err
		}
		block, err := aes.NewCipher(key)
		if err != nil {
			return nil, err
		}
		if s.sealer[i], err = cipher.NewGCMWithRandomNonce(block); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// Rotating reports whether there are older secrets, under whose names something
// may still be stored.
func (r *Keyring) Rotating() bool { return len(r.secrets) > 1 }

// Seal encrypts plain so that it opens under name only.
func (r *Keyring) Seal(name string, plain []byte) []byte {
	s := r.secrets[0]
	aead := s.sealer[spread(name)]
	sealed := make([]byte, 1, 1+len(plain)+aead.Overhead())
	sealed[0] = s.id
	return aead.Seal(sealed, nil, plain, []byte(name))
}

// Open decrypts what Seal made for the same name. It reports false for
// everything else.
func (r *Keyring) Open(name string, sealed []byte) ([]byte, bool) {
	if len(sealed) == 0 {
		return nil, false
	}
	for _, s := range r.secrets {
		if s.id != sealed[0] {
			continue
		}
		if plain, err := s.sealer[spread(name)].Open(nil, nil, sealed[1:], []byte(name)); err == nil {
			return plain, true
		}
	}
	return nil, false
}

// spread chooses one of the sealers by name (FNV-1a; even spread is all that
// matters).
func spread(name string) byte {
	h := uint32(2166136261)
	for i := range len(name) {
		h = (h ^ uint32(name[i])) * 16777619
	}
	return byte(h ^ h>>8 ^ h>>16 ^ h>>24)
}

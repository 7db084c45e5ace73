package auth

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strings"
)

// tokenPrefix marks tokens of this server, so that they are not taken for
// others', and so that tools that look for secrets can find them.
const tokenPrefix = "rvt_"

// tokenBytes is how much of a token is random: enough that a plain hash of it
// can't be turned back.
const tokenBytes = 32

// NewToken makes a token and the hash by which the file knows it.
func NewToken() (token, hash string, err error) {
	random := make([]byte, tokenBytes)
	if _, err := rand.Read(random); err != nil {
		return "", "", err
	}
	token = tokenPrefix + base64.RawURLEncoding.EncodeToString(random)
	sum := sha256.Sum256([]byte(token))
	return token, hex.EncodeToString(sum[:]), nil
}

// bearer takes the token out of an Authorization header.
func bearer(header string) (token string, ok bool) {
	scheme, token, ok := strings.Cut(header, " ")
	return strings.TrimLeft(token, " "), ok && strings.EqualFold(scheme, "Bearer") && token != ""
}

// maxToken is the longest token that is looked at, in bytes.
const maxToken = 8 << 10

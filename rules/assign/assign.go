// Package assign chooses, for good, which side of an experiment a member is on.
//
// In: a secret key, and three names: the tenant, the experiment and the member.
// Out: one of a hundred equal parts of the members. It is told no fact, so that
// no choice can go by one, a protected trait least of all; the package can't
// even name one. The same names give the same part on every server and under
// every revision, and parts of different experiments have nothing to do with
// each other.
package assign

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"hash"
	"math/bits"
	"sync"
)

// Parts is how many equal parts members are in.
const Parts = 100

// MinSecret is the fewest bytes of a secret.
const MinSecret = 16

// Key assigns. It is safe for concurrent use.
type Key struct {
	macs sync.Pool // of *mac
}

type mac struct {
	hash  hash.Hash
	frame []byte
	sum   [sha256.Size]byte
}

// NewKey makes a Key of a secret, which has to stay the same as long as members
// are to stay on their sides.
func NewKey(secret []byte) (*Key, error) {
	if len(secret) < MinSecret {
		return nil, errors.New("assign: the secret is too short")
	}
	derived := hmac.New(sha256.New, secret)
	derived.Write([]byte("rightvoice assign 1"))
	key := derived.Sum(nil)
	k := &Key{}
	k.macs.New = func() any { return &mac{hash: hmac.New(sha256.New, key), frame: make([]byte, 0, 256)} }
	return k, nil
}

// Mark tells members apart, and nobody without the secret who they are: 16
// hexadecimal digits.
func (k *Key) Mark(tenant, member string) string {
	m := k.macs.Get().(*mac)
	defer k.macs.Put(m)
	m.write("mark", tenant, member)
	return hex.EncodeToString(m.hash.Sum(m.sum[:0])[:8])
}

// Part is the part of a member, from 0 to Parts-1.
func (k *Key) Part(tenant, experiment, member string) int {
	m := k.macs.Get().(*mac)
	defer k.macs.Put(m)
	m.write("part", tenant, experiment, member)
	part, _ := bits.Mul64(binary.BigEndian.Uint64(m.hash.Sum(m.sum[:0])), Parts)
	return int(part)
}

// write hashes names, each with its length before it.
func (m *mac) write(names ...string) {
	m.frame = m.frame[:0]
	for _, name := range names {
		m.frame = binary.BigEndian.AppendUint32(m.frame, uint32(len(name)))
		m.frame = append(m.frame, name...)
	}
	m.hash.Reset()
	m.hash.Write(m.frame)
}

// Arm is which of some arms a part falls to, by their shares in parts of a
// hundred and in their order; -1 for the rest. An arm that grows at the end of
// the list takes members of the rest only.
func Arm(part int, shares ...int) int {
	for i, share := range shares {
		if part < share {
			return i
		}
		part -= share
	}
	return -1
}

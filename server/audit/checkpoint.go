package audit

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"
)

// Checkpoint says which records a log had at some time. Kept away from the log,
// it shows that none of them was altered or cut off since.
type Checkpoint struct {
	LogID     [16]byte
	Seq       uint64   // number of the last record
	Hash      [32]byte // its hash
	At        time.Time
	Signature []byte
}

const checkpointTitle = "rightvoice audit checkpoint 1"

// signed is the text that the signature covers.
func (c *Checkpoint) signed() string {
	return fmt.Sprintf("%s\nlog %x\nrecords %d\nhash %x\ntime %s\n", checkpointTitle, c.LogID, c.Seq, c.Hash, c.At.UTC().Format(time.RFC3339Nano))
}

// String is the checkpoint as its file holds it.
func (c *Checkpoint) String() string {
	return c.signed() + "signature " + base64.StdEncoding.EncodeToString(c.Signature) + "\n"
}

// Genuine reports whether the owner of the key signed it.
func (c *Checkpoint) Genuine(key ed25519.PublicKey) bool {
	return len(key) == ed25519.PublicKeySize && ed25519.Verify(key, []byte(c.signed()), c.Signature)
}

func sign(key ed25519.PrivateKey, id [16]byte, seq uint64, hash [32]byte, at time.Time) Checkpoint {
	c := Checkpoint{LogID: id, Seq: seq, Hash: hash, At: at.UTC().Truncate(time.Microsecond)}
	c.Signature = ed25519.Sign(key, []byte(c.signed()))
	return c
}

var errNoCheckpoint = errors.New("audit: this is no checkpoint")

// ParseCheckpoint reads what String wrote, and nothing else.
func ParseCheckpoint(text string) (*Checkpoint, error) {
	var c Checkpoint
	var id, hash, at, signature string
	if _, err := fmt.Sscanf(text, checkpointTitle+"\nlog %s\nrecords %d\nhash %s\ntime %s\nsignature %s\n", &id, &c.Seq, &hash, &at, &signature); err != nil {
		return nil, errNoCheckpoint
	}
	var err error
	if c.At, err = time.Parse(time.RFC3339Nano, at); err != nil {
		return nil, errNoCheckpoint
	}
	if !fill(c.LogID[:], id) || !fill(c.Hash[:], hash) {
		return nil, errNoCheckpoint
	}
	c.At = c.At.UTC()
	if c.Signature, err = base64.StdEncoding.DecodeString(signature); err != nil || c.String() != text {
		return nil, errNoCheckpoint
	}
	return &c, nil
}

func fill(dst []byte, text string) bool {
	b, err := hex.DecodeString(strings.ToLower(text))
	return err == nil && copy(dst, b) == len(dst) && len(b) == len(dst)
}

// ReadCheckpoint reads a checkpoint from a file.
func ReadCheckpoint(path string) (*Checkpoint, error) {
	text, err := os.ReadFile(path) //nolint:gosec // the path is the caller's choice
	if err != nil {
		return nil, err
	}
	return ParseCheckpoint(string(text))
}

// detail is time and signature, as a record of the log holds them: all else is
// in the record itself.
func (c *Checkpoint) detail() []byte {
	return append(binary.BigEndian.AppendUint64(nil, uint64(c.At.UnixMicro())), c.Signature...)
}

// checkpointIn is the checkpoint that a record holds over those before it.
func checkpointIn(r *Record, id [16]byte) (c Checkpoint, ok bool) {
	if len(r.Detail) != 8+ed25519.SignatureSize {
		return c, false
	}
	at := time.UnixMicro(int64(binary.BigEndian.Uint64(r.Detail))).UTC()
	return Checkpoint{LogID: id, Seq: r.Seq - 1, Hash: r.Prev, At: at, Signature: r.Detail[8:]}, true
}

package memory

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"hash"
	"strings"
	"sync"
)

// Names are "rv1:{tag}:" and what it is. The tag is what Redis Cluster chooses
// the node by: all of a member, or all of a decision, is in one place. Tags and
// digests are the first 16 bytes of an HMAC: among the names of 10^9 members
// with 100 entries each, the chance that any two are equal is 10^-17.
const (
	prefix    = "rv1:{"
	digestLen = 16
)

// Kinds of frames, so that no name of one kind is a name of another.
const (
	kindMember   = "member"
	kindShared   = "shared"
	kindDecision = "decision"
	kindFeedback = "feedback"
	kindContact  = "contact"
)

// namer makes names with one HMAC key.
type namer struct {
	scratch *sync.Pool // of *scratch
}

type scratch struct {
	mac   hash.Hash
	frame frame
	sum   [sha256.Size]byte
}

func newNamer(key []byte) namer {
	return namer{&sync.Pool{New: func() any {
		return &scratch{mac: hmac.New(sha256.New, key), frame: make(frame, 0, 512)}
	}}}
}

// append appends the digest of s.frame in base64.
func (s *scratch) append(dst []byte) []byte {
	s.mac.Reset()
	s.mac.Write(s.frame)
	return base64.RawURLEncoding.AppendEncode(dst, s.mac.Sum(s.sum[:0])[:digestLen])
}

// name appends "rv1:{tag}:" with the tag of s.frame.
func (s *scratch) name(dst []byte) []byte {
	return append(s.append(append(dst, prefix...)), "}:"...)
}

// SharedName is the name of the decision that key means.
func (r *Keyring) SharedName(key *Key) string {
	n := r.secrets[0].namer
	s := n.scratch.Get().(*scratch)
	defer n.scratch.Put(s)
	var buf [64]byte
	s.frame = s.frame[:0].text(kindMember).text(key.Tenant).text(key.Member)
	name := append(s.name(buf[:0]), 's')
	s.frame = s.frame[:0].text(kindShared).text(key.Tenant).text(key.Member).list(key.Topics).text(key.Rules).bytes(key.Cells)
	return string(s.append(name))
}

// IndexNames are the names of the list of a member's decisions, by secret, the
// newest first.
func (r *Keyring) IndexNames(tenant, member string) []string {
	return r.names("i", kindMember, tenant, member)
}

// RecordNames are the names of a decision's record, by secret, the newest first.
func (r *Keyring) RecordNames(tenant, decisionID string) []string {
	return r.names("r", kindDecision, tenant, decisionID)
}

// FactsNames are the names of what feeds told about a member, by secret, the
// newest first.
func (r *Keyring) FactsNames(tenant, member string) []string {
	return r.names("m", kindMember, tenant, member)
}

// FactsNameOf and LiveNameOf are the names of the facts of the member that a name
// is of, and of the list of that member's shared decisions.
func FactsNameOf(name string) string { return placeOf(name) + "m" }

// LiveNameOf is described at FactsNameOf.
func LiveNameOf(name string) string { return placeOf(name) + "d" }

func placeOf(name string) string { return name[:strings.IndexByte(name, '}')+2] }

// FactsName is the first of FactsNames.
func (r *Keyring) FactsName(tenant, member string) string {
	n := r.secrets[0].namer
	s := n.scratch.Get().(*scratch)
	defer n.scratch.Put(s)
	var buf [32]byte
	s.frame = s.frame[:0].text(kindMember).text(tenant).text(member)
	return string(append(s.name(buf[:0]), 'm'))
}

func (r *Keyring) names(suffix string, fields ...string) []string {
	all := make([]string, len(r.secrets))
	for i, sec := range r.secrets {
		s := sec.namer.scratch.Get().(*scratch)
		s.frame = s.frame[:0]
		for _, f := range fields {
			s.frame = s.frame.text(f)
		}
		all[i] = string(append(s.name(make([]byte, 0, 32)), suffix...))
		sec.namer.scratch.Put(s)
	}
	return all
}

// FeedbackName is the name of the feedback on the decision with this record. It
// is in the same place as the record.
func FeedbackName(recordName string) string {
	return recordName[:len(recordName)-1] + "f"
}

// FeedbackFields name one feedback on a decision, by secret as RecordNames: the
// same for the same feedback, whenever it is given.
func (r *Keyring) FeedbackFields(tenant, decisionID string, f *Feedback) []string {
	all := make([]string, len(r.secrets))
	for i, sec := range r.secrets {
		s := sec.namer.scratch.Get().(*scratch)
		s.frame = s.frame[:0].text(kindFeedback).text(tenant).text(decisionID).
			text(f.Outcome).text(f.Topic).text(f.Advice).text(f.Reason).text(f.Asker)
		all[i] = string(s.append(nil))
		sec.namer.scratch.Put(s)
	}
	return all
}

// Owner is the part of an index's name that a record keeps, to tell whose it is
// without saying who that is.
func Owner(indexName string) string {
	return indexName[len(prefix) : len(indexName)-len("}:i")]
}

// LedgerNames are the names of what a member was shown, by secret, the newest
// first.
func (r *Keyring) LedgerNames(tenant, member string) []string {
	return r.names("c", kindMember, tenant, member)
}

// LedgerNameFrom is the name of the ledger of the member that a name is of.
func LedgerNameFrom(name string) string { return placeOf(name) + "c" }

// LedgerNameOf is the name of the ledger of the member whom an owner, of a record,
// stands for.
func LedgerNameOf(owner string) string { return prefix + owner + "}:c" }

// Owners is the Owner of a list by each secret: that of the newest, and after it the
// others with the ids of their secrets.
func (r *Keyring) Owners(indexNames []string) string {
	out := []byte(Owner(indexNames[0]))
	for i, name := range indexNames[1:] {
		out = append(append(out, r.secrets[i+1].id), Owner(name)...)
	}
	return string(out)
}

// FirstOwner is the Owner by the secret that owners were written with.
func FirstOwner(owners string) string { return owners[:min(len(owners), ownerLen)] }

// Ledgers are the ledgers of a member whom owners stand for, by secret; empty for a
// secret that the writer of the owners did not have. secret is the one that they
// were written with.
func (r *Keyring) Ledgers(secret int, owners string) []string {
	out := make([]string, len(r.secrets))
	out[secret] = LedgerNameOf(FirstOwner(owners))
	for rest := owners[len(FirstOwner(owners)):]; len(rest) > ownerLen; rest = rest[1+ownerLen:] {
		for i := range out {
			if i != secret && r.secrets[i].id == rest[0] {
				out[i] = LedgerNameOf(rest[1 : 1+ownerLen])
			}
		}
	}
	return out
}

const ownerLen = 22

// ContactMarks are a contact in the ledger of this name, in marks that tell
// nothing: the contact itself, and the parts that limits compare. secret is the
// position of the ledger's among its names.
func (r *Keyring) ContactMarks(secret int, ledger string, c *Contact) (self, parts string) {
	sec := r.secrets[secret].namer
	s := sec.scratch.Get().(*scratch)
	defer sec.scratch.Put(s)
	mark := func(dst []byte, length int, fields ...string) []byte {
		s.frame = s.frame[:0].text(kindContact).text(ledger)
		for _, f := range fields {
			s.frame = s.frame.text(f)
		}
		return s.append(dst)[:len(dst)+length]
	}
	self = string(mark(nil, selfMark, c.Decision, c.Advice))
	out := make([]byte, 0, 64)
	for i, part := range [...]string{c.Decision, c.Topic, c.Sender, c.Kind, c.Channel} {
		if part == "" {
			out = append(out, noMark...)
			continue
		}
		out = mark(out, PartMark, markOf[i], part)
	}
	return self, string(out)
}

// PartMark is the length of a mark of a part: 48 bits tell the parts of one member
// apart.
const (
	PartMark = 8
	selfMark = 22
	noMark   = "--------"
)

var markOf = [...]string{"decision", "topic", "sender", "kind", "channel"}

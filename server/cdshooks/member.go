package cdshooks

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"strings"
)

// maxMemberRef is the longest member reference, in bytes.
const maxMemberRef = 128

// memberRef names the member of a call, as the package comment says.
func (h *Handler) memberRef(issuer string, r *request) string {
	if h.o.MemberSystem != "" {
		for _, d := range r.prefetch {
			if d.Type == "Patient" && d.ID == r.moment.patientID {
				if ref := identifier(d.raw, h.o.MemberSystem); ref != "" {
					return ref
				}
			}
		}
	}
	return opaque(h.o.MemberKey, issuer, strings.TrimRight(r.fhirServer, "/"), r.moment.patientID)
}

// identifier is the value that a patient has in a system; empty if none, or
// two, which tell nothing.
func identifier(patient json.RawMessage, system string) string {
	var p struct {
		Identifier []struct {
			System string `json:"system"`
			Value  string `json:"value"`
		} `json:"identifier"`
	}
	if json.Unmarshal(patient, &p) != nil {
		return ""
	}
	found := ""
	for _, i := range p.Identifier {
		switch {
		case i.System != system || i.Value == "" || len(i.Value) > maxMemberRef || i.Value == found:
		case found != "":
			return ""
		default:
			found = i.Value
		}
	}
	return found
}

// opaque is a name that only this service could have made. The parts are framed
// by their lengths, so that no two lists of them look the same.
func opaque(key []byte, parts ...string) string {
	mac := hmac.New(sha256.New, key)
	var size [8]byte
	for _, p := range append([]string{"rightvoice cds-hooks member"}, parts...) {
		binary.BigEndian.PutUint64(size[:], uint64(len(p)))
		mac.Write(size[:])
		mac.Write([]byte(p))
	}
	return "ehr-" + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

package audit

import (
	"fmt"
	"strings"
)

// Fault is a way in which a log is not as it was written.
type Fault uint8

const (
	Altered       Fault = iota + 1 // bytes that are no record any more
	Deleted                        // records that are gone
	Inserted                       // a record that does not belong here
	Reordered                      // a record that stands later than it was written
	Replaced                       // a record that was put in place of another, or all from it on
	Forged                         // a signature that the owner of the key did not make
	Truncated                      // records of the checkpoint that are missing at the end
	BadCheckpoint                  // the checkpoint is not of this log or not genuine
	TornTail                       // the end that a crash left: no tampering, the next start repairs it
)

var faults = [...]string{"", "altered", "deleted", "inserted", "reordered", "replaced", "forged", "truncated", "bad checkpoint", "torn tail"}

func (f Fault) String() string { return faults[f] }

// Finding is one fault and its place.
type Finding struct {
	Fault       Fault
	File        string // name of the segment; empty if no segment is to blame
	Offset      int64  // of the first byte in it
	First, Last uint64 // numbers of the records concerned; 0 if they can't be told
}

// String is the finding for people.
func (f Finding) String() string {
	var b strings.Builder
	b.WriteString(f.Fault.String())
	switch {
	case f.First == 0:
	case f.First == f.Last:
		fmt.Fprintf(&b, ": record %d", f.First)
	default:
		fmt.Fprintf(&b, ": records %d to %d", f.First, f.Last)
	}
	if f.File != "" {
		fmt.Fprintf(&b, " (%s, byte %d)", f.File, f.Offset)
	}
	return b.String()
}

// Report is what Verify found.
type Report struct {
	LogID    [16]byte
	Records  uint64 // that hold together
	Signed   uint64 // the last of them that a genuine signature covers
	Segments int
	Findings []Finding
}

// Whole reports whether nothing was tampered with. A torn tail is the work of a
// crash.
func (r *Report) Whole() bool {
	for _, f := range r.Findings {
		if f.Fault != TornTail {
			return false
		}
	}
	return true
}

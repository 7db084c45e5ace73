package audit

import (
	"crypto/ed25519"
	"os"
	"path/filepath"
)

// Verify reads a whole log and finds what was altered, deleted, inserted,
// reordered or replaced, and, against a checkpoint, what was cut off the end.
// checkpoint may be nil. The error says that something could not be read.
func Verify(dir string, key ed25519.PublicKey, checkpoint *Checkpoint) (*Report, error) {
	names, err := segments(dir)
	if err != nil {
		return nil, err
	}
	v := &verifier{key: key, report: &Report{Segments: len(names)}, missing: map[uint64]int{}}
	for i, name := range names {
		data, err := os.ReadFile(filepath.Join(dir, name)) //nolint:gosec // the folder is the caller's choice
		if err != nil {
			return nil, err
		}
		v.segment(data, name, i == len(names)-1)
	}
	v.end(checkpoint)
	return v.report, nil
}

// verifier walks through a log. A record is taken as the next one if number and
// hash of the one before fit.
type verifier struct {
	key    ed25519.PublicKey
	report *Report

	hashes  [][32]byte     // of the records taken, by number less 1; zero where one is missing
	missing map[uint64]int // the finding that says so, by number
	suspect *placed        // has the right number, but does not follow the record before
	holes   []int          // findings of bytes that are no record since the last one taken
}

// placed is a record and where it stands.
type placed struct {
	Record
	file   string
	offset int64
}

func (v *verifier) find(f Fault, file string, offset int64, first, last uint64) int {
	v.report.Findings = append(v.report.Findings, Finding{f, file, offset, first, last})
	return len(v.report.Findings) - 1
}

func (v *verifier) segment(data []byte, name string, isLast bool) {
	at := segmentHead
	if !headFits(data, name) {
		if isLast && (len(data) < segmentHead || allZero(data)) {
			v.find(TornTail, name, 0, 0, 0)
			return
		}
		v.find(Altered, name, 0, 0, 0)
		at = min(at, len(data))
	}
	for at < len(data) {
		r, size, how := parse(data[at:])
		switch {
		case how == fits:
			v.next(&placed{r, name, int64(at)})
		case how == torn && isLast:
			v.find(TornTail, name, int64(at), 0, 0)
			return
		default:
			v.holes = append(v.holes, v.find(Altered, name, int64(at), 0, 0))
			if size == 0 {
				size = resume(data[at:])
			}
		}
		at += size
	}
}

// resume is the distance to the next whole record, or to the end.
func resume(data []byte) int {
	for i := 1; i+headSize < len(data); i++ {
		if _, _, how := parse(data[i:]); how == fits {
			return i
		}
	}
	return len(data)
}

// want is the number that the next record has.
func (v *verifier) want() uint64 { return uint64(len(v.hashes)) + 1 }

func (v *verifier) next(r *placed) {
	if s := v.suspect; s != nil {
		v.suspect = nil
		if r.Seq == s.Seq+1 && r.Prev == s.Hash { // what follows sides with it
			v.find(Replaced, s.file, s.offset, s.Seq-1, s.Seq)
			v.take(s)
		} else {
			v.find(Inserted, s.file, s.offset, s.Seq, s.Seq)
		}
	}
	switch want := v.want(); {
	case r.Seq < want:
		v.outOfPlace(r)
	case r.Seq > want:
		if r.Seq-want > maxGap {
			v.find(Inserted, r.file, r.offset, r.Seq, r.Seq)
			return
		}
		v.gap(r)
		v.take(r)
	case r.Prev != v.last():
		v.suspect = r
	default:
		v.take(r)
	}
}

// last is the hash of the last record taken.
func (v *verifier) last() (hash [32]byte) {
	if n := len(v.hashes); n > 0 {
		return v.hashes[n-1]
	}
	return hash
}

// take makes r the last record of the chain.
func (v *verifier) take(r *placed) {
	if len(v.holes) > 0 { // bytes between two records that follow each other
		for _, i := range v.holes {
			v.report.Findings[i].Fault = Inserted
		}
		v.holes = nil
	}
	v.hashes = append(v.hashes, r.Hash)
	switch {
	case r.Seq == 1 && r.Kind == Began && len(r.Detail) == len(v.report.LogID):
		v.report.LogID = [16]byte(r.Detail)
	case r.Seq == 1:
		v.find(Replaced, r.file, r.offset, 1, 1)
	case r.Kind == Checkpointed:
		if c, ok := checkpointIn(&r.Record, v.report.LogID); ok && c.Genuine(v.key) {
			v.report.Signed = r.Seq - 1
		} else {
			v.find(Forged, r.file, r.offset, r.Seq, r.Seq)
		}
	}
}

// maxGap bounds how many missing records are believed in: numbers are only as
// good as the bytes they stand in.
const maxGap = 1 << 20

// gap notes the records that are missing before r: those whose bytes are still
// there but no record any more, and those that are gone.
func (v *verifier) gap(r *placed) {
	first := v.want()
	for ; first < r.Seq && len(v.holes) > 0; first++ {
		v.number(first)
	}
	if first == r.Seq {
		return
	}
	i := v.find(Deleted, r.file, r.offset, first, r.Seq-1)
	for seq := first; seq < r.Seq; seq++ {
		v.hashes = append(v.hashes, [32]byte{})
		v.missing[seq] = i
	}
}

// number says which record the bytes that are no record any more were.
func (v *verifier) number(seq uint64) {
	f := &v.report.Findings[v.holes[0]]
	f.First, f.Last = seq, seq
	v.holes = v.holes[1:]
	v.hashes = append(v.hashes, [32]byte{})
}

// outOfPlace judges a record whose number has passed.
func (v *verifier) outOfPlace(r *placed) {
	if _, gone := v.missing[r.Seq]; !gone {
		v.find(Inserted, r.file, r.offset, r.Seq, r.Seq)
		return
	}
	delete(v.missing, r.Seq)
	v.hashes[r.Seq-1] = r.Hash
	v.find(Reordered, r.file, r.offset, r.Seq, r.Seq)
}

// end judges what is left at the end, and the checkpoint.
func (v *verifier) end(c *Checkpoint) {
	if s := v.suspect; s != nil {
		v.find(Replaced, s.file, s.offset, max(s.Seq, 2)-1, s.Seq)
		v.take(s)
	}
	for len(v.holes) > 0 {
		v.number(v.want())
	}
	if c != nil {
		v.compare(c)
	}
	v.forgetFound()
	for _, hash := range v.hashes {
		if hash != [32]byte{} {
			v.report.Records++
		}
	}
}

func (v *verifier) compare(c *Checkpoint) {
	n := uint64(len(v.hashes))
	switch {
	case !c.Genuine(v.key), c.Seq == 0, c.LogID != v.report.LogID && v.report.LogID != [16]byte{}:
		v.find(BadCheckpoint, "", 0, 0, 0)
	case c.Seq > n:
		v.find(Truncated, "", 0, n+1, c.Seq)
	case v.hashes[c.Seq-1] == [32]byte{}: // found missing already
	case v.hashes[c.Seq-1] != c.Hash:
		v.find(Replaced, "", 0, min(v.report.Signed, c.Seq-1)+1, c.Seq)
	default:
		v.report.Signed = max(v.report.Signed, c.Seq)
	}
}

// forgetFound takes back that records are gone, where all of them turned up
// later.
func (v *verifier) forgetFound() {
	gone := map[int]bool{}
	for _, i := range v.missing {
		gone[i] = true
	}
	kept := v.report.Findings[:0]
	for i, f := range v.report.Findings {
		if f.Fault != Deleted || gone[i] {
			kept = append(kept, f)
		}
	}
	v.report.Findings = kept
}

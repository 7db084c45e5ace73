package audit

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// specimen is a small log of two segments, as bytes.
type specimen struct {
	t          *testing.T
	dir        string
	key        ed25519.PublicKey
	checkpoint *Checkpoint
	files      map[string][]byte
	names      []string
	frames     []frame // of all segments
}

type frame struct {
	file     string
	from, to int
	seq      uint64
}

func newSpecimen(t *testing.T) *specimen {
	t.Helper()
	s := &specimen{t: t, dir: t.TempDir(), files: map[string][]byte{}}
	l := open(t, s.dir, Options{CheckpointEvery: 4, SegmentSize: 1100})
	add(t, l, 9)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	s.key, s.checkpoint = keys(t, s.dir)
	var err error
	if s.names, err = segments(s.dir); err != nil || len(s.names) < 2 {
		t.Fatal(s.names, err)
	}
	for _, name := range s.names {
		data, err := os.ReadFile(filepath.Join(s.dir, name))
		if err != nil {
			t.Fatal(err)
		}
		s.files[name] = data
		for at := segmentHead; at < len(data); {
			r, size, how := parse(data[at:])
			if how != fits {
				t.Fatal(name, at)
			}
			s.frames = append(s.frames, frame{name, at, at + size, r.Seq})
			at += size
		}
	}
	if r := s.verify(); len(r.Findings) > 0 || r.Signed != s.checkpoint.Seq {
		t.Fatalf("untouched: %+v", r)
	}
	return s
}

func (s *specimen) put(name string, data []byte) {
	s.t.Helper()
	if err := os.WriteFile(filepath.Join(s.dir, name), data, 0o600); err != nil {
		s.t.Fatal(err)
	}
}

func (s *specimen) verify() *Report { s.t.Helper(); return verify(s.t, s.dir, s.key, s.checkpoint) }

// located reports whether a finding names the record, or the bytes.
func located(r *Report, file string, at int, seq uint64) bool {
	return slices.ContainsFunc(r.Findings, func(f Finding) bool {
		return f.First <= seq && seq <= f.Last && f.First > 0 || f.File == file && at >= int(f.Offset) && f.First == 0
	})
}

// TestEveryFlipIsFound flips a bit of every byte, one at a time.
func TestEveryFlipIsFound(t *testing.T) {
	s := newSpecimen(t)
	for _, name := range s.names {
		good := s.files[name]
		for i := range good {
			bad := bytes.Clone(good)
			for _, flip := range flips(i) {
				bad[i] = good[i] ^ flip
				s.put(name, bad)
				if r := s.verify(); r.Whole() || !located(r, name, i, s.seqAt(name, i)) {
					t.Fatalf("%s byte %d by %02x: %v", name, i, flip, r.Findings)
				}
			}
		}
		s.put(name, good)
	}
}

// flips are the changes of one byte to try: all that there are in a long run,
// else one bit, another one in each byte.
func flips(i int) []byte {
	if os.Getenv("RIGHTVOICE_SOAK") == "" {
		return []byte{1 << (i % 8)}
	}
	var all []byte
	for x := 1; x < 256; x++ {
		all = append(all, byte(x))
	}
	return all
}

// seqAt is the record at a byte, 0 in the head.
func (s *specimen) seqAt(name string, at int) uint64 {
	for _, f := range s.frames {
		if f.file == name && f.from <= at && at < f.to {
			return f.seq
		}
	}
	return 0
}

func TestEveryDeletionIsFound(t *testing.T) {
	s := newSpecimen(t)
	for _, f := range s.frames {
		good := s.files[f.file]
		s.put(f.file, slices.Concat(good[:f.from], good[f.to:]))
		if r := s.verify(); r.Whole() || !located(r, f.file, f.from, f.seq) {
			t.Errorf("record %d: %v", f.seq, r.Findings)
		}
		s.put(f.file, good)
	}
	for i, name := range s.names {
		if err := os.Remove(filepath.Join(s.dir, name)); err != nil {
			t.Fatal(err)
		}
		if r := s.verify(); r.Whole() {
			t.Errorf("segment %d: not missed", i)
		}
		s.put(name, s.files[name])
	}
}

func TestEveryInsertionIsFound(t *testing.T) {
	s := newSpecimen(t)
	other := Record{Entry: entry(77)}
	for _, at := range s.frames {
		good := s.files[at.file]
		for _, what := range s.frames { // a copy of every record
			s.insert(at, s.files[what.file][what.from:what.to])
		}
		for _, seq := range []uint64{1, at.seq - 1, at.seq, at.seq + 1, at.seq + 5} { // another one of every number
			other.Seq = max(seq, 1)
			s.insert(at, appendRecord(nil, &other))
		}
		s.insert(at, []byte("x"))
		s.put(at.file, good)
	}
}

// insert puts bytes before a record and behind it.
func (s *specimen) insert(f frame, bytes []byte) {
	s.t.Helper()
	for _, at := range []int{f.from, f.to} {
		good := s.files[f.file]
		s.put(f.file, slices.Concat(good[:at], bytes, good[at:]))
		r := s.verify()
		atEnd := f.file == s.names[len(s.names)-1] && at == len(good) && len(bytes) < headSize // looks like a crash, and is cut off like one
		if r.Whole() && !atEnd || len(r.Findings) == 0 {
			s.t.Errorf("%d bytes at %d of %s: %v", len(bytes), at, f.file, r.Findings)
		}
	}
}

func TestEverySwapIsFound(t *testing.T) {
	s := newSpecimen(t)
	for i, a := range s.frames {
		for _, b := range s.frames[i+1:] {
			if a.file != b.file {
				continue
			}
			good := s.files[a.file]
			s.put(a.file, slices.Concat(good[:a.from], good[b.from:b.to], good[a.to:b.from], good[a.from:a.to], good[b.to:]))
			if r := s.verify(); r.Whole() || !located(r, a.file, a.from, a.seq) {
				t.Errorf("%d and %d: %v", a.seq, b.seq, r.Findings)
			}
			s.put(a.file, good)
		}
	}
}

// TestEveryTruncationIsFound cuts the last segment at every byte.
func TestEveryTruncationIsFound(t *testing.T) {
	s := newSpecimen(t)
	name := s.names[len(s.names)-1]
	good := s.files[name]
	for n := range good {
		s.put(name, good[:n])
		r := s.verify()
		if r.Whole() || !slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Fault == Truncated && f.Last == s.checkpoint.Seq }) {
			t.Errorf("cut to %d: %v", n, r.Findings)
		}
		if l, err := Open(s.dir, Options{}); err == nil {
			l.Close()
			t.Fatalf("cut to %d: opened although the checkpoint knows more", n)
		} else if !errors.Is(err, ErrTampered) {
			t.Errorf("cut to %d: %v", n, err)
		}
	}
}

// TestARewrittenChainIsFound alters a record and makes all hashes after it fit.
func TestARewrittenChainIsFound(t *testing.T) {
	for k := range 9 {
		s := newSpecimen(t)
		var prev [32]byte
		for _, name := range s.names {
			data, out := s.files[name], bytes.Clone(s.files[name][:segmentHead])
			for at := segmentHead; at < len(data); {
				r, size, _ := parse(data[at:])
				at += size
				if r.Kind == Change && r.Objects[0].ID == entry(k).Objects[0].ID {
					r.Actor = "nobody"
				}
				r.Prev = prev
				out = appendRecord(out, &r)
				prev = r.Hash
			}
			s.put(name, out)
		}
		r := s.verify()
		if r.Whole() {
			t.Errorf("entry %d: not found", k)
		}
		bare, err := Verify(s.dir, s.key, nil)
		if err != nil || bare.Whole() {
			t.Errorf("entry %d: the signatures in the log do not show it: %v", k, err)
		}
	}
}

func TestCheckpointsOfOthersAreRefused(t *testing.T) {
	a, b := newSpecimen(t), newSpecimen(t)
	for name, try := range map[string]struct {
		key ed25519.PublicKey
		c   *Checkpoint
	}{
		"another log":                   {a.key, b.checkpoint},
		"another key":                   {b.key, a.checkpoint},
		"another log and its key":       {b.key, b.checkpoint},
		"no key":                        {nil, a.checkpoint},
		"a checkpoint of nothing":       {a.key, &Checkpoint{}},
		"a signature of something else": {a.key, &Checkpoint{LogID: a.checkpoint.LogID, Seq: 1, Signature: a.checkpoint.Signature}},
	} {
		if r := verify(t, a.dir, try.key, try.c); r.Whole() {
			t.Errorf("%s: accepted", name)
		}
	}
	l, err := Open(a.dir, Options{KeyFile: filepath.Join(b.dir, keyFile)})
	if !errors.Is(err, ErrTampered) {
		l.Close()
		t.Errorf("opened with another key: %v", err)
	}
}

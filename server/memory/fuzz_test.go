package memory

import (
	"bytes"
	"encoding/binary"
	"slices"
	"testing"
)

// field is a field of a frame: absent, a text, or a list of texts.
type field struct {
	kind  byte
	texts []string
}

func (f field) equal(g field) bool { return f.kind == g.kind && slices.Equal(f.texts, g.texts) }

// fieldsFrom makes a list of fields from whatever bytes there are.
func fieldsFrom(data []byte) []field {
	next := func() byte {
		if len(data) == 0 {
			return 0
		}
		b := data[0]
		data = data[1:]
		return b
	}
	text := func() string {
		n := min(int(next()), len(data))
		s := string(data[:n])
		data = data[n:]
		return s
	}
	var all []field
	for len(data) > 0 && len(all) < 12 {
		f := field{kind: next() % 3}
		switch f.kind {
		case frameText:
			f.texts = []string{text()}
		case frameList:
			for range next() % 5 {
				f.texts = append(f.texts, text())
			}
		}
		all = append(all, f)
	}
	return all
}

func frameOf(fields []field) frame {
	var f frame
	for _, one := range fields {
		switch one.kind {
		case frameAbsent:
			f = f.absent()
		case frameText:
			if f = f.text(one.texts[0]); !bytes.HasSuffix(f, frame{}.bytes([]byte(one.texts[0]))) {
				panic("text and bytes are framed in two ways")
			}
		case frameList:
			f = f.list(one.texts)
		}
	}
	return f
}

// unframe reads the fields back, which proves that no other list of fields has
// this frame.
func unframe(t *testing.T, f frame) []field {
	count := func() int {
		n, size := binary.Uvarint(f)
		if size <= 0 {
			t.Fatal("a frame without a length")
		}
		f = f[size:]
		return int(n)
	}
	text := func() string {
		if f[0] != frameText {
			t.Fatal("no text in a list")
		}
		f = f[1:]
		n := count()
		s := string(f[:n])
		f = f[n:]
		return s
	}
	var all []field
	for len(f) > 0 {
		one := field{kind: f[0]}
		switch one.kind {
		case frameAbsent:
			f = f[1:]
		case frameText:
			one.texts = []string{text()}
		case frameList:
			f = f[1:]
			for range count() {
				one.texts = append(one.texts, text())
			}
		}
		all = append(all, one)
	}
	return all
}

func FuzzFrame(f *testing.F) {
	f.Add([]byte{1, 1, 'a', 1, 1, 'b'}, []byte{1, 2, 'a', 'b'})
	f.Add([]byte{0}, []byte{1, 0})
	f.Add([]byte{2, 0}, []byte{2, 1, 0})
	f.Add([]byte{2, 2, 1, 'a', 1, 'b'}, []byte{2, 1, 2, 'a', 'b'})
	f.Fuzz(func(t *testing.T, a, b []byte) {
		one, other := fieldsFrom(a), fieldsFrom(b)
		same := slices.EqualFunc(one, other, field.equal)
		if bytes.Equal(frameOf(one), frameOf(other)) != same {
			t.Errorf("%v and %v: equal fields %v, equal frames %v", one, other, same, !same)
		}
		if got := unframe(t, frameOf(one)); !slices.EqualFunc(got, one, field.equal) {
			t.Errorf("%v came back as %v", one, got)
		}
	})
}

// FuzzOpen knows one thing only that was ever sealed: "plain" under "name".
func FuzzOpen(f *testing.F) {
	r := testKeyring(f, secretA, secretB)
	sealed := r.Seal("name", []byte("plain"))
	f.Add("name", sealed, uint(7))
	f.Add("other", sealed, uint(0))
	f.Add("name", sealed[:len(sealed)-1], uint(0))
	f.Add("", []byte{}, uint(0))
	f.Add("name", []byte{sealed[0]}, uint(0))
	f.Fuzz(func(t *testing.T, name string, b []byte, flip uint) {
		plain, ok := r.Open(name, b)
		if !ok {
			return
		}
		if name != "name" || string(plain) != "plain" {
			t.Fatalf("opened %x under %q", b, name)
		}
		b[flip/8%uint(len(b))] ^= 1 << (flip % 8)
		if _, ok := r.Open(name, b); ok {
			t.Errorf("opened with bit %d flipped", flip)
		}
	})
}

func FuzzDecode(f *testing.F) {
	entry := testEntry()
	f.Add(AppendEntry(nil, &entry))
	f.Add(AppendRecord(nil, "who", &Record{Entry: entry, Held: []Held{{Advice: "gym", RetryAt: entry.DecidedAt}}}))
	f.Add(AppendFeedback(nil, &Feedback{Outcome: "shown", At: entry.DecidedAt}))
	f.Add([]byte{entryVersion, 0xff, 0xff, 0xff, 0xff, 0x0f})
	f.Fuzz(func(t *testing.T, b []byte) {
		if e, err := DecodeEntry(b); err == nil && !bytes.Equal(AppendEntry(nil, &e), b) {
			t.Errorf("%x is a second encoding of an entry", b)
		}
		if r, owner, err := DecodeRecord(b); err == nil && !bytes.Equal(AppendRecord(nil, owner, &r), b) {
			t.Errorf("%x is a second encoding of a record", b)
		}
		if fb, err := DecodeFeedback(b); err == nil && !bytes.Equal(AppendFeedback(nil, &fb), b) {
			t.Errorf("%x is a second encoding of feedback", b)
		}
	})
}

package fhir

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// medianBundle is the size of the middle one of 601 public Synthea bundles.
const medianBundle = 909_000

// BenchmarkMedianBundle reads a bundle of the median size, made of the entries
// of a real one over and over under new ids, or of our own where that is not at
// hand.
func BenchmarkMedianBundle(b *testing.B) {
	rev := revision(b)
	bundle := enlarged(b, medianBundle)
	o := Options{Catalogue: rev.Set.Catalogue(), Now: time.Date(2021, 4, 2, 0, 0, 0, 0, time.UTC)}
	b.SetBytes(int64(len(bundle)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(bytes.NewReader(bundle), o); err != nil {
			b.Fatal(err)
		}
	}
}

// enlarged repeats the entries of a bundle until it has the size.
func enlarged(t testing.TB, size int) []byte {
	t.Helper()
	small, err := os.ReadFile("testdata/record.json")
	if f, e := os.Open(filepath.Join(reference, "synthea", "Desmond_Gutmann.json.gz")); e == nil {
		defer f.Close()
		z, e := gzip.NewReader(f)
		if e != nil {
			t.Fatal(e)
		}
		small, err = io.ReadAll(z)
	}
	if err != nil {
		t.Fatal(err)
	}
	var bundle struct {
		Entry []json.RawMessage `json:"entry"`
	}
	if err := json.Unmarshal(small, &bundle); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	out.WriteString(`{"resourceType":"Bundle","type":"collection","entry":[`)
	for n := 0; out.Len() < size; n++ {
		for i, e := range bundle.Entry {
			if n > 0 && bytes.Contains(e[:min(len(e), 300)], []byte(`"Patient"`)) {
				continue
			}
			if n > 0 || i > 0 {
				out.WriteByte(',')
			}
			out.Write(e)
		}
	}
	fmt.Fprint(&out, `]}`)
	return out.Bytes()
}

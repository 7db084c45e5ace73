package fhir

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// medianBundle is the size of the middle one of 601 public Synthea bundles.
const medianBundle = 909_000

// BenchmarkMedianBundle reads a bundle of the median size, made of the entries
// of a real one over and over, or of our own where that is not at hand.
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
	entries := someEntries(t)
	var out bytes.Buffer
	out.WriteString(`{"resourceType":"Bundle","type":"collection","entry":[`)
	for n := 0; out.Len() < size; n++ {
		for i, e := range entries {
			if n > 0 && bytes.Contains(e[:min(len(e), 300)], []byte(`"Patient"`)) {
				continue
			}
			if n > 0 || i > 0 {
				out.WriteByte(',')
			}
			out.Write(e)
		}
	}
	out.WriteString(`]}`)
	return out.Bytes()
}

// someEntries are those of a Synthea bundle, or of our own cases where there is
// none.
func someEntries(t testing.TB) []json.RawMessage {
	t.Helper()
	var bundle struct{ Entry []json.RawMessage }
	if f, err := os.Open(filepath.Join(reference, "synthea", "Desmond_Gutmann.json.gz")); err == nil {
		defer f.Close()
		z, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.NewDecoder(z).Decode(&bundle); err != nil {
			t.Fatal(err)
		}
		return bundle.Entry
	}
	t.Log("the reference data is not here; measured with our own cases")
	all := []json.RawMessage{[]byte(`{"resource":{"resourceType":"Patient","id":"m1","birthDate":"1980"}}`)}
	for name, c := range loadCases(t) {
		for _, doc := range c.Documents {
			bundle.Entry = nil // else the entries would be written over those that all holds
			if json.Unmarshal(doc, &bundle) == nil && len(bundle.Entry) > 0 && (strings.HasPrefix(name, "claim") || strings.HasPrefix(name, "observation")) {
				all = append(all, bundle.Entry[1:]...)
			}
		}
	}
	return all
}

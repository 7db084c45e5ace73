package fhir

import (
	"compress/gzip"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/content"
)

// reference is where public examples lie on the machines that have them.
const reference = "../../../shared/data"

func TestSynthea(t *testing.T) {
	rows, err := readCSV(filepath.Join(reference, "synthea_expect.csv"))
	if err != nil {
		t.Skip("the reference data is not here; left out")
	}
	rev := revision(t)
	for _, row := range rows[1:] {
		for _, hour := range []string{"T00:00:00Z", "T12:00:00Z", "T23:59:00Z"} {
			now, err := time.Parse(time.RFC3339, row[1]+hour)
			if err != nil {
				t.Fatal(err)
			}
			got := readFile(t, rev, filepath.Join(reference, "synthea", row[0]+".json.gz"), now)
			t.Log(row[0], row[1]+hour, describe(rev, got))
		}
	}
}

func revision(t testing.TB) *content.Revision {
	t.Helper()
	rev, problems := content.Load(content.Default(), time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC))
	if rev == nil {
		t.Fatal(problems)
	}
	return rev
}

func readFile(t *testing.T, rev *content.Revision, path string, now time.Time) Result {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Skip("the reference data is not here; left out")
	}
	defer f.Close()
	var in io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if in, err = gzip.NewReader(f); err != nil {
			t.Fatal(err)
		}
	}
	got, err := Read(in, Options{Catalogue: rev.Set.Catalogue(), Now: now})
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return got
}

func readCSV(path string) ([][]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return csv.NewReader(f).ReadAll()
}

func describe(rev *content.Revision, r Result) string {
	c := rev.Set.Catalogue()
	var b strings.Builder
	for _, o := range r.Origins {
		b.WriteString(c.Def(o.Fact).Name)
		b.WriteString("=")
		b.WriteString(valueText(c.Def(o.Fact), r.Facts.Raw(o.Fact)))
		b.WriteString(" ")
	}
	return b.String()
}

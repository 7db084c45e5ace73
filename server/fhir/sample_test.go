package fhir

import (
	"compress/gzip"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/rules/fact"
)

// reference is where public examples lie on the machines that have them.
const reference = "../../../shared/data"

// TestSynthea decides from each labelled record, all over its day, with
// a plan that has a benefit and with one that has none.
func TestSynthea(t *testing.T) {
	rows, err := readCSV(filepath.Join(reference, "synthea_expect.csv"))
	if err != nil {
		t.Skip("the reference data is not here; left out")
	}
	rev := revision(t)
	for _, row := range rows[1:] {
		day, err := time.Parse(time.DateOnly, row[1])
		if err != nil {
			t.Fatal(err)
		}
		for hour := 0; hour < 24; hour += 4 {
			now := day.Add(time.Duration(hour) * time.Hour)
			got := readFile(t, rev, filepath.Join(reference, "synthea", row[0]+".json.gz"), now)
			checkOrigins(t, now, got)
			for _, topic := range []string{"activity", "chronic_care"} {
				for _, benefit := range []bool{false, true} {
					wantSender := row[3]
					if wantSender == "insurer_if_benefit_else_provider" {
						wantSender = map[bool]string{true: "insurer", false: "provider"}[benefit]
					}
					if mindset, sender := decide(t, rev, got.Facts, topic, benefit); mindset != row[2] || sender != wantSender {
						t.Errorf("%s at %v about %s, benefit %v: %s, %s, want %s, %s; %s", row[0], now, topic, benefit, mindset, sender, row[2], wantSender, describe(rev, got))
					}
				}
			}
			if mindset, _ := decide(t, rev, got.Facts, "none", false); mindset != row[2] {
				t.Errorf("%s at %v about nothing: %s, want %s", row[0], now, mindset, row[2])
			}
		}
	}
}

func decide(t *testing.T, rev *content.Revision, f fact.Facts, topic string, benefit bool) (mindset, sender string) {
	t.Helper()
	id, ok := rev.Set.Topic(topic)
	if !ok {
		t.Fatalf("there is no topic %s", topic)
	}
	if benefit {
		gym, _ := rev.Set.Catalogue().Value(fact.BenefitAvailable, "gym")
		f.SetRaw(fact.BenefitAvailable, 1<<gym)
		f.SetRaw(fact.CoverageStatus, fact.CoverageActive)
	}
	d := rev.Set.Decide(&f, id)
	return d.Mindset.String(), d.Sender.String()
}

// TestPublicExamples reads the guides' own examples at moments at which they
// mean something, and at moments at which they are history.
func TestPublicExamples(t *testing.T) {
	rev := revision(t)
	for _, c := range []struct{ file, now, want string }{
		{"admit-notification-message-bundle-01.json", "2018-10-21T21:45:00-07:00", "encounter_class_now=EMER adt_event=admit coverage_status=active"},
		{"admit-notification-message-bundle-01.json", "2018-10-22T10:22:15-07:00", "hours_since_acute_care=12 coverage_status=active"},
		{"admit-notification-message-bundle-01.json", "2020-08-17T18:00:00Z", "encounter_class_now=EMER adt_event=admit coverage_status=active"},
		{"admit-notification-message-bundle-01.json", "2020-08-18T18:00:00Z", "adt_event=admit coverage_status=active"},
		{"admit-notification-message-bundle-01.json", "2020-08-21T18:00:00Z", "coverage_status=active"},
		{"discharge-notification-message-bundle-01.json", "2018-10-24T22:22:15-07:00", "adt_event=discharge hours_since_acute_care=24 coverage_status=active"},
		{"discharge-notification-message-bundle-01.json", "2020-08-18T18:00:00Z", "adt_event=discharge coverage_status=active"},
		{"carinbb_Coverage_CoverageEx1.json", "2020-02-01T12:00:00Z", "coverage_status=active days_since_enrolment=31"},
		{"carinbb_Coverage_CoverageEx1.json", "2019-12-01T12:00:00Z", ""},
		{"carinbb_ExplanationOfBenefit_EOBProfessionalEx1.json", "2020-10-15T12:00:00Z", "chronic_dx=other claim_event=new_eob"},
		{"carinbb_ExplanationOfBenefit_EOBProfessionalEx1.json", "2020-11-15T12:00:00Z", "chronic_dx=other"},
	} {
		now, err := time.Parse(time.RFC3339, c.now)
		if err != nil {
			t.Fatal(err)
		}
		got := readFile(t, rev, filepath.Join(reference, "fhir_examples", c.file), now)
		checkOrigins(t, now, got)
		got.Origins = slices.DeleteFunc(got.Origins, func(o Origin) bool { return o.Fact == fact.AgeYears })
		if text := strings.TrimSpace(describe(rev, got)); text != c.want {
			t.Errorf("%s at %s:\n got %s\nwant %s", c.file, c.now, text, c.want)
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

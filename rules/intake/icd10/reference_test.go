package icd10

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// reference answers as the files of the reference do, read plainly: the longest
// prefix wins, and S and T codes follow the rule of the seventh character unless
// a prefix of the exceptions fits.
type reference struct {
	prefixes, exceptions, overrides []referenceRow
}

type referenceRow struct{ prefix, class string }

func loadReference(t *testing.T) *reference {
	t.Helper()
	return &reference{
		prefixes:   loadRows(t, "icd10cm_chronicity_prefix.csv"),
		exceptions: loadRows(t, "icd10cm_injury_exceptions.csv"),
		overrides:  loadRows(t, "acute_override.csv"),
	}
}

func loadRows(t *testing.T, name string) []referenceRow {
	t.Helper()
	f, err := os.Open(filepath.Join("../../../../shared/data", name))
	if err != nil {
		t.Skip("left out: the reference data is not here")
	}
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []referenceRow
	for _, r := range records[1:] {
		rows = append(rows, referenceRow{r[0], r[1]})
	}
	slices.SortFunc(rows, func(a, b referenceRow) int { return len(b.prefix) - len(a.prefix) })
	return rows
}

func longest(rows []referenceRow, code string) string {
	for _, r := range rows {
		if len(code) >= len(r.prefix) && code[:len(r.prefix)] == r.prefix {
			return r.class
		}
	}
	return ""
}

func (r *reference) chronicity(code string) Chronicity {
	letters := map[string]Chronicity{"A": Acute, "C": Chronic, "B": Both, "N": Neither}
	if code[0] != 'S' && code[0] != 'T' {
		return letters[longest(r.prefixes, code)]
	}
	if class := longest(r.exceptions, code); class != "" {
		return letters[class]
	}
	if len(code) < maxLength || code[6] >= 'A' && code[6] <= 'C' {
		return Acute
	}
	return Neither
}

func (r *reference) override(code string) Override {
	classes := map[string]Override{"": NoOverride, "acute": OverrideAcute, "crisis": OverrideCrisis, "treatment": OverrideTreatment}
	return classes[longest(r.overrides, code)]
}

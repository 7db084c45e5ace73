package fact

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"
)

// TestBuiltinAgreesWithTheReference compares the built-in facts with the fact
// schema of the reference, name by name, type by type.
func TestBuiltinAgreesWithTheReference(t *testing.T) {
	f, err := os.Open("../../../shared/data/member_context_facts.csv")
	if err != nil {
		t.Skip("left out: the reference data is not here")
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if n := len(rows) - 1; n != int(BuiltinCount) {
		t.Fatalf("the reference has %d facts, the catalogue %d", n, BuiltinCount)
	}
	for i, row := range rows[1:] {
		d := &builtin[i]
		if d.Name != row[0] || d.Group != row[1] {
			t.Errorf("fact %d is %s/%s, want %s/%s", i, d.Group, d.Name, row[1], row[0])
			continue
		}
		kind := map[string]string{"string": "opaque", "set<enum>": "set"}[row[2]]
		if kind == "" {
			kind = row[2]
		}
		if d.Name == "language" {
			kind = "opaque"
		}
		if d.Kind.String() != kind {
			t.Errorf("%s is a %s, want %s", d.Name, d.Kind, kind)
		}
		if d.Open || d.Kind != Enum && d.Kind != Set || d.Name == "text_red_flag" {
			continue
		}
		want, _, _ := strings.Cut(strings.ReplaceAll(row[3], "-", "_"), " (")
		if got := strings.Join(d.Values, "|"); got != want {
			t.Errorf("%s has the values %s, want %s", d.Name, got, want)
		}
	}
}

func TestEveryBuiltinFactIsComplete(t *testing.T) {
	for _, d := range builtin {
		if d.Name == "" || d.Group == "" || d.Kind == 0 || d.Role == "" {
			t.Errorf("%+v lacks a name, group, kind or role", d)
		}
		if (d.Kind == Int || d.Kind == Decimal) && (d.Max <= d.Min || d.Unit == "") {
			t.Errorf("%s lacks a range or a unit", d.Name)
		}
		if d.MaxAge == Live && d.ReadBy(ByRules) {
			t.Errorf("%s is read live, so no shared decision may depend on it", d.Name)
		}
	}
}

func TestNewCatalogueRefuses(t *testing.T) {
	many := make([]string, MaxSetValues+1)
	for i := range many {
		many[i] = strings.Repeat("x", i+1)
	}
	for name, try := range map[string]struct {
		vocabulary map[string][]string
		own        []Def
	}{
		"a vocabulary that is closed":  {map[string][]string{"channel": {"fax"}}, nil},
		"a vocabulary nobody knows":    {map[string][]string{"chanel": {"fax"}}, nil},
		"a value twice":                {map[string][]string{"benefit_available": {"gym", "gym"}}, nil},
		"more values than a set holds": {map[string][]string{"benefit_available": many}, nil},
		"an own fact named as another": {nil, []Def{{Name: "bmi", Kind: Bool}}},
		"too many own facts":           {nil, make([]Def, MaxFacts)},
	} {
		if _, err := NewCatalogue(try.vocabulary, try.own); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestFactsKeepUnknownApartFromZero(t *testing.T) {
	var f Facts
	if f.Known(BMI) || f.Is(PCPKnown) || f.Has(ChronicDx, 0) {
		t.Fatal("the zero Facts knows something")
	}
	f.SetBool(PCPKnown, false)
	f.SetRaw(ChronicDx, 0)
	if !f.Known(PCPKnown) || f.Is(PCPKnown) || !f.Known(ChronicDx) || f.Has(ChronicDx, 0) {
		t.Fatal("known false or known empty reads as unknown or true")
	}
	f.Add(ChronicDx, 3)
	if !f.Has(ChronicDx, 3) || f.Has(ChronicDx, 2) {
		t.Fatal("the set does not hold what was added")
	}
	g := f
	g.Forget(ChronicDx)
	if g.Known(ChronicDx) || g == f || !f.Has(ChronicDx, 3) {
		t.Fatal("a copy is not independent")
	}
}

package icd10

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/rightvoice/rightvoice/rules/fact"
)

func TestBuiltinTableIsReadable(t *testing.T) {
	table, err := parse(builtin)
	if err != nil {
		t.Fatalf("icd10cm.txt: %v", err)
	}
	if len(table.cells) != len(table.starts) || len(table.cells) < 500 {
		t.Fatalf("the table has %d cells and %d starts", len(table.cells), len(table.starts))
	}
	for i, c := range table.cells {
		_, inUse := keyOf(table.starts[i].String()) // not so between D09 and D10
		if inUse && !c.class.Known() && c != (cell{}) {
			t.Errorf("from %s on there are marks without a chronicity", table.starts[i])
		}
	}
	if !Default().Classify("I10").Known() {
		t.Error("the default table is empty")
	}
}

// TestSamples holds what a reader of the code book would look up first.
func TestSamples(t *testing.T) {
	for _, s := range []struct {
		code       string
		chronicity Chronicity
		override   Override
		marks      string // flare, injury, serious, then groups, then signs after !
	}{
		{"J01.90", Acute, NoOverride, ""},
		{"S93.401A", Acute, NoOverride, "injury"},
		{"S93.401", Acute, NoOverride, "injury"},
		{"S93.401D", Neither, NoOverride, ""},
		{"S93.401S", Neither, NoOverride, ""},
		{"S52.501B", Acute, NoOverride, "injury"},
		{"S52.501K", Neither, NoOverride, ""},
		{"S06.0X1A", Acute, NoOverride, "injury !head_spine"},
		{"S14.111A", Chronic, NoOverride, "injury other !head_spine"},
		{"S14.111S", Neither, NoOverride, ""},
		{"S88.111D", Chronic, NoOverride, "other"},
		{"M80.051A", Acute, NoOverride, ""},
		{"M80.051G", Neither, NoOverride, ""},
		{"I10", Chronic, NoOverride, "hypertension"},
		{"I13.2", Chronic, NoOverride, "hypertension heart_failure ckd"},
		{"E11.9", Chronic, NoOverride, "diabetes"},
		{"E11.22", Chronic, NoOverride, "diabetes ckd"},
		{"E11.10", Chronic, OverrideAcute, "flare diabetes !sugar"},
		{"O24.410", Acute, OverrideAcute, ""},
		{"R73.03", Neither, NoOverride, "prediabetes"},
		{"J44.9", Chronic, NoOverride, "copd"},
		{"J44.1", Both, OverrideAcute, "flare copd"},
		{"J45.909", Chronic, NoOverride, "asthma"},
		{"J45.902", Chronic, OverrideAcute, "flare asthma !breathing"},
		{"I50.23", Both, OverrideAcute, "flare serious heart_failure"},
		{"I50.22", Chronic, NoOverride, "serious heart_failure"},
		{"I21.4", Chronic, OverrideAcute, "serious cad !chest_pain"},
		{"I63.9", Chronic, OverrideAcute, "serious other !stroke"},
		{"G45.9", Chronic, OverrideAcute, "other !stroke"},
		{"C50.911", Chronic, OverrideTreatment, "serious cancer"},
		{"N18.30", Chronic, NoOverride, "serious ckd"},
		{"M54.50", Acute, NoOverride, "back_pain"},
		{"L60.3", Acute, NoOverride, ""},
		{"F17.210", Chronic, NoOverride, "other"},
		{"F11.20", Chronic, NoOverride, "sud"},
		{"F11.21", Neither, NoOverride, "sud"},
		{"F19.920", Acute, NoOverride, "sud"},
		{"O99.310", Acute, OverrideAcute, "sud"},
		{"Z71.41", Neither, NoOverride, "sud"},
		{"Z71.51", Neither, NoOverride, "sud"},
		{"O98.711", Acute, OverrideAcute, "hiv"},
		{"B97.35", Acute, NoOverride, "hiv"},
		{"QA0.0101", Chronic, NoOverride, "other"},
		{"B20", Chronic, NoOverride, "serious hiv"},
		{"I12.9", Chronic, NoOverride, "hypertension ckd"},
		{"Z99.2", Chronic, NoOverride, "ckd"},
		{"Z95.1", Neither, NoOverride, "cad"},
		{"F32.A", Chronic, NoOverride, "depression"},
		{"F41.1", Chronic, NoOverride, "anxiety"},
		{"M17.11", Chronic, NoOverride, "arthritis"},
		{"M1A.0710", Chronic, NoOverride, "arthritis"},
		{"E78.5", Chronic, NoOverride, "high_cholesterol"},
		{"G47.33", Chronic, NoOverride, "sleep_apnea"},
		{"G43.909", Chronic, NoOverride, "migraine"},
		{"E66.01", Chronic, NoOverride, "obesity"},
		{"E66.3", Acute, NoOverride, ""},
		{"Z21", Chronic, NoOverride, "hiv"},
		{"Z23", Neither, NoOverride, ""},
		{"Z34.02", Neither, NoOverride, ""},
		{"O80", Acute, OverrideAcute, ""},
		{"O14.12", Acute, OverrideAcute, "!pregnancy_danger"},
		{"U07.1", Acute, NoOverride, ""},
		{"R45.851", Acute, OverrideCrisis, "!suicide"},
		{"T14.91XA", Acute, OverrideCrisis, "injury !suicide"},
		{"T14.91XD", Neither, OverrideCrisis, ""},
		{"X78.1XXA", Neither, OverrideCrisis, "!suicide"},
		{"T42.4X1A", Acute, NoOverride, "injury !overdose"},
		{"T42.4X2A", Acute, OverrideCrisis, "injury !suicide overdose"},
		{"T42.4X5A", Acute, NoOverride, "injury"},
		{"T42.4X6A", Neither, NoOverride, ""},
		{"T39.92XA", Acute, OverrideCrisis, "injury !suicide overdose"},
		{"T54.91XA", Acute, NoOverride, "injury !poison"},
		{"T86.11", Both, NoOverride, "other"},
		{"R50.9", Acute, NoOverride, "?infant_fever"},
		{"P81.9", Acute, NoOverride, "!infant_fever"},
	} {
		c := Classify(s.code)
		if c.Chronicity != s.chronicity || c.Override != s.override || marks(c) != s.marks {
			t.Errorf("%s is %s, %s, %q, want %s, %s, %q", s.code, c.Chronicity, c.Override, marks(c), s.chronicity, s.override, s.marks)
		}
	}
}

func marks(c Class) string {
	var m []string
	for word, set := range map[string]bool{"a flare": c.Flare, "b injury": c.Injury, "c serious": c.Serious} {
		if set {
			m = append(m, word)
		}
	}
	slices.Sort(m)
	for i := range m {
		m[i] = m[i][2:]
	}
	m = slices.AppendSeq(m, c.Groups.Names())
	if c.Flags != 0 {
		m = append(m, "!"+strings.Join(slices.Collect(c.Flags.Names()), " "))
	}
	if c.InfantFlags != 0 {
		m = append(m, "?"+strings.Join(slices.Collect(c.InfantFlags.Names()), " "))
	}
	return strings.Join(m, " ")
}

func TestSpelling(t *testing.T) {
	want := Classify("S93.401A")
	for _, code := range []string{"S93401A", "s93.401a", "s93401a", " S93.401A  ", "S93401A" + strings.Repeat(" ", 50), "\tS93.401A\r\n"} {
		if Classify(code) != want {
			t.Errorf("%q is not read as S93.401A", code)
		}
	}
	for _, code := range []string{"", ".", "I", "I1", "I1.0", "110", "IX0", "I1Z", "I10.1234A", "I10..1", "I.10", "E11.9.", "E11,9", "E11-9", "E11.é", "E11.9\x00",
		"E 11.9", "E11. 9", "E12345678", "A00-B99", "C97", "C99.1", "D99", "D90.1", "E90", "F00.1", "H96", "K96", "P97", "T89", "U99.0", strings.Repeat(" ", 62) + "I10", strings.Repeat("I", 1<<20)} {
		if c := Classify(code); c != (Class{}) {
			t.Errorf("%.20q has a class: %+v", code, c)
		}
	}
	if Classify("I10.") != Classify("I10") {
		t.Error("a category followed by its dot is not read as the category")
	}
}

func TestSymptomsAreMarked(t *testing.T) {
	for code, want := range map[string]bool{"R05.1": true, " r05": true, "R45.851": true, "J20.9": false, "S93.401A": false, "R9": false} {
		if Classify(code).Symptom != want {
			t.Errorf("%q is a symptom: %t", code, !want)
		}
	}
}

func TestCausesAreNoIllness(t *testing.T) {
	for c := range categories("V00", "Y99") {
		for _, code := range injuryStandIns(c) {
			if c := Classify(code); c.Chronicity != Neither || c.Injury || c.Groups != 0 {
				t.Fatalf("%s is %+v", code, c)
			}
		}
	}
}

func TestAftercareHintsAtNothing(t *testing.T) {
	for c := range categories("S00", "T88") {
		for _, code := range append(everyVisit(c), injuryStandIns(c+"0X2")...) {
			class := Classify(code)
			if later := len(code) == maxLength && code[6] > 'C'; later && (class.Flags != 0 || class.Injury) {
				t.Fatalf("%s, a visit after active care, is %+v", code, class)
			}
		}
	}
}

// TestNamesAreThoseOfTheFacts ties the names to the facts they are meant for.
func TestNamesAreThoseOfTheFacts(t *testing.T) {
	if !slices.Equal(FlagNames[:], fact.RedFlags) {
		t.Errorf("the flags are %v, the facts have %v", FlagNames, fact.RedFlags)
	}
	if FlagNames[4] != "suicide" || !flagSuicide.Has("suicide") || !flagOverdose.Has("overdose") || !groupOther.Has("other") {
		t.Error("a constant is not at the position of its name")
	}
	if flagSuicide.Has("overdose") || groupOther.Has("nonsense") {
		t.Error("a set holds what it does not hold")
	}
	f, err := os.Open("../../../../shared/data/member_context_facts.csv")
	if err != nil {
		t.Skip("left out: the reference data is not here")
	}
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(records, func(r []string) bool { return r[0] == "chronic_dx" })
	if want := records[i][3]; strings.Join(GroupNames[:], "|") != want {
		t.Errorf("the groups are %v, the reference has %s", GroupNames, want)
	}
}

func TestEveryNameIsInUse(t *testing.T) {
	var flags Flags
	var groups Groups
	for _, code := range append(tableCodes(), "T40.2X1A") {
		c := Classify(code)
		flags |= c.Flags | c.InfantFlags
		groups |= c.Groups
	}
	for _, name := range FlagNames {
		if flags.Has(name) == (name == "major_trauma") {
			t.Errorf("some code hints at %s: %t", name, flags.Has(name))
		}
	}
	for _, name := range GroupNames {
		if !groups.Has(name) {
			t.Errorf("no code belongs to %s", name)
		}
	}
}

func TestAcuteChronicCrisis(t *testing.T) {
	for code, want := range map[string][3]bool{ // acute, chronic, crisis
		"J01.90":   {true, false, false},
		"I10":      {false, true, false},
		"J44.1":    {true, true, false},
		"T86.11":   {true, true, false},
		"I21.4":    {true, true, false},
		"C50.911":  {false, true, false},
		"Z23":      {false, false, false},
		"R45.851":  {true, false, true},
		"T42.4X2A": {true, false, true},
		"nonsense": {false, false, false},
	} {
		c := Classify(code)
		if got := [3]bool{c.Acute(), c.Chronic(), c.Crisis()}; got != want {
			t.Errorf("%s: acute, chronic, crisis are %v, want %v", code, got, want)
		}
	}
}

func TestTheZeroTableKnowsNothing(t *testing.T) {
	for _, table := range []*Table{nil, {}} {
		if c := table.Classify("I10"); c != (Class{}) {
			t.Errorf("it says %+v", c)
		}
	}
}

func TestClassifyDoesNotAllocate(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() { Classify("s93.401d") }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkClassify(b *testing.B) {
	codes := []string{"I10", "E11.9", "S93.401A", "J44.1", "T42.4X2A", "M54.50", "Z34.02", "C50.911"}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		Classify(codes[i%len(codes)])
	}
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		if _, err := parse(builtin); err != nil {
			b.Fatal(err)
		}
	}
}

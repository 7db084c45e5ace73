package intake

import (
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
)

const topicFact = fact.Topic

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func ago(days int) time.Time { return noon.AddDate(0, 0, -days) }

func TestGatherChoosesTheTopics(t *testing.T) {
	l, c := small(t), smallCatalogue(t)
	topic := func(name string) uint16 {
		i, ok := c.Value(fact.Topic, name)
		if !ok {
			t.Fatal(name)
		}
		return uint16(i)
	}
	called := func(f *fact.Facts) { f.SetRaw(fact.CallReason, 1) } // what_is_covered
	visited := func(pages ...int) func(*fact.Facts) {
		return func(f *fact.Facts) {
			for _, p := range pages {
				f.Add(fact.PageGroup, p)
			}
		}
	}
	for name, q := range map[string]struct {
		asked, text string
		facts       func(*fact.Facts)
		want        string
	}{
		"nothing":                             {"", "", nil, "none"},
		"words that tell nothing":             {"", "hello", nil, "none"},
		"words":                               {"", "my knee hurts", nil, "symptom"},
		"a topic":                             {"sleep", "", nil, "sleep"},
		"a topic and care beside it":          {"sleep", "my knee hurts", nil, "sleep symptom"},
		"a topic and coverage beside it":      {"symptom", "is it covered", nil, "symptom coverage"},
		"a topic of the same side":            {"medication", "my knee hurts", nil, "medication"},
		"a topic and both sides":              {"coverage", "my knee hurts, is it covered", nil, "coverage symptom"},
		"a topic and a habit":                 {"symptom", "sleep", nil, "symptom"},
		"a topic the lexicon does not know":   {"vision", "my knee hurts", nil, "vision"},
		"a topic and an emergency":            {"coverage", "chest pain", nil, "emergency"},
		"a topic and a cry of danger":         {"sleep", "he has a cough. is he in danger", nil, "emergency"},
		"a call":                              {"", "", called, "coverage"},
		"words before a call":                 {"", "my knee hurts", called, "symptom"},
		"a call before pages":                 {"", "", func(f *fact.Facts) { called(f); visited(1)(f) }, "coverage"},
		"pages, the first listed of them":     {"", "", visited(0, 1), "symptom"},
		"a page that suggests something":      {"", "", visited(0), "coverage"},
		"a page that suggests nothing":        {"", "", visited(2), "none"},
		"a call about a behavioral emergency": {"", "", func(f *fact.Facts) { f.SetRaw(fact.CallReason, 0) }, "none"},
	} {
		var f fact.Facts
		if q.facts != nil {
			q.facts(&f)
		}
		in := Question{Text: q.text, Facts: f, Now: noon}
		if q.asked != "" {
			in.Topic, in.HasTopic = topic(q.asked), true
		}
		_, ids := l.Gather(in)
		got, _ := names(t, Reading{Topics: ids})
		if strings.Join(got, " ") != q.want {
			t.Errorf("%s: the topics are %v, want %s", name, got, q.want)
		}
	}
}

func TestGivenFactsWin(t *testing.T) {
	l := small(t)
	var given fact.Facts
	given.SetRaw(fact.TextIntent, 9)
	given.SetBool(fact.AcuteDxActive, false)
	given.SetRaw(fact.ChronicDx, 1<<2)
	given.SetRaw(fact.TextRedFlag, 1<<4)
	f, _ := l.Gather(Question{Text: "chest pain", Facts: given, Now: noon, Diagnoses: []Diagnosis{{System: ICD10CM, Code: "J20.9", Onset: ago(3)}, {System: ICD10CM, Code: "E11.9", Onset: ago(900)}}})
	if f.Raw(fact.TextIntent) != 9 || f.Is(fact.AcuteDxActive) || f.Raw(fact.ChronicDx) != 1<<2 {
		t.Error("a derived fact replaced one that was given")
	}
	if f.Raw(fact.TextRedFlag) != 1<<4|1 {
		t.Error("red flags that were given and those of the text do not add up")
	}
	if !f.Known(fact.AcuteDxOnsetDays) {
		t.Error("a fact that was not given is missing")
	}
}

// TestASymptomByNameIsAComplaint: a very high blood pressure waits for one.
func TestASymptomByNameIsAComplaint(t *testing.T) {
	l, c := small(t), smallCatalogue(t)
	symptom, _ := c.Value(fact.Topic, "symptom")
	sleep, _ := c.Value(fact.Topic, "sleep")
	var told fact.Facts
	told.SetRaw(fact.TextIntent, 0)
	for name, q := range map[string]struct {
		in   Question
		want bool
	}{
		"by name":                      {Question{Topic: uint16(symptom)}, true},
		"beside words that tell none":  {Question{Topic: uint16(symptom), Text: "hello"}, true},
		"the caller knows better":      {Question{Topic: uint16(symptom), Facts: told}, false},
		"another topic":                {Question{Topic: uint16(sleep)}, false},
		"another, beside no complaint": {Question{Topic: uint16(sleep), Text: "hello"}, false},
	} {
		q.in.HasTopic, q.in.Now = true, noon
		if f, _ := l.Gather(q.in); f.Equals(fact.TextIntent, fact.IntentSymptom) != q.want {
			t.Errorf("%s: it is a complaint: %v", name, !q.want)
		}
	}
}

func TestNoTextTellsNothingOfTheText(t *testing.T) {
	f, _ := small(t).Gather(Question{Now: noon})
	if f != (fact.Facts{}) {
		t.Error("an empty question makes facts")
	}
	f, _ = small(t).Gather(Question{Text: "hello", Now: noon})
	if !f.Equals(fact.TextIntent, 0) || f.Known(fact.TextRedFlag) {
		t.Error("a text without a topic has the intent none and no red flags")
	}
}

// TestGatherKeepsNoWords holds for whatever is added to the answers: nothing in
// them can hold a piece of the text.
func TestGatherKeepsNoWords(t *testing.T) {
	var check func(reflect.Type)
	check = func(x reflect.Type) {
		switch x.Kind() {
		case reflect.String, reflect.Interface, reflect.Pointer, reflect.Map, reflect.Func:
			t.Errorf("%v can hold words", x)
		case reflect.Slice, reflect.Array:
			check(x.Elem())
			if x.Kind() == reflect.Slice && x.Elem().Kind() == reflect.Uint8 {
				t.Errorf("%v can hold words", x)
			}
		case reflect.Struct:
			for i := range x.NumField() {
				check(x.Field(i).Type)
			}
		}
	}
	check(reflect.TypeFor[Reading]())
	check(reflect.TypeFor[fact.Facts]())
	l := small(t)
	l.Read("my secretword hurts")
	if r := l.readers.Get().(*reader); strings.Contains(r.scanner.text, "secretword") {
		t.Error("the working memory keeps the text")
	}
}

func TestWithoutConsentSubstanceUseLeavesNoTrace(t *testing.T) {
	l, c := small(t), smallCatalogue(t)
	sud, _ := c.Value(fact.ChronicDx, "sud")
	with := func(consent int64, known bool) fact.Facts {
		var f fact.Facts
		if known {
			f.SetRaw(fact.Part2Consent, consent)
		}
		return f
	}
	codes := []Diagnosis{{System: ICD10CM, Code: "F11.20", Onset: ago(10)}, {System: ICD10CM, Code: "F10.231", Onset: ago(2)}}
	for consent, kept := range map[int64]bool{0: false, 1: true, 2: true, 3: false, -1: false} {
		f := with(consent, consent >= 0)
		bare, _ := l.Gather(Question{Facts: f, Now: noon})
		coded, _ := l.Gather(Question{Facts: f, Now: noon, Diagnoses: codes})
		g := f
		g.Add(fact.ChronicDx, sud)
		given, _ := l.Gather(Question{Facts: g, Now: noon})
		if same := bare == coded && bare == given; same == kept {
			t.Errorf("consent %d: facts with and without substance use are the same: %v", consent, same)
		}
		if coded.Has(fact.ChronicDx, sud) != kept || given.Has(fact.ChronicDx, sud) != kept {
			t.Errorf("consent %d: substance use is kept: %v", consent, !kept)
		}
	}
	f := with(0, true)
	f.Add(fact.ChronicDx, sud)
	f.Add(fact.ChronicDx, 0)
	if got, _ := l.Gather(Question{Facts: f, Now: noon}); got.Raw(fact.ChronicDx) != 1 {
		t.Error("other conditions go with substance use")
	}
}

func TestDiagnosesBecomeFacts(t *testing.T) {
	l, c := small(t), smallCatalogue(t)
	for name, d := range map[string]struct {
		dx   Diagnosis
		want string
	}{
		"a new acute illness":                  {Diagnosis{System: ICD10CM, Code: "J20.9", Onset: ago(5)}, "acute_dx_active=1 acute_dx_onset_days=5"},
		"the same, over":                       {Diagnosis{System: ICD10CM, Code: "J20.9", Onset: ago(5), Abated: ago(1)}, ""},
		"the same, over tomorrow":              {Diagnosis{System: ICD10CM, Code: "J20.9", Onset: ago(5), Abated: ago(-1)}, "acute_dx_active=1 acute_dx_onset_days=5"},
		"on its last day":                      {Diagnosis{System: ICD10CM, Code: "J20.9", Onset: ago(42)}, "acute_dx_active=1 acute_dx_onset_days=42"},
		"a day later":                          {Diagnosis{System: ICD10CM, Code: "J20.9", Onset: ago(43)}, ""},
		"without an onset":                     {Diagnosis{System: ICD10CM, Code: "J20.9"}, ""},
		"in the future":                        {Diagnosis{System: ICD10CM, Code: "J20.9", Onset: ago(-2)}, ""},
		"a symptom of two weeks":               {Diagnosis{System: ICD10CM, Code: "r05.1", Onset: ago(14)}, "acute_dx_active=1 acute_dx_onset_days=14"},
		"a symptom of three weeks":             {Diagnosis{System: ICD10CM, Code: "R05.1", Onset: ago(21)}, ""},
		"diabetes":                             {Diagnosis{System: ICD10CM, Code: "E11.9", Onset: ago(2000)}, "chronic_dx=diabetes"},
		"a condition outside the groups":       {Diagnosis{System: ICD10CM, Code: "L40.0"}, "chronic_dx=other"},
		"an injury under care":                 {Diagnosis{System: ICD10CM, Code: "S93.401A", Onset: ago(9)}, "acute_dx_active=1 acute_dx_onset_days=9 injury_dx_recent=1"},
		"an injury of unknown day":             {Diagnosis{System: ICD10CM, Code: "S93.401A"}, "injury_dx_recent=1"},
		"aftercare of an injury":               {Diagnosis{System: ICD10CM, Code: "S93.401D", Onset: ago(9)}, ""},
		"an old injury":                        {Diagnosis{System: ICD10CM, Code: "S93.401A", Onset: ago(90)}, ""},
		"a flare":                              {Diagnosis{System: ICD10CM, Code: "J44.1", Onset: ago(4)}, "acute_dx_active=1 acute_dx_onset_days=4 chronic_flare_recent=1"},
		"thoughts of suicide":                  {Diagnosis{System: ICD10CM, Code: "R45.851", Onset: ago(1)}, "acute_dx_active=1 acute_dx_onset_days=1 flags=suicide"},
		"thoughts of suicide, over":            {Diagnosis{System: ICD10CM, Code: "R45.851", Onset: ago(9), Abated: ago(2)}, ""},
		"thoughts of suicide two years ago":    {Diagnosis{System: ICD10CM, Code: "R45.851", Onset: ago(700)}, ""},
		"an attempt of unknown day":            {Diagnosis{System: ICD10CM, Code: "T14.91XA"}, "injury_dx_recent=1 flags=suicide"},
		"late effects of an attempt":           {Diagnosis{System: ICD10CM, Code: "T14.91XS", Onset: ago(3)}, ""},
		"a heart attack is a record":           {Diagnosis{System: ICD10CM, Code: "I21.4", Onset: ago(20)}, "acute_dx_active=1 acute_dx_onset_days=20 new_serious_dx_days=20"},
		"a new SNOMED illness":                 {Diagnosis{System: SNOMEDCT, Code: "444814009", Onset: ago(38)}, "acute_dx_active=1 acute_dx_onset_days=38"},
		"the same, over, in SNOMED":            {Diagnosis{System: SNOMEDCT, Code: "444814009", Onset: ago(38), Abated: ago(17)}, ""},
		"an old SNOMED illness":                {Diagnosis{System: SNOMEDCT, Code: "444814009", Onset: ago(800)}, ""},
		"a SNOMED symptom of three weeks":      {Diagnosis{System: SNOMEDCT, Code: "49727002", Onset: ago(21)}, ""},
		"a new long-term SNOMED condition":     {Diagnosis{System: SNOMEDCT, Code: " 59621000 ", Onset: ago(3)}, "chronic_dx=hypertension"},
		"a SNOMED condition without an onset":  {Diagnosis{System: SNOMEDCT, Code: "44054006"}, "chronic_dx=diabetes"},
		"a SNOMED injury":                      {Diagnosis{System: SNOMEDCT, Code: "44465007", Onset: ago(9)}, "acute_dx_active=1 acute_dx_onset_days=9 injury_dx_recent=1"},
		"a SNOMED flare":                       {Diagnosis{System: SNOMEDCT, Code: "195951007", Onset: ago(4)}, "acute_dx_active=1 acute_dx_onset_days=4 chronic_flare_recent=1"},
		"thoughts of suicide in SNOMED":        {Diagnosis{System: SNOMEDCT, Code: "6471006", Onset: ago(1)}, "acute_dx_active=1 acute_dx_onset_days=1 flags=suicide"},
		"a SNOMED finding that is no illness":  {Diagnosis{System: SNOMEDCT, Code: "160903007", Onset: ago(3)}, ""},
		"SNOMED drug use without consent":      {Diagnosis{System: SNOMEDCT, Code: "75544000", Onset: ago(3)}, ""},
		"SNOMED, not in the table, new":        {Diagnosis{System: SNOMEDCT, Code: "404684003", Onset: ago(42)}, "acute_dx_active=1 acute_dx_onset_days=42"},
		"SNOMED, not in the table, in between": {Diagnosis{System: SNOMEDCT, Code: "404684003", Onset: ago(60)}, ""},
		"SNOMED, not in the table, lasting":    {Diagnosis{System: SNOMEDCT, Code: "404684003", Onset: ago(91)}, "chronic_dx=other"},
		"SNOMED, not in the table, over":       {Diagnosis{System: SNOMEDCT, Code: "404684003", Onset: ago(800), Abated: ago(1)}, ""},
		"SNOMED, not in the table, no onset":   {Diagnosis{System: SNOMEDCT, Code: "404684003"}, ""},
		"SNOMED, not in the table, to come":    {Diagnosis{System: SNOMEDCT, Code: "404684003", Onset: ago(-1)}, ""},
		"SNOMED, over before it began":         {Diagnosis{System: SNOMEDCT, Code: "404684003", Onset: ago(3), Abated: ago(9)}, ""},
		"no SNOMED code":                       {Diagnosis{System: SNOMEDCT, Code: "I10"}, ""},
		"spaces before a symptom":              {Diagnosis{System: ICD10CM, Code: "  R05.1", Onset: ago(21)}, ""},
		"a code of fixed width":                {Diagnosis{System: ICD10CM, Code: "E119                ", Onset: ago(2000)}, "chronic_dx=diabetes"},
		"a system nobody knows":                {Diagnosis{Code: "E11.9", Onset: ago(5)}, ""},
		"no code at all":                       {Diagnosis{System: ICD10CM, Code: "hello", Onset: ago(5)}, ""},
		"an empty code":                        {Diagnosis{System: ICD10CM, Onset: ago(5)}, ""},
		"the dawn of time":                     {Diagnosis{System: ICD10CM, Code: "C50.911", Onset: time.Date(1, 1, 2, 0, 0, 0, 0, time.UTC)}, "new_serious_dx_days=36500"},
	} {
		f, _ := l.Gather(Question{Diagnoses: []Diagnosis{d.dx}, Now: noon})
		if got := told(c, &f); got != d.want {
			t.Errorf("%s: %q, want %q", name, got, d.want)
		}
	}
}

func TestTheLatestOnsetCounts(t *testing.T) {
	f, _ := small(t).Gather(Question{Now: noon, Diagnoses: []Diagnosis{
		{System: ICD10CM, Code: "J20.9", Onset: ago(30)}, {System: ICD10CM, Code: "J02.9", Onset: ago(3)}, {System: ICD10CM, Code: "N39.0", Onset: ago(12)}}})
	if !f.Equals(fact.AcuteDxOnsetDays, 3) {
		t.Errorf("the latest of three illnesses began %d days ago, want 3", f.Raw(fact.AcuteDxOnsetDays))
	}
}

// told spells out what diagnoses can set.
func told(c *fact.Catalogue, f *fact.Facts) string {
	var out []string
	for _, id := range []fact.ID{fact.AcuteDxActive, fact.AcuteDxOnsetDays, fact.InjuryDxRecent, fact.ChronicFlareRecent, fact.NewSeriousDxDays} {
		if f.Known(id) {
			out = append(out, c.Def(id).Name+"="+strconv.FormatInt(f.Raw(id), 10))
		}
	}
	set := func(label string, id fact.ID) {
		var has []string
		for i, v := range c.Def(id).Values {
			if f.Has(id, i) {
				has = append(has, v)
			}
		}
		if len(has) > 0 {
			out = append(out, label+"="+strings.Join(has, ","))
		}
	}
	set("chronic_dx", fact.ChronicDx)
	set("flags", fact.TextRedFlag)
	return strings.Join(out, " ")
}

// TestSUDNeedsConsentInEitherSystem compares members with and without a
// diagnosis of substance use, recorded in either system.
func TestSUDNeedsConsentInEitherSystem(t *testing.T) {
	l := small(t)
	for _, d := range []Diagnosis{{System: ICD10CM, Code: "F11.20", Onset: ago(3)}, {System: SNOMEDCT, Code: "75544000", Onset: ago(3)}} {
		for consent, want := range []bool{false, true, true, false} { // none, tpo, specific, revoked
			var given fact.Facts
			given.SetRaw(fact.Part2Consent, int64(consent))
			f, _ := l.Gather(Question{Diagnoses: []Diagnosis{d}, Facts: given, Now: noon})
			if f.Known(fact.ChronicDx) != want || f.Known(fact.AcuteDxActive) || !want && f != given {
				t.Errorf("system %d, consent %d: %s", d.System, consent, told(smallCatalogue(t), &f))
			}
		}
	}
}

package intake

import (
	"os"
	"slices"
	"sync"
	"testing"

	"github.com/rightvoice/rightvoice/rules/fact"
)

// smallCatalogue knows the words of testdata/small.
func smallCatalogue(t testing.TB) *fact.Catalogue {
	t.Helper()
	c, err := fact.NewCatalogue(map[string][]string{
		"topic":       {"symptom", "medication", "coverage", "network", "sleep", "chronic_care", "preventive", "emergency", "none", "vision"},
		"call_reason": {"what_is_covered"},
		"page_group":  {"claims", "symptom_checker", "gym"},
		"chronic_dx":  {"diabetes", "sud", "hypertension", "other"},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func small(t testing.TB) *Lexicon {
	t.Helper()
	l, problems := LoadLexicon(os.DirFS("testdata/small"), smallCatalogue(t))
	for _, p := range problems {
		t.Error(p)
	}
	if l == nil {
		t.FailNow()
	}
	return l
}

// names spells out a reading of the small lexicon.
func names(t testing.TB, r Reading) (topics, flags []string) {
	c := smallCatalogue(t)
	for _, id := range r.Topics {
		topics = append(topics, c.Def(fact.Topic).Values[id])
	}
	for i, f := range fact.RedFlags {
		if r.RedFlags>>i&1 == 1 {
			flags = append(flags, f)
		}
	}
	return topics, flags
}

func TestReadDecidesWhatATextIsAbout(t *testing.T) {
	l := small(t)
	for text, want := range map[string][]string{
		"":                                  nil,
		"hello":                             nil,
		"my knee hurts":                     {"symptom"},
		"MY KNEE HURTS!!":                   {"symptom"},
		"mi knée hurts":                     {"symptom"},
		"I have a cough":                    {"symptom"},
		"should I take metformin":           {"medication"},
		"should I take metformn":            {"medication"},
		"gastritis":                         {"symptom"},
		"cardiodystrophia":                  {"symptom"},
		"is my knee covered?":               {"coverage"},
		"does my plan cover metformin":      {"coverage"},
		"my insurance":                      {"coverage"},
		"insurance and diabetes":            {"symptom", "coverage"},
		"my knee hurts, is it covered":      {"symptom", "coverage"},
		"my knee hurts is the scan covered": {"symptom", "coverage"},
		"is it covered and should I take metformin": {"medication", "coverage"},
		"I have diabetes. is it covered?":           {"coverage"},
		"find a doctor":                             {"network"},
		"find a doctor. my knee hurts":              {"symptom", "network"},
		"sleep":                                     {"sleep"},
		"sleep and diabetes":                        {"chronic_care"},
		"sleep apnea":                               {"symptom"},
		"sleep and a cough":                         {"symptom"},
		"no diabetes, only sleep":                   {"sleep"},
		"killing time in bed to sleep":              {"sleep"},
		"cover plane":                               nil,
		"he has a cough, is he in danger":           {"emergency"},
		"is he in danger":                           nil,
	} {
		if got, _ := names(t, l.Read(text)); !slices.Equal(got, want) {
			t.Errorf("%q is about %v, want %v", text, got, want)
		}
	}
}

func TestRedFlagsAreRaisedAndHeldBack(t *testing.T) {
	l := small(t)
	for text, want := range map[string][]string{
		"chest pain":                                    {"chest_pain"},
		"cheast pain":                                   {"chest_pain"},
		"pain … deep in my chest":                       {"chest_pain"},
		"pain. my chest":                                nil,
		"I have chest pain, is the ER covered?":         {"chest_pain"},
		"is chest pain covered?":                        nil,
		"is chest pain covered? I am having a bit now":  {"chest_pain"},
		"chest pain years ago, now a cough":             nil,
		"what causes crushing chest pain":               nil,
		"what causes my crushing chest pain":            {"chest_pain"},
		"I don't have chest pain":                       nil,
		"no fever, cough or chest pain":                 nil,
		"no cough but chest pain":                       {"chest_pain"},
		"not sure, chest pain":                          {"chest_pain"},
		"No, I have chest pain":                         {"chest_pain"},
		"chest pain years ago":                          nil,
		"two years ago, chest pain":                     nil,
		"chest pain years ago and today":                {"chest_pain"},
		"what causes chest pain":                        nil,
		"what causes my chest pain":                     {"chest_pain"},
		"symptoms of a heart attack":                    nil,
		"he is having a heart attack":                   {"chest_pain"},
		"a heart attack":                                {"chest_pain"},
		"my uncle and his heart attack":                 nil,
		"heart attack runs in the family":               nil,
		"if I have crushing chest pain, is it covered?": nil,
		"crushing chest pain years ago":                 nil,
		"is crushing chest pain covered":                {"chest_pain"},
		"he ate 20 pills":                               {"overdose"},
		"he ate ten of my tablets":                      {"overdose"},
		"he ate two pills":                              nil,
		"he ate 20 mg pills":                            nil,
		"he ate a handful":                              {"overdose"},
		"I dont want to live":                           {"suicide"},
		"newborn with fever":                            {"infant_fever"},
		"My newborn cries. temp 101.2":                  {"infant_fever"},
		"born 3 weeks ago, fever":                       {"infant_fever"},
		"newborn, temp 98.6":                            nil,
		"fever":                                         nil,
		"a limp arm":                                    nil,
		"a limp arm. A crooked smile":                   {"stroke"},
		"his words jumbled. It is a limp arm":           {"stroke"},
		"crushing chest pain, for my exam":              nil,
		"crushing chest pain now, for my exam":          {"chest_pain"},
		"for my exam. I have crushing chest pain":       {"chest_pain"},
		"for my exam. what of crushing chest pain":      nil,
		"I dont want to live, for my exam":              {"suicide"},
		"dont want to live. for my exam. for my exam":   nil,
		"chest pain? no. a cough":                       nil,
		"chest pain? no cough":                          {"chest_pain"},
		"it is years ago, my chest pain. is it covered": nil,
		"a cough years ago and have chest pain":         {"chest_pain"},
		"no cough when it hurts, chest pain":            {"chest_pain"},
		"no cough, chest pain":                          nil,
	} {
		r := l.Read(text)
		topics, got := names(t, r)
		if !slices.Equal(got, want) {
			t.Errorf("%q raises %v, want %v", text, got, want)
		}
		if want != nil && !slices.Equal(topics, []string{"emergency"}) {
			t.Errorf("%q has a topic beside the emergency: %v", text, topics)
		}
	}
}

func TestIntentFollowsTheTopics(t *testing.T) {
	l := small(t)
	values := smallCatalogue(t).Def(fact.TextIntent).Values
	for text, want := range map[string]string{
		"my knee hurts":                "symptom",
		"should I take metformin":      "medication",
		"is it covered":                "coverage",
		"find a doctor":                "network",
		"sleep":                        "lifestyle",
		"sleep and diabetes":           "chronic_self_care",
		"my knee hurts, is it covered": "mixed",
		"chest pain":                   "symptom",
		"I dont want to live":          "crisis",
		"hello":                        "none",
	} {
		if got := values[l.Read(text).Intent]; got != want {
			t.Errorf("the intent of %q is %s, want %s", text, got, want)
		}
	}
}

func TestReadingsAtTheSameTimeAreIndependent(t *testing.T) {
	l := small(t)
	texts := []string{"my knee hurts", "is it covered", "chest pain", "sleep and diabetes", "hello", "newborn with fever"}
	var want []Reading
	for _, text := range texts {
		want = append(want, l.Read(text))
	}
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for i := range 500 {
				k := i % len(texts)
				if got := l.Read(texts[k]); !slices.Equal(got.Topics, want[k].Topics) || got.RedFlags != want[k].RedFlags || got.Intent != want[k].Intent {
					t.Errorf("%q is read otherwise beside others", texts[k])
					return
				}
			}
		})
	}
	wait.Wait()
}

// TestReadAllocatesOnlyTheAnswer keeps the reader off the garbage collector.
func TestReadAllocatesOnlyTheAnswer(t *testing.T) {
	l := small(t)
	for text, most := range map[string]float64{"my knee hurts, is it covered, and should I take metformn": 1, "the xyloponic flurbs and whatevr": 0} {
		r := l.readers.Get().(*reader)
		n := testing.AllocsPerRun(200, func() {
			r.read(text)
			r.answer()
		})
		if n > most {
			t.Errorf("%q allocates %v times, at most %v", text, n, most)
		}
	}
}

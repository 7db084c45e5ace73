package safety

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
)

func flags(positions ...int) *fact.Facts {
	var f fact.Facts
	for _, p := range positions {
		f.Add(fact.TextRedFlag, p)
	}
	return &f
}

func with(f *fact.Facts, id fact.ID, v int64) *fact.Facts {
	g := *f
	g.SetRaw(id, v)
	return &g
}

func TestGate(t *testing.T) {
	none := &fact.Facts{}
	for name, try := range map[string]struct {
		facts *fact.Facts
		kind  int64
		want  decision.Notice
	}{
		"nothing known":                     {none, fact.KindNone, decision.NoNotice},
		"no flags, known":                   {with(none, fact.TextRedFlag, 0), fact.KindCare, decision.NoNotice},
		"suicide":                           {flags(fact.FlagSuicide), fact.KindMentalHealth, decision.Crisis988},
		"suicide, filed as emergency":       {flags(fact.FlagSuicide), fact.KindEmergency, decision.Crisis988},
		"suicide and an overdose":           {flags(fact.FlagSuicide, fact.FlagOverdose), fact.KindNone, decision.Emergency911},
		"suicide and a poison":              {flags(fact.FlagSuicide, fact.FlagPoison), fact.KindNone, decision.Emergency911},
		"suicide and bleeding":              {flags(fact.FlagSuicide, fact.FlagBleeding), fact.KindNone, decision.Emergency911},
		"suicide and fainting":              {flags(fact.FlagSuicide, fact.FlagFaint), fact.KindNone, decision.Emergency911},
		"suicide and a wound":               {flags(fact.FlagSuicide, fact.FlagMajorTrauma), fact.KindNone, decision.Emergency911},
		"poison":                            {flags(fact.FlagPoison), fact.KindCare, decision.PoisonHelp},
		"poison and no breath":              {flags(fact.FlagPoison, fact.FlagBreathing), fact.KindCare, decision.Emergency911},
		"poison and fainting":               {flags(fact.FlagPoison, fact.FlagFaint), fact.KindCare, decision.Emergency911},
		"poison and a seizure":              {flags(fact.FlagPoison, fact.FlagSeizure), fact.KindCare, decision.Emergency911},
		"a crisis call":                     {with(none, fact.CallReason, fact.BehavioralCallNow), fact.KindMentalHealth, decision.Crisis988},
		"a crisis call and an overdose":     {with(flags(fact.FlagOverdose), fact.CallReason, fact.BehavioralCallNow), fact.KindNone, decision.Emergency911},
		"another call":                      {with(none, fact.CallReason, 1), fact.KindMentalHealth, decision.NoNotice},
		"a topic of emergencies":            {none, fact.KindEmergency, decision.Emergency911},
		"the intent crisis":                 {with(none, fact.TextIntent, fact.IntentCrisis), fact.KindNone, decision.Crisis988},
		"pressure of 180 with a complaint":  {with(with(none, fact.BPSystolic, 180), fact.TextIntent, fact.IntentSymptom), fact.KindCare, decision.Emergency911},
		"pressure of 179 with a complaint":  {with(with(none, fact.BPSystolic, 179), fact.TextIntent, fact.IntentSymptom), fact.KindCare, decision.NoNotice},
		"pressure of 200 about a claim":     {with(with(none, fact.BPSystolic, 200), fact.TextIntent, 9), fact.KindCoverage, decision.NoNotice},
		"pressure of 200, nothing said":     {with(none, fact.BPSystolic, 200), fact.KindCare, decision.NoNotice},
		"pressure of 200 beside a sad word": {with(with(flags(fact.FlagSuicide), fact.BPSystolic, 200), fact.TextIntent, fact.IntentSymptom), fact.KindCare, decision.Emergency911},
	} {
		if got := Gate(try.facts, try.kind); got != try.want {
			t.Errorf("%s: got %q, want %q", name, got, try.want)
		}
	}
}

func TestEveryFlagAloneHasItsNotice(t *testing.T) {
	for i, name := range fact.RedFlags {
		want := decision.Emergency911
		switch i {
		case fact.FlagSuicide:
			want = decision.Crisis988
		case fact.FlagPoison:
			want = decision.PoisonHelp
		}
		if got := Gate(flags(i), fact.KindCoverage); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

// TestNoFactSilencesAFlag fills every other fact at random: whatever is known,
// a raised flag gives a notice, and more than one gives 911.
func TestNoFactSilencesAFlag(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		var f fact.Facts
		for id := range fact.BuiltinCount {
			if r.IntN(2) == 0 {
				f.SetRaw(id, r.Int64N(300))
			}
		}
		f.SetRaw(fact.TextRedFlag, 1+r.Int64N(1<<len(fact.RedFlags)-1))
		got := Gate(&f, r.Int64N(10))
		if got == decision.NoNotice {
			t.Fatalf("flags %b are silenced", f.Raw(fact.TextRedFlag))
		}
		if n := f.Raw(fact.TextRedFlag); n&(n-1) != 0 && got != decision.Emergency911 {
			t.Fatalf("flags %b give %q", n, got)
		}
	}
}

func TestGateAllocatesNothing(t *testing.T) {
	f := flags(fact.FlagSuicide, fact.FlagSeizure)
	if n := testing.AllocsPerRun(100, func() { Gate(f, fact.KindCare) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestText(t *testing.T) {
	for tag, want := range map[string]string{"en": "en", "en-US": "en", "EN_us": "en", "": "en", "es": "es", "es-MX": "es", "ES": "es", "est": "en", "vi": "en", "zh-Hant": "en"} {
		_, text, lang := Text(decision.Emergency911, tag)
		other := want == "en" && tag != "" && !strings.EqualFold(tag[:2], "en")
		if lang != want || strings.Contains(text, "your language") != other {
			t.Errorf("%q: got %s %q", tag, lang, text)
		}
	}
	if title, text, lang := Text(decision.NoNotice, "en"); title+text+lang != "" {
		t.Errorf("no notice has the words %q %q %q", title, text, lang)
	}
}

var (
	sentenceEnd = regexp.MustCompile(`[.!?]+(\s|$)`)
	vowels      = regexp.MustCompile(`[aeiouyáéíóúü]+`)
	denial      = regexp.MustCompile(`(?i)not an emergency|no es una emergencia|wait|espere|copay|deductible|telehealth|benefit`)
)

// TestWords holds what the notices must and must not say.
func TestWords(t *testing.T) {
	for _, language := range []string{"en", "es", "vi"} {
		for n, must := range map[decision.Notice][]string{
			decision.Emergency911: {"911"},
			decision.Crisis988:    {"988", "911"},
			decision.PoisonHelp:   {"1-800-222-1222", "911"},
		} {
			title, text, _ := Text(n, language)
			for _, m := range must {
				if !strings.Contains(text, m) {
					t.Errorf("%s %s does not name %s", language, n, m)
				}
			}
			if denial.MatchString(title + text) {
				t.Errorf("%s %s says what it must not: %s", language, n, text)
			}
			if g := grade(text, language); g > 6 {
				t.Errorf("%s %s reads at grade %.1f", language, n, g)
			}
		}
	}
	_, en, _ := Text(decision.Emergency911, "en")
	_, es, _ := Text(decision.Emergency911, "es")
	if !strings.Contains(en, "nearest ER") || !strings.Contains(en, "do not need to ask your plan first") || !strings.Contains(es, "No tiene que pedir permiso a su plan") {
		t.Error("the emergency words do not send people to the nearest ER without asking the plan")
	}
}

// grade is the Flesch-Kincaid grade for English. For Spanish it turns the
// Fernández Huerta reading ease into a grade (80 and more is grade 6 or less).
func grade(text, language string) float64 {
	words := strings.Fields(strings.ToLower(text))
	sentences, syllables := len(sentenceEnd.FindAllString(text, -1)), 0
	for _, w := range words {
		n := len(vowels.FindAllString(w, -1))
		if language != "es" && n > 1 && strings.HasSuffix(strings.Trim(w, ".,"), "e") {
			n--
		}
		syllables += max(n, 1)
	}
	perWord, perSentence := float64(syllables)/float64(len(words)), float64(len(words))/float64(sentences)
	if language == "es" {
		return 6 + (80-(206.84-60*perWord-1.02*perSentence))/10
	}
	return 0.39*perSentence + 11.8*perWord - 15.59
}

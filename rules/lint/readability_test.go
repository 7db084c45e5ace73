package lint

import "testing"

func TestSyllables(t *testing.T) {
	for word, want := range map[string]int{
		"table": 2, "asked": 1, "wanted": 2, "takes": 1, "misses": 2, "care": 1, "medicine": 3, "diabetes": 4, "plan": 1, "er": 2, "pregnancy": 3,
		"question": 2, "prescription": 3, "idea": 3, "people": 2, "coverage": 3, "free": 1, "911": 3, "doctor's": 2, "the": 1, "radio": 3, "quiet": 2, "video": 3,
	} {
		if got := englishSyllables(word); got != want {
			t.Errorf("%s: %d syllables, want %d", word, got, want)
		}
	}
	for word, want := range map[string]int{
		"médico": 3, "que": 1, "leer": 2, "día": 2, "plan": 1, "ahora": 3, "cuidado": 3, "yeso": 2, "ley": 1, "guía": 2, "usted": 2, "medicina": 4, "agüero": 3, "aéreo": 4, "911": 6, "y": 1, "país": 2,
	} {
		if got := spanishSyllables(word); got != want {
			t.Errorf("%s: %d syllables, want %d", word, got, want)
		}
	}
}

func TestGradeTellsHardFromEasy(t *testing.T) {
	for _, c := range []struct {
		language, easy, hard string
	}{
		{"en", "Ask your doctor. Call the plan if you have a question.",
			"Participating beneficiaries should communicate with interdisciplinary professionals regarding appropriate pharmaceutical administration."},
		{"es", "Pregunte a su médico. Llame al plan si tiene una duda.",
			"Los beneficiarios participantes deberán comunicarse con profesionales interdisciplinarios respecto de la administración farmacológica apropiada."},
	} {
		easy, _ := Grade(c.easy, c.language)
		hard, _ := Grade(c.hard, c.language)
		if easy > 4 || hard < 12 {
			t.Errorf("%s: easy %.1f, hard %.1f", c.language, easy, hard)
		}
	}
	if _, ok := Grade("Bonjour.", "fr"); ok {
		t.Error("a language without a formula got a grade")
	}
	if g, _ := Grade("See Dr. Who. 1 2 3.", "en"); g != g {
		t.Error("not a number")
	}
	if g, ok := Grade("", "en"); g != 0 || !ok {
		t.Error("no words, no grade")
	}
}

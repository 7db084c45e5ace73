package intake

import (
	"strings"
	"testing"
)

func scanned(text string) (words []string, asked int) {
	s := scanner{text: text, find: func(w []byte, _ *[maxWord]byte) uint16 {
		words = append(words, string(w))
		return plainWord
	}}
	s.scan()
	for _, t := range s.tokens {
		if t.word == numberWord {
			words = append(words, "#")
		}
	}
	return words, len(s.asked)
}

func TestScanFoldsAndCuts(t *testing.T) {
	for text, want := range map[string]string{
		"Don't PANIC":                "dont panic",
		"don’t":                      "dont",
		"my wife's knee, she'd fall": "my wife knee she fall",
		"Médico, ¿qué niño?":         "medico que nino",
		"e\u0301l":                   "el",
		"sooooo bad":                 "soo bad",
		"x-ray b12":                  "x ray b12",
		"200mg":                      "mg #",
		"1,234.5 and 100.4F":         "and f # #",
		"a\x00b\xff c":               "ab c",
		"日本 ok":                      "ok",
		"$5":                         "dollars #",
	} {
		if got, _ := scanned(text); strings.Join(got, " ") != want {
			t.Errorf("%q is cut into %q, want %q", text, strings.Join(got, " "), want)
		}
	}
}

func TestScanIsBounded(t *testing.T) {
	s := scanner{text: strings.Repeat("a ", 100_000), find: func([]byte, *[maxWord]byte) uint16 { return plainWord }}
	s.scan()
	if len(s.tokens) != maxTokens {
		t.Fatalf("%d tokens, at most %d are read", len(s.tokens), maxTokens)
	}
}

func TestSentencesAndClauses(t *testing.T) {
	l := small(t)
	for text, want := range map[string]string{
		"one. two! three? four":             "0 1 2 3",
		"one two 98.6 three":                "0 0 0 0",
		"wait ... in my chest":              "0 1 1 1",
		"one, two; three":                   "0 1 2",
		"see r. hip":                        "0 0 0",
		"knee hurts is it covered":          "0 0 1 1 1",
		"what is it":                        "0 0 0",
		"I know if it is covered":           "0 0 0 0 0 0",
		"knee hurts and it hurts":           "0 0 1 1 1",
		"knee and chest":                    "0 0 0",
		"knee but chest":                    "0 1 1",
		"bite.it is bad":                    "0 1 1 1",
		"hurts - I know":                    "0 1 1",
		strings.Repeat("a, ", 2*maxClauses): "",
	} {
		r := &reader{lex: l}
		r.scanner.find, r.scanner.number = l.words.find, l.words.numbers
		r.read(text)
		if len(r.clauses) > maxClauses {
			t.Errorf("%d clauses, at most %d are told apart", len(r.clauses), maxClauses)
		}
		var got []string
		for _, tk := range r.tokens {
			got = append(got, string(rune('0'+min(tk.clause, 9))))
		}
		if want != "" && strings.Join(got, " ") != want {
			t.Errorf("%q has the clauses %v, want %s", text, got, want)
		}
	}
}

func TestStemJoinsForms(t *testing.T) {
	for _, forms := range []string{"cover covers covered covering", "stop stopped stopping stops", "care cares cared caring", "rash rashes", "allergy allergies",
		"kill kills killed killing", "pass passes passed passing", "bleed bleeds bleeding", "vomit vomits vomited vomiting", "take takes taking", "dolor dolores"} {
		words := strings.Fields(forms)
		want := string(stem([]byte(words[0])))
		for _, w := range words[1:] {
			if got := string(stem([]byte(w))); got != want {
				t.Errorf("the stem of %s is %s, of %s %s", w, got, words[0], want)
			}
		}
	}
	for _, w := range []string{"need", "diagnosis", "virus", "stress", "king", "red", "us", "is"} {
		if got := string(stem([]byte(w))); got != w {
			t.Errorf("%s is cut to %s", w, got)
		}
	}
}

func TestMisspellingsAreFoundAndWordsAreNot(t *testing.T) {
	near := newNeighbours([]spelling{{"chest", 10}, {"pneumonia", 11}, {"deductible", 12}, {"seizure", 13}, {"fever", 14}})
	for word, want := range map[string]uint16{
		"cheast": 10, "chesst": 10, "hcest": 10, "ches": unknownWord, "chart": unknownWord, "crest": unknownWord,
		"pnuemonia": 11, "pnemonia": 11, "pneumonya": 11, "pneumoniaa": 11, "neumonia": unknownWord,
		"deductable": 12, "dedutible": 12, "deductibel": 12, "seductible": unknownWord,
		"siezure": 13, "seizur": 13, "seisure": 13, "closure": unknownWord,
		"feber": 14, "fevr": unknownWord, "never": unknownWord,
	} {
		off := 1
		if len(word) >= minTwoOff {
			off = 2
		}
		got := unknownWord
		if len(word) >= minSpelled {
			got = near.find([]byte(word), []byte(word), off)
		}
		if got != want {
			t.Errorf("%s is read as %d, want %d", word, got, want)
		}
	}
}

// TestKnownWordsAreNeverCorrected holds for every word of the default lexicon.
func TestKnownWordsAreNeverCorrected(t *testing.T) {
	l := small(t)
	var room [maxWord]byte
	for word, id := range l.words.ids {
		if got := l.words.find([]byte(word), &room); got != id {
			t.Errorf("%s is read as another word", word)
		}
	}
	if got := l.words.find([]byte("plane"), &room); got != plainWord {
		t.Errorf("an ordinary word is read as %d", got)
	}
	if got := l.words.find([]byte("xylophone"), &room); got != unknownWord {
		t.Errorf("an unknown word is read as %d", got)
	}
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"abc", "abc", 0}, {"abc", "acb", 1}, {"abc", "ab", 1}, {"abc", "xbc", 1}, {"abcd", "badc", 2}, {"abc", "abcdef", 3}, {"kitten", "sitting", 3}} {
		if got := distance([]byte(c.a), c.b, 2); got != c.want {
			t.Errorf("%s and %s are %d apart, want %d", c.a, c.b, got, c.want)
		}
	}
}

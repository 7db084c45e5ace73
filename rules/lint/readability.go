package lint

import (
	"strings"
	"unicode"
)

// MaxGrade is the US school grade that member texts must not exceed (G26).
const MaxGrade = 6.0

// Grade estimates the US school grade needed to read text, and whether the
// language has a formula: Flesch–Kincaid for English, Crawford for Spanish.
// Both count syllables by the rules below, which miss a rare word by one.
func Grade(text, language string) (grade float64, ok bool) {
	count := map[string]func(string) int{"en": englishSyllables, "es": spanishSyllables}[language]
	if count == nil {
		return 0, false
	}
	words, sentences, syllables := measure(text, count)
	if words == 0 {
		return 0, true
	}
	w, s, y := float64(words), float64(sentences), float64(syllables)
	if language == "es" {
		return -0.205*(100*s/w) + 0.049*(100*y/w) - 3.407, true
	}
	return 0.39*w/s + 11.8*y/w - 15.59, true
}

// measure counts words, sentences and syllables. A {placeholder} counts as one
// word of two syllables: what fills it is mostly a number or a name. Text
// without a closing mark still ends a sentence.
func measure(text string, syllablesOf func(string) int) (words, sentences, syllables int) {
	open := false
	for _, token := range strings.Fields(text) {
		if strings.ContainsAny(token, "{}") {
			words, syllables, open = words+1, syllables+2, true
		} else {
			for _, w := range split(token) {
				words, open = words+1, true
				syllables += syllablesOf(w)
			}
		}
		if open && strings.ContainsAny(token[len(token)-1:], ".?!:") {
			sentences, open = sentences+1, false
		}
	}
	if open {
		sentences++
	}
	return words, sentences, syllables
}

// split takes the words out of a token: check-up is two, ER's is one.
func split(token string) []string {
	return strings.FieldsFunc(strings.ToLower(token), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\''
	})
}

// englishSyllables counts groups of vowels, less the silent e and ed at the
// end of a word. A word without letters, such as 911, counts as it is said,
// a syllable for each digit.
func englishSyllables(word string) int {
	word = strings.TrimSuffix(strings.Trim(word, "'"), "'s")
	if n := digits(word); n > 0 {
		return n
	}
	if n, ok := exceptions[word]; ok {
		return n
	}
	n := vowelGroups(word, "aeiouy")
	switch {
	case strings.HasSuffix(word, "le") && len(word) > 2 && !isVowel(rune(word[len(word)-3]), "aeiouy"):
		// ta-ble keeps its last syllable
	case strings.HasSuffix(word, "ed") && len(word) > 3 && !strings.ContainsAny(word[len(word)-3:len(word)-2], "td") && n > 1:
		n--
	case strings.HasSuffix(word, "es") && len(word) > 3 && !strings.ContainsAny(word[len(word)-3:len(word)-2], "szxcgh") && n > 1:
		n--
	case strings.HasSuffix(word, "e") && n > 1 && !strings.HasSuffix(word, "ee"):
		n--
	}
	for _, hiatus := range []string{"ia", "io", "iet", "eo", "ual", "uit"} {
		if strings.Contains(word, hiatus) && !strings.Contains(word, "tio") && !strings.Contains(word, "cia") && !strings.Contains(word, "sio") && !strings.Contains(word, "peo") {
			n++
			break
		}
	}
	return max(n, 1)
}

// exceptions are words of this field that the rules get wrong, most of them
// abbreviations that are said letter by letter.
var exceptions = map[string]int{"er": 2, "id": 2, "hsa": 3, "fsa": 3, "a1c": 3, "tv": 2, "dna": 3, "sms": 3, "diabetes": 4, "idea": 3, "being": 2}

// spanishSyllables counts groups of vowels; two strong vowels, and a weak one
// with an accent, stand apart (le-er, dí-a). The u of que, qui, gue and gui is
// not said.
func spanishSyllables(word string) int {
	if n := digits(word); n > 0 {
		return 2 * n
	}
	for _, silent := range [][2]string{{"que", "qe"}, {"qui", "qi"}, {"gue", "ge"}, {"gui", "gi"}, {"qué", "qé"}, {"quí", "qí"}, {"gué", "gé"}, {"guí", "gí"}} {
		word = strings.ReplaceAll(word, silent[0], silent[1])
	}
	n, last := 0, ' '
	runes := []rune(word)
	for i, r := range runes {
		if r == 'y' && i < len(runes)-1 && len(runes) > 1 {
			last = ' ' // a consonant unless it ends the word
			continue
		}
		if !isVowel(r, "aeiouyáéíóúü") {
			last = ' '
			continue
		}
		if last == ' ' || strong(r) && strong(last) {
			n++
		}
		last = r
	}
	return max(n, 1)
}

// strong vowels make a syllable of their own; í and ú do so by their accent.
func strong(r rune) bool { return strings.ContainsRune("aeoáéóíú", r) }

func isVowel(r rune, vowels string) bool { return strings.ContainsRune(vowels, r) }

func vowelGroups(word, vowels string) int {
	n, in := 0, false
	for _, r := range word {
		v := isVowel(r, vowels)
		if v && !in {
			n++
		}
		in = v
	}
	return n
}

// digits counts the digits of a word that is a number, 0 for any other word.
func digits(word string) int {
	n := 0
	for _, r := range word {
		if !unicode.IsDigit(r) {
			return 0
		}
		n++
	}
	return n
}

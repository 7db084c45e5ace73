package intake

// stem cuts the plural, -ed, -ing and a final e off a folded word, in place and
// so lightly that what remains is still the word: covers, covered and covering
// become cover; caring and cares become care. It serves English and the Spanish
// plural. Short words stay as they are.
func stem(w []byte) []byte {
	w = plural(w)
	if n := len(w); n >= 5 && ends(w, "ing") && vowel(w[:n-3]) {
		w = restore(w[:n-3], w)
	} else if n >= 5 && ends(w, "ed") && !ends(w, "eed") && vowel(w[:n-2]) {
		w = restore(w[:n-2], w)
	}
	if n := len(w); n >= 5 && w[n-1] == 'e' {
		w = w[:n-1]
	}
	return w
}

func plural(w []byte) []byte {
	n := len(w)
	switch {
	case n < 4 || w[n-1] != 's' || ends(w, "ss") || ends(w, "us") || ends(w, "is"):
	case n >= 5 && ends(w, "ies"):
		w = w[:n-2]
		w[n-3] = 'y'
	case ends(w, "sses") || ends(w, "shes") || ends(w, "ches") || ends(w, "xes"):
		w = w[:n-2]
	default:
		w = w[:n-1]
	}
	return w
}

// restore mends what cutting -ed or -ing left of the whole word: stopp becomes
// stop (but kill, pass and fizz stay), and car, left of caring, becomes care.
func restore(w, whole []byte) []byte {
	n := len(w)
	last := w[n-1]
	switch {
	case n >= 4 && last == w[n-2]:
		if last != 'l' && last != 's' && last != 'z' {
			return w[:n-1]
		}
	case n == 3 && !isVowel(w[0]) && isVowel(w[1]) && !isVowel(last) && last != 'w' && last != 'x':
		w = whole[:4]
		w[3] = 'e'
	}
	return w
}

// vowel reports whether w could be a word of its own.
func vowel(w []byte) bool {
	for _, c := range w {
		if isVowel(c) {
			return len(w) > 2
		}
	}
	return false
}

func isVowel(c byte) bool {
	return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y'
}

func ends(w []byte, with string) bool {
	return len(w) >= len(with) && string(w[len(w)-len(with):]) == with
}

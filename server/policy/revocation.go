package policy

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// revocation hears the words by which members end messages (47 CFR
// 64.1200(a)(10)). A text ends messages if it says nothing else: every word of it
// belongs to a phrase that ends messages, or to one that may stand beside such a
// phrase ("please", "texting me"). So STOP ends them, in any case and with any
// punctuation, and "how do I stop smoking?" does not.
type revocation struct {
	phrases map[string]bool // without spaces; true for those that end messages
	longest int             // of the phrases, in letters
}

// maxRevoking is the most words of a text that ends messages; longer ones have
// something to say.
const maxRevoking = 16

// newRevocation compiles phrases of all languages: a member may write in another
// one than they read.
func newRevocation(ends, beside map[string][]string) (revocation, error) {
	r := revocation{phrases: map[string]bool{}}
	for _, list := range beside {
		r.add(list, false)
	}
	for _, list := range ends {
		r.add(list, true)
	}
	if r.phrases[""] {
		return r, fmt.Errorf("a phrase that ends messages has no letters")
	}
	delete(r.phrases, "")
	return r, nil
}

func (r *revocation) add(phrases []string, ends bool) {
	for _, p := range phrases {
		word := strings.Join(spoken(p), "")
		r.phrases[word] = r.phrases[word] || ends
		r.longest = max(r.longest, len(word))
	}
}

// heard reports whether a text ends messages.
func (r *revocation) heard(text string) bool {
	words := spoken(text)
	if len(words) == 0 || len(words) > maxRevoking {
		return false
	}
	// said[i] is what the first i words can be read as: nothing that is known,
	// only what stands beside, or what ends messages.
	const unknown, beside, ends = 0, 1, 2
	said := make([]uint8, len(words)+1)
	said[0] = beside
	for from := range words {
		if said[from] == unknown {
			continue
		}
		phrase := ""
		for to := from; to < len(words); to++ {
			if phrase += words[to]; len(phrase) > r.longest {
				break
			}
			if isEnd, ok := r.phrases[phrase]; ok && isEnd {
				said[to+1] = ends
			} else if ok {
				said[to+1] = max(said[to+1], said[from])
			}
		}
	}
	return said[len(words)] == ends
}

// spoken splits a text into words without case, accents and punctuation. A letter
// held for three or more counts once ("STOOOP"); apostrophes join.
func spoken(text string) []string {
	var words []string
	var word []rune
	end := func() {
		if len(word) > 0 {
			words = append(words, string(held(word)))
		}
		word = word[:0]
	}
	for _, c := range norm.NFKD.String(text) {
		switch {
		case unicode.IsLetter(c) || unicode.IsDigit(c):
			word = append(word, unicode.ToLower(c))
		case unicode.Is(unicode.Mn, c) || unicode.Is(unicode.Cf, c) || c == '\'' || c == '’' || c == '`' || c == '´':
		default:
			end()
		}
		if len(words) > maxRevoking {
			return words
		}
	}
	end()
	return words
}

// held shortens runs of three or more equal letters to one.
func held(word []rune) []rune {
	out := make([]rune, 0, len(word))
	for i := 0; i < len(word); {
		n := 1
		for i+n < len(word) && word[i+n] == word[i] {
			n++
		}
		out = append(out, word[i])
		if n == 2 {
			out = append(out, word[i])
		}
		i += n
	}
	return out
}

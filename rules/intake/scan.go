package intake

import "unicode/utf8"

// Limits of one reading. Text beyond them is not looked at, which keeps a
// hostile text as cheap as a long one.
const (
	maxText   = 8000 // bytes: 2,000 characters of any script
	maxTokens = 2000
	maxWord   = 40 // bytes of one folded word; longer ones are no words
)

// Breaks before a token.
const (
	noBreak = iota
	clauseBreak
	sentenceBreak
)

// token is one word or number of the text.
type token struct {
	word   uint16 // in the vocabulary; unknownWord, numberWord
	brk    uint8  // what separates it from the token before
	hidden bool   // part of an idiom, so it says nothing else
	whole  bool   // part of a longer term, so it says nothing alone
	neg    int16  // the token that denies it, or -1
	clause uint16
	num    int64 // thousandths, of a number; else -1
	unit   bool  // a number that a unit follows
}

// scanner cuts text into tokens, folding each word into buf and asking find for
// its place in the vocabulary.
type scanner struct {
	text   string
	at     int
	buf    [maxWord]byte
	tokens []token
	asked  []int // tokens after which a question mark stood
	brk    uint8
	find   func(word []byte, room *[maxWord]byte) uint16
	room   [maxWord]byte // for find
	number []int64       // vocabulary.numbers
}

func (s *scanner) scan() {
	if len(s.text) > maxText {
		s.text = s.text[:maxText]
	}
	s.brk = sentenceBreak
	for s.at < len(s.text) && len(s.tokens) < maxTokens {
		c, n := fold(s.text[s.at:])
		switch {
		case c >= 'a' && c <= 'z':
			s.word()
		case c >= '0' && c <= '9':
			s.digits()
		default:
			s.at += n
			s.mark(c)
		}
	}
}

func (s *scanner) add(t token) {
	t.brk, t.neg = s.brk, -1
	s.brk = noBreak
	s.tokens = append(s.tokens, t)
}

// mark notes the break that a sign between words makes.
func (s *scanner) mark(c byte) {
	switch c {
	case '?':
		if len(s.tokens) > 0 {
			s.asked = append(s.asked, len(s.tokens)-1)
		}
		s.brk = sentenceBreak
	case '.':
		if s.dots() {
			s.brk = max(s.brk, clauseBreak)
		} else if !s.abbreviated() {
			s.brk = sentenceBreak
		}
	case '!', ';', '\n':
		s.brk = sentenceBreak
	case ',', ':', '(', ')':
		s.brk = max(s.brk, clauseBreak)
	case '$':
		s.add(token{word: s.find(append(s.buf[:0], "dollars"...), &s.room), num: -1})
	case '-':
		if s.at < len(s.text) && s.text[s.at] == ' ' {
			s.brk = max(s.brk, clauseBreak)
		}
	}
}

// dots reports whether the full stop just read is one of several, which people
// put between words as a pause.
func (s *scanner) dots() bool {
	return s.at < len(s.text) && s.text[s.at] == '.' || s.at >= 2 && s.text[s.at-2] == '.'
}

// abbreviated reports whether the full stop just read follows a single letter,
// as in "r. hip" or "U.S.".
func (s *scanner) abbreviated() bool {
	if s.at < 2 || !letter(s.text[s.at-2]) {
		return false
	}
	return s.at == 2 || !letter(s.text[s.at-3]) && s.text[s.at-3] < 0x80
}

func letter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

// word reads one word. Apostrophes vanish (don't, dont), a final 's or 'd is cut,
// and a letter is never read more than twice in a row (sooo).
func (s *scanner) word() {
	n, long := 0, false
	for s.at < len(s.text) {
		c, size := fold(s.text[s.at:])
		if c == '\'' {
			if stop := s.apostrophe(); stop {
				break
			}
			continue
		}
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != 0 {
			break
		}
		s.at += size
		switch {
		case c == 0 || n >= 2 && s.buf[n-1] == c && s.buf[n-2] == c && c > '9':
		case n == maxWord:
			long = true
		default:
			s.buf[n] = c
			n++
		}
	}
	w := uint16(unknownWord)
	if !long {
		w = s.find(s.buf[:n], &s.room)
	}
	t := token{word: w, num: -1}
	if i := int(w) - int(firstWord); i >= 0 && i < len(s.number) {
		t.num = s.number[i]
	}
	s.add(t)
}

// apostrophe steps over the apostrophe at s.at and reports whether the word
// ends there.
func (s *scanner) apostrophe() bool {
	_, n := fold(s.text[s.at:])
	s.at += n
	c, n := fold(s.text[s.at:])
	if c == 's' || c == 'd' {
		if after, _ := fold(s.text[s.at+n:]); after < 'a' || after > 'z' {
			s.at += n
			return true
		}
	}
	return c < 'a' || c > 'z'
}

// number reads digits with a decimal point or thousands separators.
func (s *scanner) digits() {
	const most = 1_000_000_000
	v, scale := int64(0), int64(1000)
	seen := false // the decimal point
	for s.at < len(s.text) {
		b := s.text[s.at]
		next := s.at+1 < len(s.text) && s.text[s.at+1] >= '0' && s.text[s.at+1] <= '9'
		switch {
		case b >= '0' && b <= '9' && !seen:
			v = min(v*10+int64(b-'0')*1000, most)
		case b >= '0' && b <= '9':
			scale /= 10
			v += int64(b-'0') * scale
		case b == '.' && next && !seen:
			seen = true
		case b == ',' && next && !seen:
		default:
			s.add(token{word: numberWord, num: v})
			return
		}
		s.at++
	}
	s.add(token{word: numberWord, num: v})
}

// latin folds the letters U+00C0–U+00FF.
const latin = "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty"

// fold returns the first character of text as a lower-case letter, a digit or a
// sign, and its length in bytes; 0 stands for an accent on its own. Text is not
// empty or the answer is a blank.
func fold(text string) (byte, int) {
	if text == "" {
		return ' ', 0
	}
	b := text[0]
	switch {
	case b >= 'A' && b <= 'Z':
		return b | 0x20, 1
	case b < 0x80:
		return b, 1
	}
	r, n := utf8.DecodeRuneInString(text)
	switch {
	case r >= 0xC0 && r <= 0xFF:
		return latin[r-0xC0], n
	case r == '’' || r == '‘' || r == '´':
		return '\'', n
	case r == '…' || r == '–' || r == '—':
		return ',', n
	case r == '¿' || r == '¡':
		return '!', n
	case r >= 0x300 && r <= 0x36F:
		return 0, n
	}
	return ' ', n
}

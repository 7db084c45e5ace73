package icd10

import "strings"

// key is a code as a number: its characters in the upper seven bytes, the first
// one uppermost, zeros after the last. Keys sort as codes do, and all codes
// below a code are one unbroken run of keys that begins with it.
type key uint64

const (
	minLength = 3  // a category
	maxLength = 7  // a category, its subdivisions and the character for the visit
	maxInput  = 64 // bytes of a code, with its dot and the spaces that fields of fixed width put behind it
)

// keyOf reads a code: a letter, two digits, then letters and digits, with or
// without a dot after the third character, in any case.
func keyOf(code string) (k key, ok bool) {
	if len(code) > maxInput {
		return 0, false
	}
	code = strings.Trim(code, " \t\r\n")
	n := 0
	for i := range len(code) {
		b := code[i]
		if b == '.' && i == minLength {
			continue
		}
		if 'a' <= b && b <= 'z' {
			b -= 'a' - 'A'
		}
		if n == maxLength || !fits(b, n) {
			return 0, false
		}
		k |= key(b) << shift(n)
		n++
	}
	return k, n >= minLength
}

// fits reports whether a code may have b at place n. The second and the third
// character are digits, or A or B where the digits had run out (QA0, M1A).
func fits(b byte, n int) bool {
	digit, letter := '0' <= b && b <= '9', 'A' <= b && b <= 'Z'
	switch n {
	case 0:
		return letter
	case 1, 2:
		return digit || b == 'A' || b == 'B'
	}
	return digit || letter
}

func shift(n int) int { return 56 - 8*n }

// at returns the character at place n, counted from 1 as coders do; 0 where the
// code has ended.
func (k key) at(n int) byte { return byte(k >> shift(n-1)) }

// past returns the first key behind k and all codes below it.
func (k key) past() key {
	n := 0
	for n < maxLength && k.at(n+1) != 0 {
		n++
	}
	return k + 1<<shift(n-1)
}

// String spells the code with its dot.
func (k key) String() string {
	var b []byte
	for n := 1; n <= maxLength && k.at(n) != 0; n++ {
		if n == minLength+1 {
			b = append(b, '.')
		}
		b = append(b, k.at(n))
	}
	return string(b)
}

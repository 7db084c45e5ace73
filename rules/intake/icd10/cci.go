package icd10

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// File is the name of AHRQ's table in a content folder.
const File = "icd10cm.csv"

// Limits of a file of AHRQ. A full one has about 76,000 codes in 10 MB.
const (
	maxFileBytes = 32 << 20
	maxLine      = 8 << 10
	maxCodes     = 200_000
	maxPreamble  = 10 // lines up to and with the heading of the columns; AHRQ writes none, or two and the heading
	maxTitle     = 120
)

// CCI is a Chronic Condition Indicator of AHRQ for ICD-10-CM, as it was read.
// It is immutable.
type CCI struct {
	Title    string // first line of the file, if it holds plain words; it names the version
	Repeated int    // lines that said the same of a code again
	rows     []row  // by ascending key
}

type row struct {
	key       key
	line      int // in the file, from 1
	indicator byte
}

// SyntaxError is what makes a file of AHRQ unreadable. It repeats nothing of
// the file.
type SyntaxError struct {
	Line, Col int // from 1; Col is 1 where the whole line is meant
	Problem   string
}

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Col, e.Problem)
}

// ReadCCI reads a table as AHRQ publishes it, line by line: the Chronic
// Condition Indicator Refined (CCIR, from v2023.1 on), the beta that told acute
// from chronic (CCI, v2021.1 and v2022.1), and the older ones with a column for
// the body system (CCI, up to v2020).
//
// They are comma-separated text: up to two lines of preamble, the heading of the
// columns, then a line for each code, with the code first and the indicator in
// the column that the heading names, which is the last but for a body system.
// Codes have no dot; quotes, single or double, are optional. An indicator is 1
// chronic, 0 not chronic or 9 no determination, or, in the beta, A acute, C
// chronic, B both or N not applicable; a file has only one of these kinds.
//
// An error is a *SyntaxError or that of the reader. The whole file is refused
// then.
func ReadCCI(r io.Reader) (*CCI, error) {
	in := &reader{cci: &CCI{}}
	limited := &io.LimitedReader{R: r, N: maxFileBytes + 1}
	lines := bufio.NewScanner(limited)
	lines.Buffer(make([]byte, 0, maxLine), maxLine)
	for lines.Scan() {
		in.line++
		if err := in.read(lines.Bytes()); err != nil {
			return nil, err
		}
	}
	switch err := lines.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return nil, &SyntaxError{in.line + 1, 1, fmt.Sprintf("longer than %d bytes", maxLine)}
	case err != nil:
		return nil, fmt.Errorf("line %d: %w", in.line+1, err)
	case limited.N == 0:
		return nil, in.wrong(1, "the file is larger than %d bytes", maxFileBytes)
	case !in.headed:
		return nil, in.wrong(1, "the file ends before a heading of columns")
	case len(in.cci.rows) == 0:
		return nil, in.wrong(1, "the file ends before a code")
	}
	if err := in.cci.sort(); err != nil {
		return nil, err
	}
	return in.cci, nil
}

type reader struct {
	cci    *CCI
	line   int
	headed bool
	behind int  // columns behind the indicator
	beta   bool // indicators are letters
}

func (in *reader) wrong(col int, format string, args ...any) error {
	return &SyntaxError{max(in.line, 1), col, fmt.Sprintf(format, args...)}
}

func (in *reader) read(line []byte) error {
	if in.line == 1 {
		line = bytes.TrimPrefix(line, []byte("\ufeff"))
	}
	switch {
	case !in.headed:
		return in.preamble(line)
	case len(bytes.Trim(line, blanks)) == 0:
		return nil
	case len(in.cci.rows) == maxCodes:
		return in.wrong(1, "more than %d codes", maxCodes)
	}
	k, ok := keyOf(string(first(line)))
	if !ok {
		return in.wrong(1, "not a code of ICD-10-CM")
	}
	indicator, col := fromEnd(line, in.behind)
	if len(in.cci.rows) == 0 && len(indicator) == 1 {
		in.beta = bytes.IndexByte([]byte(letters), indicator[0]) >= 0
	}
	allowed, say := digits, "0, 1 or 9"
	if in.beta {
		allowed, say = letters, "A, B, C or N"
	}
	if len(indicator) != 1 || bytes.IndexByte([]byte(allowed), indicator[0]) < 0 {
		return in.wrong(col, "the indicator must be %s", say)
	}
	in.cci.rows = append(in.cci.rows, row{k, in.line, indicator[0]})
	return nil
}

const (
	digits  = "019"
	letters = "ABCN"
	blanks  = " \t\r,"
	quotes  = " \t\r'\""
)

// preamble skips lines up to the heading of the columns.
func (in *reader) preamble(line []byte) error {
	in.headed = bytes.EqualFold(first(line), []byte("ICD-10-CM CODE"))
	for in.behind = 0; in.headed && in.behind < 2; in.behind++ {
		if column, _ := fromEnd(line, in.behind); bytes.EqualFold(column, []byte("CHRONIC INDICATOR")) {
			return nil
		}
	}
	if in.headed || in.line == maxPreamble {
		return in.wrong(1, "no heading of columns from ICD-10-CM CODE to CHRONIC INDICATOR so far")
	}
	if in.line == 1 {
		in.cci.Title = plain(bytes.Trim(line, quotes+","))
	}
	return nil
}

// plain is a text of printable ASCII without quotes, else nothing.
func plain(text []byte) string {
	for _, b := range text {
		if b < ' ' || b > '~' || b == '\'' || b == '"' {
			return ""
		}
	}
	return strings.TrimRight(string(text[:min(len(text), maxTitle)]), " ,")
}

// first returns the first column of a line, without quotes.
func first(line []byte) []byte {
	column, _, _ := bytes.Cut(line, []byte(","))
	return bytes.Trim(column, quotes)
}

// fromEnd returns the column that has so many others behind it, without quotes,
// and where it begins, from 1. It counts from the end, because descriptions may
// hold commas.
func fromEnd(line []byte, behind int) (column []byte, col int) {
	for range behind {
		line = line[:max(bytes.LastIndexByte(line, ','), 0)]
	}
	start := bytes.LastIndexByte(line, ',') + 1
	return bytes.Trim(line[start:], quotes), start + 1
}

// sort puts the rows in order and drops repeated ones. It is quick where they
// are in order already, as AHRQ writes them.
func (c *CCI) sort() error {
	slices.SortStableFunc(c.rows, func(a, b row) int { return cmp.Compare(a.key, b.key) })
	kept := c.rows[:1]
	for _, r := range c.rows[1:] {
		last := kept[len(kept)-1]
		switch {
		case r.key != last.key:
			kept = append(kept, r)
		case r.indicator != last.indicator:
			return &SyntaxError{r.line, 1, fmt.Sprintf("the code has another indicator in line %d", last.line)}
		default:
			c.Repeated++
		}
	}
	c.rows = kept
	return nil
}

// Len is the number of codes.
func (c *CCI) Len() int { return len(c.rows) }

// Count is the number of codes with an indicator, as AHRQ writes it.
func (c *CCI) Count(indicator byte) (n int) {
	for _, r := range c.rows {
		if r.indicator == indicator {
			n++
		}
	}
	return n
}

// WriteTo writes the table as ReadCCI reads it, in order and without the
// descriptions, a tenth of the size.
func (c *CCI) WriteTo(w io.Writer) (int64, error) {
	var b bytes.Buffer
	if c.Title != "" {
		fmt.Fprintf(&b, "'%s'\n", c.Title)
	}
	b.WriteString("'ICD-10-CM CODE','CHRONIC INDICATOR'\n")
	for _, r := range c.rows {
		b.WriteByte('\'')
		for n := 1; n <= maxLength && r.key.at(n) != 0; n++ {
			b.WriteByte(r.key.at(n))
		}
		b.WriteString("','")
		b.WriteByte(r.indicator)
		b.WriteString("'\n")
	}
	return b.WriteTo(w)
}

// Table lays the indicator over the built-in table. It changes only the
// Chronicity of the codes it holds; overrides, groups and flags stay.
//
// The refined indicator knows less than the table, so what it leaves open is
// kept: a code that is chronic stays both if it was, one that is not chronic
// stays acute or neither if it was, and is neither if it was chronic, since "not
// chronic" does not say "acute".
func (c *CCI) Table() *Table {
	base := Default()
	t := &Table{starts: base.starts, cells: base.cells}
	for _, r := range c.rows {
		was := base.class(r.key).Chronicity
		if is := judge(r.indicator, was); is != was {
			t.told = append(t.told, verdict{r.key, is})
		}
	}
	return t
}

// judge returns the chronicity of a code that was known as was.
func judge(indicator byte, was Chronicity) Chronicity {
	switch indicator {
	case 'A':
		return Acute
	case 'C':
		return Chronic
	case 'B':
		return Both
	case 'N':
		return Neither
	case '1':
		if was == Both {
			return Both
		}
		return Chronic
	case '0':
		if was == Acute || was == Both {
			return Acute
		}
		return Neither
	}
	return was
}

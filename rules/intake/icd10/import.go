package icd10

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
)

// Limits of Import. A full file has about 75,000 codes in 10 MB.
const (
	maxImportBytes = 32 << 20
	maxImportLine  = 8 << 10
	maxImportCodes = 200_000
	maxPreamble    = 10 // lines up to and with the heading of the columns; AHRQ writes three
)

// Report says what an imported file holds and changes.
type Report struct {
	Codes           int // codes in the file
	Repeated        int // lines that said the same of a code again
	Chronic         int // codes with indicator 1
	NotChronic      int // codes with indicator 0
	NoDetermination int // codes with indicator 9; they keep the class they had

	New             int      // codes that had no class
	BecameChronic   int      // codes that were not, and are now
	NoLongerChronic int      // codes that were chronic, or both, and are not now
	Changes         []Change // all changed codes, in order
}

// Change is a code whose chronicity an imported file changed.
type Change struct {
	Code     string // with its dot
	Line     int    // in the file, from 1
	From, To Chronicity
}

// Import reads AHRQ's Chronic Condition Indicator Refined (CCIR) for ICD-10-CM,
// as AHRQ publishes it, and lays it over the built-in table. It changes only
// the Chronicity of the codes in the file; overrides, groups and flags stay.
//
// The file is comma-separated text: a short preamble that ends with the heading
// of the columns, then a line for each code, with the code first and the
// indicator last: 1 chronic, 0 not chronic, 9 no determination. Codes are in
// single quotes and have no dot.
//
// The indicator knows less than the table, so what it leaves open is kept: a
// code that is chronic stays both if it was, one that is not chronic stays
// acute or neither if it was, and is neither if it was chronic, since "not
// chronic" does not say "acute".
//
// An error names the line and column and repeats nothing of the file. The whole
// file is refused then.
func Import(r io.Reader) (*Table, Report, error) {
	in := &importer{base: Default(), seen: map[key]row{}}
	limited := &io.LimitedReader{R: r, N: maxImportBytes + 1}
	lines := bufio.NewScanner(limited)
	lines.Buffer(make([]byte, 0, maxImportLine), maxImportLine)
	for lines.Scan() {
		in.line++
		if err := in.read(lines.Bytes()); err != nil {
			return nil, Report{}, err
		}
	}
	switch err := lines.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return nil, Report{}, fmt.Errorf("line %d: longer than %d bytes", in.line+1, maxImportLine)
	case err != nil:
		return nil, Report{}, fmt.Errorf("line %d: %w", in.line+1, err)
	case limited.N == 0:
		return nil, Report{}, fmt.Errorf("line %d: the file is larger than %d bytes", in.line, maxImportBytes)
	case !in.headed:
		return nil, Report{}, fmt.Errorf("line %d: the file ends before a heading of columns", in.line)
	case len(in.seen) == 0:
		return nil, Report{}, fmt.Errorf("line %d: the file ends before a code", in.line)
	}
	t, report := in.table()
	return t, report, nil
}

type importer struct {
	base   *Table
	line   int
	headed bool
	seen   map[key]row
	report Report
}

type row struct {
	line      int
	indicator byte
}

func (in *importer) read(line []byte) error {
	first, last, column := ends(line)
	switch {
	case !in.headed:
		return in.preamble(first, last)
	case len(bytes.TrimSpace(line)) == 0:
		return nil
	case len(in.seen) == maxImportCodes:
		return fmt.Errorf("line %d: more than %d codes", in.line, maxImportCodes)
	}
	k, ok := keyOf(string(first))
	if !ok {
		return fmt.Errorf("line %d, column 1: not a code of ICD-10-CM", in.line)
	}
	if len(last) != 1 || bytes.IndexByte([]byte("019"), last[0]) < 0 {
		return fmt.Errorf("line %d, column %d: the indicator must be 0, 1 or 9", in.line, column)
	}
	before, twice := in.seen[k]
	if twice && before.indicator != last[0] {
		return fmt.Errorf("line %d, column %d: the code has another indicator in line %d", in.line, column, before.line)
	}
	if twice {
		in.report.Repeated++
		return nil
	}
	in.seen[k] = row{in.line, last[0]}
	return nil
}

// preamble skips lines up to the heading of the columns.
func (in *importer) preamble(first, last []byte) error {
	in.headed = bytes.EqualFold(first, []byte("ICD-10-CM CODE")) && bytes.EqualFold(last, []byte("CHRONIC INDICATOR"))
	if !in.headed && in.line == maxPreamble {
		return fmt.Errorf("line %d: no heading of columns from ICD-10-CM CODE to CHRONIC INDICATOR so far", in.line)
	}
	return nil
}

// ends returns the first and the last column of a line without quotes, and
// where the last one begins, from 1. Descriptions between them may hold commas.
func ends(line []byte) (first, last []byte, column int) {
	line = bytes.TrimPrefix(line, []byte("\ufeff"))
	first, _, _ = bytes.Cut(line, []byte(","))
	column = bytes.LastIndexByte(line, ',') + 1
	return bytes.Trim(first, quotes), bytes.Trim(line[column:], quotes), column + 1
}

const quotes = " \t\r'\""

// table joins what was read with the base table.
func (in *importer) table() (*Table, Report) {
	t := &Table{starts: in.base.starts, cells: in.base.cells}
	report := &in.report
	report.Codes = len(in.seen)
	for k, row := range in.seen {
		was := in.base.class(k).Chronicity
		is := judge(row.indicator, was)
		report.count(row.indicator, was, is)
		if is != was {
			t.told = append(t.told, verdict{k, is})
			report.Changes = append(report.Changes, Change{k.String(), row.line, was, is})
		}
	}
	slices.SortFunc(t.told, func(a, b verdict) int { return a.compare(b.key) })
	slices.SortFunc(report.Changes, func(a, b Change) int { return bytes.Compare([]byte(a.Code), []byte(b.Code)) })
	return t, *report
}

// judge returns the chronicity of a code that was known as was.
func judge(indicator byte, was Chronicity) Chronicity {
	switch {
	case indicator == '9':
		return was
	case indicator == '1' && was == Both, indicator == '0' && (was == Acute || was == Neither):
		return was
	case indicator == '1':
		return Chronic
	case was == Both:
		return Acute
	}
	return Neither
}

func (r *Report) count(indicator byte, was, is Chronicity) {
	switch indicator {
	case '1':
		r.Chronic++
	case '0':
		r.NotChronic++
	default:
		r.NoDetermination++
	}
	if was == Unknown {
		r.New++
	}
	switch before, now := (Class{Chronicity: was}).Chronic(), (Class{Chronicity: is}).Chronic(); {
	case now && !before:
		r.BecameChronic++
	case before && !now:
		r.NoLongerChronic++
	}
}

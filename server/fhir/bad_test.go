package fhir

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

func at() time.Time { return time.Date(2026, 3, 1, 17, 0, 0, 0, time.UTC) }

func TestUnreadableDocuments(t *testing.T) {
	rev := revision(t)
	deep := strings.Repeat(`{"a":`, 20_000)
	for name, c := range map[string]struct {
		text string
		want error
	}{
		"nothing":               {``, ErrTruncated},
		"half a bundle":         {`{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","id":"m1"}},{"resou`, ErrTruncated},
		"no end of entries":     {`{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","id":"m1"}}`, ErrTruncated},
		"no end of the object":  {`{"resourceType":"Patient"`, ErrTruncated},
		"XML":                   {`<Bundle xmlns="http://hl7.org/fhir"/>`, ErrNotJSON},
		"a comma too many":      {`{"resourceType":"Bundle","entry":[{},]}`, ErrNotJSON},
		"two documents":         {`{"resourceType":"Bundle"}{"resourceType":"Bundle"}`, ErrNotJSON},
		"a word after the end":  {`{"resourceType":"Bundle"} x`, ErrNotJSON},
		"Latin-1 in an entry":   {"{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"\xe9\"}}]}", ErrNotUTF8},
		"Latin-1 outside":       {"{\"resourceType\":\"Patient\",\"id\":\"\xe9\"}", ErrNotUTF8},
		"too many values":       {`{"resourceType":"Patient","x":[` + strings.Repeat(`0,`, maxNodes) + `0]}`, ErrTooLarge},
		"a number":              {`7`, ErrWrongType},
		"an empty object":       {`{}`, ErrWrongType},
		"another resource":      {`{"resourceType":"Organization","id":"o"}`, ErrWrongType},
		"entries twice":         {`{"resourceType":"Bundle","entry":[],"entry":[]}`, ErrDuplicate},
		"its type twice":        {`{"resourceType":"Bundle","ResourceType":"Patient"}`, ErrDuplicate},
		"a patient said twice":  {`{"resourceType":"Patient","id":"m1","name":[{"a":1,"a":2}]}`, ErrDuplicate},
		"deeper than JSON goes": {`{"resourceType":"Bundle","entry":[` + deep + `1` + strings.Repeat(`}`, 20_000) + `]}`, ErrTooDeep},
		"a deep resource":       {`{"resourceType":"Patient","x":` + strings.Repeat(`[`, 100) + strings.Repeat(`]`, 100) + `}`, ErrTooDeep},
	} {
		_, err := Read(strings.NewReader(c.text), Options{Catalogue: rev.Set.Catalogue(), Now: at()})
		var typed *Error
		if !errors.Is(err, c.want) || !errors.As(err, &typed) {
			t.Errorf("%s: the error is %v, want %v", name, err, c.want)
		}
	}
}

// TestOneBadEntry holds that an entry that can't be understood leaves the rest.
func TestOneBadEntry(t *testing.T) {
	rev := revision(t)
	good := `{"resource":{"resourceType":"Patient","id":"m1","birthDate":"1980-01-01"}}`
	for bad, want := range map[string]Reason{
		`{"resource":{"resourceType":"Encounter","subject":{"reference":"Patient/m1"},"subject":{"reference":"Patient/m2"}}}`: DuplicateKey,
		`{"resource":{"resourceType":"Encounter","st\u0061tus":"finished","status":"cancelled"}}`:                             DuplicateKey,
		`{"resource":{"resourceType":"Encounter","Status":"finished","status":"cancelled"}}`:                                  DuplicateKey,
		`{"resource":{"resourceType":"Encounter","x":` + strings.Repeat(`[`, 100) + strings.Repeat(`]`, 100) + `}}`:           TooDeep,
		`{"resource":{"resourceType":"Encounter","x":[` + strings.Repeat(`[],`, maxNodes) + `0]}}`:                            TooLarge,
		`{"resource":{}}`:                 NoType,
		`{"resource":[]}`:                 Malformed,
		`[]`:                              "",
		`{}`:                              "",
		`{"resource":null}`:               "",
		`{"resource":{"resourceType":7}}`: NoType,
	} {
		for _, text := range []string{good + "," + bad, bad + "," + good} {
			got, err := Read(strings.NewReader(`{"resourceType":"Bundle","entry":[`+text+`]}`), Options{Catalogue: rev.Set.Catalogue(), Now: at()})
			if err != nil {
				t.Errorf("%.60s: %v", bad, err)
				continue
			}
			if factsOf(rev, got)["age_years"] != "46" {
				t.Errorf("%.60s: the good entry is lost", bad)
			}
			if want != "" && (len(got.Ignored) != 1 || got.Ignored[0].Why != want) {
				t.Errorf("%.60s: left out %v, want %s", bad, got.Ignored, want)
			}
		}
	}
}

// endless is a bundle that never ends, and counts what was taken of it.
type endless struct{ taken int }

func (e *endless) Read(p []byte) (int, error) {
	const entry = `{"resource":{"resourceType":"Observation","id":"o"}},`
	n := 0
	if e.taken == 0 {
		n = copy(p, `{"resourceType":"Bundle","entry":[`)
	}
	for n+len(entry) <= len(p) {
		n += copy(p[n:], entry)
	}
	if n == 0 {
		n = copy(p, " ")
	}
	e.taken += n
	return n, nil
}

func TestStopsAtTheLimit(t *testing.T) {
	rev := revision(t)
	o := Options{Catalogue: rev.Set.Catalogue(), Now: at()}
	big := &endless{}
	if _, err := Read(big, o); !errors.Is(err, ErrTooLarge) {
		t.Errorf("the error is %v", err)
	}
	if big.taken > MaxBytes+1 {
		t.Errorf("%d bytes were read", big.taken)
	}
	word := io.MultiReader(strings.NewReader(`{"resourceType":"Bundle","id":"`), &endless{taken: 1})
	if _, err := Read(word, o); !errors.Is(err, ErrTooLarge) && !errors.Is(err, ErrNotJSON) {
		t.Errorf("the error of one long word is %v", err)
	}
}

// TestLimitIsExact reads documents as long as the limit, one byte longer, and
// several that only together are longer.
func TestLimitIsExact(t *testing.T) {
	rev := revision(t)
	text := `{"resourceType":"Bundle"}`
	o := Options{Catalogue: rev.Set.Catalogue(), Now: at(), MaxBytes: int64(len(text))}
	if _, err := Read(strings.NewReader(text), o); err != nil {
		t.Errorf("as long as the limit: %v", err)
	}
	if _, err := Read(iotest.OneByteReader(strings.NewReader(text)), o); err != nil {
		t.Errorf("byte by byte: %v", err)
	}
	if _, err := Read(strings.NewReader(text+" "), o); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a byte longer: %v", err)
	}
	r := NewReader(o)
	if err := r.Add(strings.NewReader(text)); err != nil {
		t.Error(err)
	}
	if err := r.Add(strings.NewReader(text)); !errors.Is(err, ErrTooLarge) {
		t.Errorf("the second one: %v", err)
	}
}

func TestReadError(t *testing.T) {
	rev := revision(t)
	broken := io.MultiReader(strings.NewReader(`{"resourceType":"Bundle","entry":[`), iotest.ErrReader(errors.New("line cut")))
	_, err := Read(broken, Options{Catalogue: rev.Set.Catalogue(), Now: at()})
	if !errors.Is(err, ErrRead) || strings.Contains(err.Error(), "line cut") {
		t.Errorf("the error is %v", err)
	}
}

// TestListIsBounded holds that a bundle of nothing but bad entries makes no
// endless list.
func TestListIsBounded(t *testing.T) {
	rev := revision(t)
	text := `{"resourceType":"Bundle","entry":[{"resource":{}}` + strings.Repeat(`,{"resource":{}}`, MaxIgnored+9) + `]}`
	got, err := Read(strings.NewReader(text), Options{Catalogue: rev.Set.Catalogue(), Now: at()})
	if err != nil || len(got.Ignored) != MaxIgnored || got.Unlisted != 10 {
		t.Errorf("listed %d, counted %d more, %v", len(got.Ignored), got.Unlisted, err)
	}
}

// TestErrorsRepeatNothing holds that neither errors nor the list hold a value of
// the document.
func TestErrorsRepeatNothing(t *testing.T) {
	rev := revision(t)
	const canary = "Xanadu4711"
	for _, text := range []string{
		`{"resourceType":"` + canary + `"}`, `{"` + canary, `{"resourceType":"Patient","` + canary + `":1,"` + canary + `":2}`,
		`{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Encounter","status":"` + canary + `","class":{"code":"` + canary + `"},"period":{"start":"` + canary + `"}}}]}`,
		`{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Condition","code":{"coding":[{"system":"` + canary + `","code":"` + canary + `"}]}}}]}`,
	} {
		got, err := Read(strings.NewReader(text), Options{Catalogue: rev.Set.Catalogue(), Now: at()})
		if err != nil && strings.Contains(err.Error(), canary) {
			t.Errorf("the error is %v", err)
		}
		for _, g := range got.Ignored {
			if strings.Contains(g.Resource+g.Field+string(g.Why), canary) {
				t.Errorf("the list says %v", g)
			}
		}
	}
}

// TestOrderDoesNotMatter reads the entries of each case backwards.
func TestOrderDoesNotMatter(t *testing.T) {
	rev := revision(t)
	for name, c := range loadCases(t) {
		forth, err := c.read(t, rev)
		if err != nil {
			continue
		}
		for i, doc := range c.Documents {
			c.Documents[i] = backwards(t, doc)
		}
		back, err := c.read(t, rev)
		if err != nil || forth.Facts != back.Facts {
			t.Errorf("%s: backwards the facts differ: %v, %v, %v", name, err, factsOf(rev, forth), factsOf(rev, back))
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, c := range loadCases(f) {
		for _, doc := range c.Documents {
			f.Add([]byte(doc))
		}
	}
	rev := revision(f)
	c := rev.Set.Catalogue()
	f.Fuzz(func(t *testing.T, doc []byte) {
		got, err := Read(bytes.NewReader(doc), Options{Catalogue: c, Now: at()})
		if err != nil {
			var typed *Error
			if !errors.As(err, &typed) {
				t.Fatalf("an error without a type: %v", err)
			}
			return
		}
		checkOrigins(t, at(), got)
		for _, o := range got.Origins {
			d := c.Def(o.Fact)
			if raw := got.Facts.Raw(o.Fact); raw < 0 || d.Min != d.Max && (raw < d.Min || raw > d.Max) {
				t.Fatalf("%s is %d", d.Name, raw)
			}
		}
		again, err := Read(bytes.NewReader(doc), Options{Catalogue: c, Now: at()})
		if err != nil || again.Facts != got.Facts {
			t.Fatal("read twice, the facts differ")
		}
	})
}

// TestImpossibleAges holds that a birth date nobody living has is no age: records
// use one where the true date is not known.
func TestImpossibleAges(t *testing.T) {
	rev := revision(t)
	for born, want := range map[string]string{"1905-03-02": "120", "1905-03-01": "", "1800-01-01": "", "0001-01-01": ""} {
		got, err := Read(strings.NewReader(`{"resourceType":"Patient","id":"m1","birthDate":"`+born+`"}`), Options{Catalogue: rev.Set.Catalogue(), Now: at()})
		if err != nil {
			t.Fatal(err)
		}
		if age := factsOf(rev, got)["age_years"]; age != want {
			t.Errorf("born %s: the age is %q, want %q", born, age, want)
		}
		if listed := len(got.Ignored) == 1 && got.Ignored[0] == (Ignored{"Patient/m1", "birthDate", OutOfRange}); listed != (want == "") {
			t.Errorf("born %s: left out %v", born, got.Ignored)
		}
	}
}

package strictyaml

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
)

type sample struct {
	Title string            `yaml:"title,required"`
	Count int               `yaml:"count"`
	Ratio float64           `yaml:"ratio"`
	Open  bool              `yaml:"open"`
	First map[string]string `yaml:"first"`
	List  []entry           `yaml:"list"`
	Maybe *entry            `yaml:"maybe"`
	Raw   Node              `yaml:"raw"`
	Place Pos
	not   int
}

type entry struct {
	Day  time.Time       `yaml:"day"`
	Name Located[string] `yaml:"name"`
}

func TestDecodeReadsEverything(t *testing.T) {
	var s sample
	problems := Decode("a.yaml", []byte(`title: "911"
count: -3
ratio: 1.5
open: false
first: {en: a, no: b}
list:
  - day: 2026-03-01
    name: x
  - day: 2026-03-01T10:00:00-05:00
maybe: {name: y}
raw: [1, 2]
`), &s)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if s.Title != "911" || s.Count != -3 || s.Ratio != 1.5 || s.Open || s.not != 0 || s.Place != (Pos{"a.yaml", 1, 1}) {
		t.Errorf("got %+v", s)
	}
	if diff := cmp.Diff(map[string]string{"en": "a", "no": "b"}, s.First); diff != "" {
		t.Error(diff)
	}
	if want := (Located[string]{"x", Pos{"a.yaml", 8, 11}}); s.List[0].Name != want {
		t.Errorf("got %+v, want %+v", s.List[0].Name, want)
	}
	if !s.List[0].Day.Equal(time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)) || s.List[1].Day.UTC().Hour() != 15 {
		t.Errorf("got the days %v and %v", s.List[0].Day, s.List[1].Day)
	}
	if s.Maybe.Name.Value != "y" || len(s.Raw.Items()) != 2 || s.Raw.Items()[1].Text() != "2" {
		t.Errorf("got %+v and %+v", s.Maybe, s.Raw)
	}
}

// TestBroken reads one file per mistake; each says in its first line what must
// be found: the place, the code and, where there is one, the suggestion.
func TestBroken(t *testing.T) {
	files, err := filepath.Glob("testdata/broken/*.yaml")
	if err != nil || len(files) < 25 {
		t.Fatalf("only %d fixtures (%v)", len(files), err)
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		first, _, _ := strings.Cut(string(src), "\n")
		want := strings.TrimPrefix(first, "# want ")
		var s sample
		var got []string
		for _, p := range Decode(file, src, &s) {
			got = append(got, strings.TrimSpace(fmt.Sprintf("%d:%d %s %s", p.Line, p.Col, p.Code, p.Suggestion)))
		}
		if len(got) != 1 || got[0] != want {
			t.Errorf("%s: got %q, want %q", file, got, want)
		}
	}
}

func TestEveryProblemOfAFileIsFound(t *testing.T) {
	var s sample
	problems := Decode("a.yaml", []byte("cuont: 1\nopen: yes\nratio: x\nfirst: {en: 1}\n"), &s)
	if len(problems) != 5 {
		t.Errorf("got %v", problems)
	}
	if got, want := problems[1].String(), `a.yaml:1:1: there is no setting named "cuont" (did you mean count?)`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestProblemsAreCapped(t *testing.T) {
	var s sample
	problems := Decode("a.yaml", []byte("title: x\n"+bulk(func(i int) string { return fmt.Sprintf("a%d: 1\n", i) })), &s)
	if len(problems) != MaxProblems+1 || problems[MaxProblems].Code != "more-problems" || !strings.HasPrefix(problems[MaxProblems].Message, "200 more") {
		t.Errorf("got %d problems, the last is %v", len(problems), problems[len(problems)-1])
	}
}

func bulk(line func(int) string) string {
	var b strings.Builder
	for i := range 300 {
		b.WriteString(line(i))
	}
	return b.String()
}

func TestLimits(t *testing.T) {
	var s sample
	for name, try := range map[string]struct{ src, code string }{
		"empty":    {"", "empty-file"},
		"comment":  {"# nothing\n", "empty-file"},
		"too deep": {"title: x\nraw: " + strings.Repeat("[", 40) + strings.Repeat("]", 40), "too-deep"},
		"deepest":  {"title: x\nraw: " + strings.Repeat("[", 20000) + strings.Repeat("]", 20000), "syntax"},
		"large":    {"title: x\n" + strings.Repeat("#", MaxBytes), "too-large"},
	} {
		problems := Decode("a.yaml", []byte(try.src), &s)
		if len(problems) != 1 || problems[0].Code != try.code {
			t.Errorf("%s: got %v, want %s", name, problems, try.code)
		}
	}
}

func TestStructsKnowTheirPlaceEvenUnread(t *testing.T) {
	var s struct {
		List []struct {
			Place Pos
			A     int `yaml:"a"`
		} `yaml:"list"`
	}
	if problems := Decode("a.yaml", []byte("list:\n  - {a: 1}\n  -\n  - 7\n"), &s); len(problems) != 2 {
		t.Fatal(problems)
	}
	for i, x := range s.List {
		if x.Place.Line != i+2 || x.Place.File != "a.yaml" {
			t.Errorf("item %d is at %v", i, x.Place)
		}
	}
}

func TestReadFile(t *testing.T) {
	fsys := fstest.MapFS{"a.yaml": {Data: []byte("title: x\n")}}
	var p Problems
	var s sample
	if !ReadFile(fsys, "a.yaml", &s, &p) || s.Title != "x" {
		t.Error(p.List())
	}
	if ReadFile(fsys, "b.yaml", &s, &p) || p.List()[0].Code != "unreadable-file" {
		t.Error(p.List())
	}
}

func TestUnsupportedTargetsAreRefused(t *testing.T) {
	var bad struct {
		A chan int    `yaml:"a"`
		B struct{}    `yaml:"b"`
		C map[int]int `yaml:"c"`
	}
	for _, into := range []any{&bad, nil, bad} {
		problems := Decode("a.yaml", []byte("a: x\nb: {}\nc: {}\n"), into)
		if len(problems) == 0 || problems[0].Code != "unsupported" {
			t.Errorf("%T: got %v", into, problems)
		}
	}
}

func TestOtherEncodingsAreRefused(t *testing.T) {
	var wide []byte // UTF-16, which the parser would take
	for _, r := range "\ufefftitle: x\u0085\u0085- y\n" {
		wide = append(wide, byte(r), byte(r>>8))
	}
	var s sample
	problems := Decode("a.yaml", wide, &s)
	if len(problems) != 1 || problems[0].Code != "not-utf8" || problems[0].Line != 1 || problems[0].Col != 1 {
		t.Errorf("got %v", problems)
	}
}

func TestSuggest(t *testing.T) {
	allowed := []string{"topic", "topic_kind", "chronic_dx", "is", "is_not"}
	for word, want := range map[string]string{
		"tpoic": "topic", "Topic": "topic", "topic-kind": "topic_kind", "topickind": "topic_kind", "chronic": "", "zzz": "", "iz": "is", "x": "", "": "",
	} {
		if got := Suggest(word, allowed); got != want {
			t.Errorf("%q: got %q, want %q", word, got, want)
		}
	}
}

// FuzzDecode looks for input that hangs, crashes or gives places outside the
// file.
func FuzzDecode(f *testing.F) {
	files, _ := filepath.Glob("testdata/broken/*.yaml")
	for _, file := range files {
		if src, err := os.ReadFile(file); err == nil {
			f.Add(src)
		}
	}
	f.Add([]byte("\xff\xfe\x85\x00\x85\x00x\x00")) // UTF-16, whose line ends look like none
	f.Fuzz(func(t *testing.T, src []byte) {
		var s sample
		lines := strings.Count(string(src), "\n") + strings.Count(string(src), "\r") + strings.Count(string(src), "\u0085") +
			strings.Count(string(src), "\u2028") + strings.Count(string(src), "\u2029") + 2
		for _, p := range Decode("a.yaml", src, &s) {
			if p.Line < 1 || p.Line > lines || p.Col < 1 || p.Code == "" || p.Message == "" {
				t.Errorf("%+v", p)
			}
		}
	})
}

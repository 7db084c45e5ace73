package content_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rightvoice/rightvoice/rules/casefile"
	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

var day = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)

// texts are the files of the default content.
func texts(t testing.TB) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := fs.WalkDir(content.Default(), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := fs.ReadFile(content.Default(), name)
		out[name] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func folder(texts map[string]string) fs.FS {
	out := fstest.MapFS{}
	for name, text := range texts {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

// typist makes edits as people do, good ones and bad ones.
type typist struct {
	*rand.Rand
	base, now map[string]string
}

var (
	wholeNumber = regexp.MustCompile(`\b\d+\b`)
	quoted      = regexp.MustCompile(`[a-z]{4,}`)
)

// edit changes one file, or gives it back what it said at first.
func (x *typist) edit() {
	names := make([]string, 0, len(x.base))
	for name := range x.base {
		names = append(names, name)
	}
	slices.Sort(names)
	name := names[x.IntN(len(names))]
	text, ok := x.now[name]
	lines := strings.Split(text, "\n")
	at := x.IntN(len(lines))
	switch n := x.IntN(20); {
	case !ok || n < 5:
		text = x.base[name]
	case n < 10:
		text = x.replaced(wholeNumber, text, func(string) string { return fmt.Sprint(1 + x.IntN(99)) })
	case n < 12: // a word into one that is near it
		text = x.replaced(quoted, text, func(w string) string { return w[:len(w)-1] })
	case n < 14: // a word into another
		all := quoted.FindAllString(text, -1)
		text = x.replaced(quoted, text, func(string) string { return all[x.IntN(len(all))] })
	case n < 15:
		text = strings.Join(slices.Delete(lines, at, at+1), "\n")
	case n < 16:
		text = strings.Join(slices.Insert(lines, at, lines[at]), "\n")
	case n < 17:
		text += "\n# seen\n"
	case n < 18:
		lines[at] += " [" // no YAML
		text = strings.Join(lines, "\n")
	case n < 19:
		x.now["cases/more.yaml"] = fmt.Sprintf("cases: [] # %d\n", x.IntN(3))
	default:
		delete(x.now, name)
		return
	}
	x.now[name] = text
}

// replaced changes one match of many.
func (x *typist) replaced(what *regexp.Regexp, text string, with func(string) string) string {
	all := what.FindAllStringIndex(text, -1)
	if len(all) == 0 {
		return text
	}
	at := all[x.IntN(len(all))]
	return text[:at[0]] + with(text[at[0]:at[1]]) + text[at[1]:]
}

// mended gives back what was first said until the content is good again, so that
// edits do not pile up into something that nobody reads any more.
func (x *typist) mended() {
	x.now = map[string]string{}
	for name, text := range x.base {
		x.now[name] = text
	}
}

// TestLoaderIsLoad types into the default content and compares what a Loader
// that saw all of it gives with what is read afresh.
func TestLoaderIsLoad(t *testing.T) {
	edits := 16
	switch {
	case os.Getenv("RIGHTVOICE_SOAK") != "":
		edits = 1000
	case testing.Short():
		edits = 6
	}
	loader := content.NewLoader()
	base := texts(t)
	var both sync.WaitGroup
	good := [2]int{}
	for person := range good {
		both.Go(func() {
			x := typist{Rand: rand.New(rand.NewPCG(7, uint64(person))), base: base}
			x.mended()
			for range edits {
				if same(t, loader, folder(x.now), day.AddDate(0, 0, x.IntN(2)), x.Rand) {
					good[person]++
				} else if x.IntN(3) == 0 {
					x.mended()
				}
				if t.Failed() {
					return
				}
				x.edit()
			}
		})
	}
	both.Wait()
	t.Logf("%v of %d contents were good", good, edits)
	if n := good[0] + good[1]; n < 2 || n == 2*edits && !testing.Short() {
		t.Errorf("%d of %d contents were good, which tells too little", n, 2*edits)
	}
}

// same compares a Loader with reading afresh, and reports whether the content is
// good.
func same(t *testing.T, l *content.Loader, files fs.FS, on time.Time, r *rand.Rand) bool {
	want, problems := content.Load(files, on)
	got, found := l.Load(files, on)
	if diff := cmp.Diff(problems, found); diff != "" || (want == nil) != (got == nil) {
		t.Errorf("problems differ:\n%s", diff)
		return false
	}
	if want == nil {
		draft, problems := ruleset.LoadDraft(files, on)
		again, found := l.Draft(files, on)
		if diff := cmp.Diff(problems, found); diff != "" {
			t.Errorf("problems of the draft differ:\n%s", diff)
		}
		sameSet(t, draft, again, r)
		return false
	}
	if want.ID != got.ID || !reflect.DeepEqual(want.Policy, got.Policy) {
		t.Errorf("revisions %s and %s differ", want.ID, got.ID)
	}
	sameSet(t, want.Set, got.Set, r)
	cases, problems := casefile.Load(files, want.Set)
	others, found := casefile.Load(l.Folder(files), got.Set)
	if diff := cmp.Diff(problems, found); diff != "" || !reflect.DeepEqual(cases, others) {
		t.Errorf("cases differ: %s", diff)
	}
	answer, answered := casefile.Engine(want.Set, want.Lexicon), casefile.Engine(got.Set, got.Lexicon)
	for range 20 {
		if len(cases) == 0 {
			break
		}
		c := cases[r.IntN(len(cases))]
		a, err := answer(c)
		b, err2 := answered(c)
		if !reflect.DeepEqual(a, b) || (err == nil) != (err2 == nil) {
			t.Errorf("the case %s is answered differently: %+v, %+v", c.ID, a, b)
		}
	}
	return true
}

// sameSet compares what two Sets are made of and what they decide.
func sameSet(t *testing.T, x, y *ruleset.Set, r *rand.Rand) {
	if x == nil || y == nil {
		if x != y {
			t.Error("only one is a Set")
		}
		return
	}
	if !reflect.DeepEqual(x.Topics(), y.Topics()) || !reflect.DeepEqual(x.Items(), y.Items()) || !reflect.DeepEqual(x.Guardrails(), y.Guardrails()) ||
		!reflect.DeepEqual(x.Premises(), y.Premises()) || !slices.Equal(x.Changes(), y.Changes()) {
		t.Error("topics, items, guardrails, premises or days differ")
	}
	for _, table := range []ruleset.Table{ruleset.MindsetTable, ruleset.SenderTable} {
		if !reflect.DeepEqual(x.Rows(table), y.Rows(table)) {
			t.Errorf("the rows of %s differ", table)
		}
	}
	for _, id := range x.Catalogue().All() {
		if !reflect.DeepEqual(x.Catalogue().Def(id), y.Catalogue().Def(id)) || !reflect.DeepEqual(x.FactWords(id), y.FactWords(id)) {
			t.Errorf("the fact %s differs", x.Catalogue().Def(id).Name)
		}
	}
	for range 300 {
		f, topic := anyone(r, x.Catalogue()), uint16(r.IntN(len(x.Topics())))
		if x.Decide(&f, topic) != y.Decide(&f, topic) || !bytes.Equal(x.AppendCells(nil, &f, topic), y.AppendCells(nil, &f, topic)) {
			t.Errorf("decisions about %s differ", x.Topics()[topic].ID)
			return
		}
	}
}

// anyone is a member of whom some facts are known.
func anyone(r *rand.Rand, c *fact.Catalogue) (f fact.Facts) {
	for _, id := range c.All() {
		d := c.Def(id)
		if id >= fact.MaxFacts || d.Kind == fact.Opaque || r.IntN(2) == 0 {
			continue
		}
		switch d.Kind {
		case fact.Bool:
			f.SetRaw(id, r.Int64N(2))
		case fact.Enum:
			f.SetRaw(id, r.Int64N(int64(len(d.Values))))
		case fact.Set:
			f.SetRaw(id, r.Int64N(1<<min(len(d.Values), 62)))
		default:
			f.SetRaw(id, d.Min+r.Int64N(min(d.Max-d.Min, 900)+1))
		}
	}
	return f
}

// TestLoaderReadsOnlyWhatChanged: an edit of a rule leaves the lexicon as it is,
// and one of the words it knows does not.
func TestLoaderReadsOnlyWhatChanged(t *testing.T) {
	l, base := content.NewLoader(), texts(t)
	first, problems := l.Load(folder(base), day)
	if first == nil {
		t.Fatal(problems)
	}
	for name, try := range map[string]struct {
		file, old, new         string
		sameLexicon, sameRules bool
	}{
		"nothing":      {"mindset.yaml", "", "", true, true},
		"a rule":       {"mindset.yaml", "# Which", "# What", true, false},
		"a case":       {"cases/care.yaml", "cases:", "# seen\ncases:", true, true},
		"policy":       {"policy.yaml", "# What", "# Now what", true, true},
		"the lexicon":  {"lexicon.yaml", "topics:", "# seen\ntopics:", false, true},
		"a vocabulary": {"facts.yaml", "    - {id: gym,", "    - {id: zoo, label: {en: zoo pass, es: pase de zoo}}\n    - {id: gym,", false, false},
		"words only":   {"facts.yaml", "# ", "#  ", true, false},
	} {
		now := map[string]string{}
		for file, text := range base {
			now[file] = text
		}
		if now[try.file] = strings.Replace(base[try.file], try.old, try.new, 1); now[try.file] == base[try.file] && name != "nothing" {
			t.Fatalf("%s: nothing was edited", name)
		}
		again, problems := l.Load(folder(now), day)
		if again == nil {
			t.Fatal(name, problems)
		}
		if (again.Lexicon == first.Lexicon) != try.sameLexicon || (again.Set == first.Set) != try.sameRules {
			t.Errorf("%s: the lexicon is the same %v, the rules %v", name, again.Lexicon == first.Lexicon, again.Set == first.Set)
		}
	}
	if later, _ := l.Load(folder(base), day.AddDate(0, 0, 1)); later.Set == first.Set || later.Lexicon != first.Lexicon {
		t.Error("another day has the same rules, or another lexicon")
	}
}

// TestNilLoaderRemembersNothing: it is Load.
func TestNilLoaderRemembersNothing(t *testing.T) {
	var l *content.Loader
	files := folder(texts(t))
	one, _ := l.Load(files, day)
	two, problems := l.Load(l.Folder(files), day)
	if one == nil || two == nil || one.ID != two.ID || one.Set == two.Set {
		t.Error(problems)
	}
	set, problems := l.Draft(files, day)
	if set == nil || slices.ContainsFunc(problems, func(p strictyaml.Problem) bool { return p.Severity == strictyaml.Error }) {
		t.Error(problems)
	}
}

// BenchmarkLoad loads the default content after an edit of one rule.
func BenchmarkLoad(b *testing.B) {
	base := texts(b)
	for name, l := range map[string]*content.Loader{"afresh": nil, "again": content.NewLoader()} {
		b.Run(name, func(b *testing.B) {
			n := 0
			for b.Loop() {
				n++
				base["mindset.yaml"] += fmt.Sprintf("# %d\n", n)
				if rev, problems := l.Load(folder(base), day); rev == nil {
					b.Fatal(problems)
				}
			}
		})
	}
}

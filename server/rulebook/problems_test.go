package rulebook

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
	"github.com/rightvoice/rightvoice/server/auth"
	"github.com/rightvoice/rightvoice/server/revision"
	"github.com/rightvoice/rightvoice/server/revision/edit"
)

// checkers are the packages that check content.
var checkers = []string{"strictyaml", "fact", "ruleset", "content", "intake", "intake/icd10", "lint", "casefile"}

// reporters are the functions that take a sentence about content, and namers
// those that take a word for what it is about.
var (
	reporters = []string{"Errorf", "Warnf", "errorf", "wrong", "listen"}
	namers    = []string{"Unknown", "choice", "word", "value", "newIDs", "newParser", "multiplied", "sameLanguages"}
)

// spoken are the sentences and the words that checks of content say, each with a
// place in the code.
func spoken(t *testing.T) (sentences, words map[string]string) {
	t.Helper()
	sentences, words = map[string]string{}, map[string]string{}
	for _, pkg := range checkers {
		paths, err := filepath.Glob("../../rules/" + pkg + "/*.go")
		if err != nil || len(paths) == 0 {
			t.Fatal(pkg, err)
		}
		for _, path := range paths {
			if strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, "corpus.go") || strings.HasSuffix(path, "score.go") || strings.HasSuffix(path, "engine.go") || strings.HasSuffix(path, "icd10/parse.go") {
				continue // these speak on the command line, or of the program's own tables
			}
			read(t, path, sentences, words)
		}
	}
	return sentences, words
}

func read(t *testing.T, path string, sentences, words map[string]string) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	add := func(to map[string]string, e ast.Expr) {
		if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if text, err := strconv.Unquote(lit.Value); err == nil {
				to[text] = path
			}
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			name := ""
			switch f := n.Fun.(type) {
			case *ast.SelectorExpr:
				name = f.Sel.Name
			case *ast.Ident:
				name = f.Name
			}
			for _, arg := range n.Args {
				if slices.Contains(reporters, name) {
					add(sentences, arg)
				}
				if slices.Contains(namers, name) {
					add(words, arg)
				}
			}
		case *ast.ValueSpec: // what is said instead of the parser's own words, and why a list is closed
			for i, v := range n.Values {
				if name := n.Names[i].Name; name == "noAlias" {
					add(sentences, v)
				} else if all, ok := v.(*ast.CompositeLit); ok && (name == "plainer" || name == "derivedVocabularies") {
					for _, e := range all.Elts {
						switch e := e.(type) {
						case *ast.CompositeLit:
							add(sentences, e.Elts[1])
						case *ast.KeyValueExpr:
							add(words, e.Value)
						}
					}
				}
			}
		case *ast.KeyValueExpr:
			if id, ok := n.Key.(*ast.Ident); ok && id.Name == "Message" {
				add(sentences, n.Value)
			}
		case *ast.AssignStmt:
			for i, left := range n.Lhs {
				if id, ok := left.(*ast.Ident); ok && len(n.Rhs) == len(n.Lhs) {
					switch id.Name {
					case "message":
						add(sentences, n.Rhs[i])
					case "hint":
						add(words, n.Rhs[i])
					}
				}
			}
		}
		return true
	})
}

// relays pass on a sentence that something else says, and codes are no sentences.
func noSentence(s string) bool {
	return !strings.Contains(s, " ") || s == "%s" || s == "%v" || strings.HasSuffix(s, ": %w") || strings.HasPrefix(s, "line %d, column") || strings.HasPrefix(s, "; it can be") || strings.HasPrefix(s, " (did you mean")
}

var sampled = map[string]string{"%s": "x_%d", "%v": "x_%d", "%q": `"x_%d"`, "%d": "%d", "%g": "%d", "%.1f": "%d.5"}

// filled puts sampled in the place of verbs.
func filled(s string) string {
	n := 0
	return verbs.ReplaceAllStringFunc(s, func(verb string) string {
		n++
		return fmt.Sprintf(sampled[verb], n)
	})
}

// TestEverySentenceOfChecksHasItsSpanish reads the code: a sentence that somebody
// adds needs its Spanish, one that is gone takes it along, and none is taken for
// another one.
func TestEverySentenceOfChecksHasItsSpanish(t *testing.T) {
	said, words := spoken(t)
	if len(said) < 150 || len(words) < 25 {
		t.Fatalf("only %d sentences and %d words were found", len(said), len(words))
	}
	spanish := map[string]string{}
	for _, all := range []map[string]string{spanishFiles, spanishRules, spanishWords} {
		for english, words := range all {
			spanish[english] = words
			if _, ok := said[english]; !ok {
				t.Errorf("nobody says %q", english)
			}
			e, s := verbs.FindAllString(english, -1), verbs.FindAllString(words, -1)
			if words == "" || words == english || len(s) > len(e) || !slices.Equal(e[:len(s)], s) {
				t.Errorf("%q takes other arguments in Spanish, or is no Spanish", english)
			}
			if got, ok := checksInSpanish().translate(filled(english), 0); !ok || got != filled(words) {
				t.Errorf("%q becomes %q", filled(english), got)
			}
		}
	}
	for english, at := range said {
		if !noSentence(english) && spanish[english] == "" {
			t.Errorf("%s: %q has no Spanish", at, english)
		}
	}
	for word, at := range words {
		if noSentence(word) {
			continue
		}
		if _, ok := checksInSpanish().translate(word, 0); !ok {
			t.Errorf("%s: %q has no Spanish", at, word)
		}
	}
}

// english are words that no Spanish sentence holds.
var english = regexp.MustCompile(`(?i)\b(the|of|is|are|must|this|that|there|here|needs?|rule|item|words|expected|called|with|say)\b`)

// TestProblemsOfBrokenContentInSpanish loads all fixtures of broken rules and
// files.
func TestProblemsOfBrokenContentInSpanish(t *testing.T) {
	good, count := os.DirFS("../../rules/ruleset/testdata/good"), 0
	check := func(path string, problems []strictyaml.Problem) {
		for _, p := range problems {
			count++
			got, ok := checksInSpanish().translate(p.Message, 0)
			if m := english.FindString(quoted.ReplaceAllString(got, "")); !ok || m != "" {
				t.Errorf("%s: %q becomes %q (%s)", path, p.Message, got, m)
			}
		}
	}
	paths, err := filepath.Glob("../../rules/ruleset/testdata/broken/*.yaml")
	if err != nil || len(paths) < 80 {
		t.Fatal(len(paths), err)
	}
	for _, path := range paths {
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		_, problems := ruleset.Load(with(t, good, strings.Fields(string(src))[1], src), time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC))
		check(path, problems)
	}
	paths, _ = filepath.Glob("../../rules/strictyaml/testdata/broken/*.yaml")
	for _, path := range paths {
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		_, problems := ruleset.Load(with(t, good, "sender.yaml", src), time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC))
		check(path, problems)
	}
	if count < 100 {
		t.Errorf("only %d problems", count)
	}
}

// quoted is what a sentence repeats of a file, and the settings it names.
var quoted = regexp.MustCompile(`"[^"]*"|care-is-the-providers|\{[^}]*\}|\b(is_any_of|is|and|at)\b`)

// with is a folder with another text in one file.
func with(t *testing.T, base fs.FS, name string, src []byte) fs.FS {
	t.Helper()
	out := fstest.MapFS{}
	err := fs.WalkDir(base, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(base, path)
		out[path] = &fstest.MapFile{Data: text}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	out[name] = &fstest.MapFile{Data: src}
	return out
}

func TestOnlyThoseWhoAskInSpanishGetIt(t *testing.T) {
	all := []strictyaml.Problem{{Message: "this file is empty"}}
	for tag, want := range map[string]string{"": "this file is empty", "fr": "this file is empty", "es-MX": "este archivo está vacío"} {
		if got := problemsIn(WithLanguage(context.Background(), tag), all); got[0].Message != want {
			t.Errorf("%s: %s", tag, got[0].Message)
		}
	}
	if all[0].Message != "this file is empty" {
		t.Error("what was found is changed itself")
	}
}

// TestWordsOfCases reads the code of the case runner: what it says is told to
// people in other words, in both languages.
func TestWordsOfCases(t *testing.T) {
	source, err := os.ReadFile("../../rules/casefile/run.go")
	if err != nil {
		t.Fatal(err)
	}
	said := regexp.MustCompile(`Sprintf\("([^"]+)"|"(no answer: )"`).FindAllStringSubmatch(string(source), -1)
	if len(said) < 7 {
		t.Fatal(said)
	}
	for language, words := range caseWords {
		for _, m := range said {
			english := m[1]
			if m[2] != "" {
				english = m[2] + "%s"
			}
			for _, what := range []string{"topic", "mindset", "sender"} {
				if sentence := strings.Replace(english, "%s %s, want", what+" %s, want", 1); words[sentence] == "" {
					t.Errorf("%q has no words in %s", sentence, language)
				}
			}
		}
	}
}

// TestADraftIsToldInSpanish breaks a draft twice: once so that a member slips
// through, once so that it can't be read.
func TestADraftIsToldInSpanish(t *testing.T) {
	b, ann := newBook(t, nil), person("ann", auth.Author)
	es := WithLanguage(context.Background(), "es")
	d, err := b.Create(es, ann, revision.Creation{Tenant: "default"})
	if err != nil {
		t.Fatal(err)
	}
	change := func(op edit.Op) *Edited {
		e, err := b.Edit(es, ann, revision.Target{Tenant: "default", ID: d.ID, Etag: d.Etag}, []edit.Op{op}, "", "es")
		if err != nil {
			t.Fatal(err)
		}
		d = e.Draft
		return e
	}
	change(edit.Op{Do: edit.SetValue, List: "mindset", Row: "left-acute-care", At: "0.0", Values: []string{"9 days"}})
	r, err := b.Check(es, "default", d.ID, revision.AllParts, "es", nil)
	if err != nil {
		t.Fatal(err)
	}
	f := r.Proof.Findings[0]
	if f.Title != "Alguien podría quedar sin protección" || !strings.HasPrefix(f.Stories[0], "Un miembro que ") || f.Fixes[0].Says != "Que sean 30 días en vez de 9 días en la regla “Salió de urgencias o del hospital en los últimos 30 días”." {
		t.Errorf("%q %q %+v", f.Title, f.Stories, f.Fixes)
	}
	change(edit.Op{Do: edit.SetKey, List: "sender", Row: "benefit-for-this-topic", Key: "then", Value: "provider"})
	if r, err = b.Check(es, "default", d.ID, revision.PartCheck|revision.PartCases, "es", nil); err != nil || len(r.Failed) == 0 {
		t.Fatal(err)
	}
	for _, f := range r.Failed {
		for _, w := range f.Wrong {
			if english.MatchString(w) || strings.Contains(w, "_") || strings.Contains(w, "want") || !strings.HasSuffix(w, ".") {
				t.Errorf("%s: %q", f.ID, w)
			}
		}
	}
	t.Log(r.Failed[0].Wrong, r.Failed[len(r.Failed)-1].Wrong)
	e := change(edit.Op{Do: edit.WriteFile, File: "mindset.yaml", Text: ""})
	if p := e.Report.Problems; len(p) == 0 || p[0].Message != "este archivo está vacío" || p[0].Code != "empty-file" {
		t.Errorf("%v", p)
	}
	content, err := b.Content(es, "default", Ref{Draft: d.ID}, "es")
	if err != nil || len(content.Problems) == 0 || content.Problems[0].Message != "este archivo está vacío" {
		t.Errorf("%v, %v", content, err)
	}
}

package rulebook

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rightvoice/rightvoice/server/auth"
	"github.com/rightvoice/rightvoice/server/revision"
)

// sentences finds every sentence that people are told: what is given to the
// functions that refuse and say, and the messages of errors.
func sentences(t *testing.T, dir string) map[string]token.Position {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	files := token.NewFileSet()
	out := map[string]token.Position{}
	add := func(e ast.Expr) {
		if x, ok := e.(*ast.BasicLit); ok && x.Kind == token.STRING {
			s, _ := strconv.Unquote(x.Value)
			out[s] = files.Position(x.Pos())
		}
	}
	which := map[string]int{"refuse": 1, "invalid": 1, "bad": 1, "say": 1} // the argument that is the sentence
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(files, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if f, ok := n.Fun.(*ast.Ident); ok && which[f.Name] > 0 && len(n.Args) > which[f.Name] {
					add(n.Args[which[f.Name]])
				}
			case *ast.CompositeLit:
				typed := fmt.Sprint(n.Type)
				if s, ok := n.Type.(*ast.SelectorExpr); ok {
					typed = s.Sel.Name
				}
				for _, e := range n.Elts {
					if kv, ok := e.(*ast.KeyValueExpr); ok && typed == "Error" && fmt.Sprint(kv.Key) == "Message" {
						add(kv.Value)
					}
				}
			}
			return true
		})
	}
	return out
}

var verb = regexp.MustCompile(`%[a-z]`)

// TestEverySentenceHasItsSpanish reads the code: a sentence that somebody adds
// needs its Spanish, and one that is gone takes it along.
func TestEverySentenceHasItsSpanish(t *testing.T) {
	said := map[string]bool{}
	for _, dir := range []string{".", "../revision", "../revision/edit"} {
		for english, at := range sentences(t, dir) {
			said[english] = true
			words, ok := spanish[english]
			if !ok {
				t.Errorf("%s: %q has no Spanish", at, english)
			} else if !slices.Equal(verb.FindAllString(english, -1), verb.FindAllString(words, -1)) {
				t.Errorf("%q takes other arguments in Spanish", english)
			}
		}
	}
	for _, s := range stages {
		said[s] = true
	}
	for _, s := range steps {
		said[s.says] = true
	}
	for english, words := range spanish {
		if !said[english] {
			t.Errorf("nobody says %q", english)
		}
		if words == "" || words == english {
			t.Errorf("%q has no Spanish", english)
		}
	}
	if len(said) < 80 {
		t.Errorf("only %d sentences were found", len(said))
	}
}

func TestRefusalsAndPermissionsInSpanish(t *testing.T) {
	b := newBook(t, nil)
	ctx, es := context.Background(), WithLanguage(context.Background(), "es-MX")
	ann := person("ann", auth.Author|auth.Publisher)
	d, err := b.Create(ctx, ann, revision.Creation{Tenant: "default"})
	if err != nil {
		t.Fatal(err)
	}
	in := map[string]string{}
	for language, ctx := range map[string]context.Context{"en": ctx, "es": es, "fr": WithLanguage(ctx, "fr")} {
		shown, err := b.Draft(ctx, ann, "default", d.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range shown.Permissions {
			in[language] += p.Action + ": " + p.WhyNot + "\n"
		}
	}
	for _, want := range []string{"submit: El borrador todavía no cambia nada.", "publish: El borrador está todavía en redacción.", "approve: Para esto hace falta uno de estos roles: approver."} {
		if !strings.Contains(in["es"], want) {
			t.Errorf("no %q in\n%s", want, in["es"])
		}
	}
	if in["fr"] != in["en"] || !strings.Contains(in["en"], "publish: The draft is still being written.") {
		t.Errorf("%q is not %q", in["fr"], in["en"])
	}
	_, err = b.o.Revisions.Approve(ctx, "ben", revision.Target{Tenant: "default", ID: d.ID, Etag: d.Etag}, revision.Opinion{})
	var refused *revision.Error
	if refused, _ = err.(*revision.Error); refused == nil {
		t.Fatal(err)
	}
	if got := Refusal(es, refused); got != "esto no se puede hacer con un borrador que está todavía en redacción" {
		t.Errorf("%q", got)
	}
	if got := Refusal(ctx, refused); got != "this cannot be done to a draft at the stage draft" {
		t.Errorf("%q", got)
	}
}

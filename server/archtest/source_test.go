package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// files parses the sources of p that people write.
func files(t *testing.T, p *pkg) map[string]*ast.File {
	t.Helper()
	all := map[string]*ast.File{}
	for _, name := range p.GoFiles {
		path := filepath.Join(p.Dir, name)
		src, err := os.ReadFile(path)
		if err != nil {
			continue // moved while we looked
		}
		f, err := parser.ParseFile(fset, path, src, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		if !ast.IsGenerated(f) {
			all[p.path()+"/"+name] = f
		}
	}
	return all
}

var fset = token.NewFileSet()

// TestPureCodeHasNoClock: a decision can be replayed only if the time is an input.
func TestPureCodeHasNoClock(t *testing.T) {
	for _, p := range packages(t) {
		if !underAny(p.path(), append(pure, "rules/intake", "server/policy")) {
			continue
		}
		for name, f := range files(t, &p) {
			ast.Inspect(f, func(n ast.Node) bool {
				s, ok := n.(*ast.SelectorExpr)
				if !ok || !slices.Contains([]string{"Now", "Since", "Until", "After", "Tick"}, s.Sel.Name) {
					return true
				}
				if x, ok := s.X.(*ast.Ident); ok && x.Name == "time" {
					t.Errorf("%s:%d: time.%s, but time is an input here", name, fset.Position(s.Pos()).Line, s.Sel.Name)
				}
				return true
			})
		}
	}
}

func TestEveryPackageHasOneComment(t *testing.T) {
	for _, p := range packages(t) {
		var with []string
		sources := files(t, &p)
		for name, f := range sources {
			if f.Doc != nil {
				with = append(with, name)
			}
		}
		if len(sources) > 0 && len(with) != 1 {
			t.Errorf("%s has %d package comments %v, want one", p.path(), len(with), with)
		}
	}
}

// TestNothingHappensOnImport: wiring is read in server/app, not guessed from
// side effects.
func TestNothingHappensOnImport(t *testing.T) {
	for _, p := range packages(t) {
		for name, f := range files(t, &p) {
			for _, d := range f.Decls {
				if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
					t.Errorf("%s has an init function", name)
				}
			}
		}
	}
}

// Limits of shape. They describe good Go in this field; long is what has its
// reason here.
const maxFile, maxFunc, maxMethods = 300, 60, 3

var long = map[string]string{}

func TestShape(t *testing.T) {
	for _, p := range packages(t) {
		for name, f := range files(t, &p) {
			if long[name] != "" {
				continue
			}
			if n := fset.Position(f.End()).Line; n > maxFile {
				t.Errorf("%s has %d lines, at most %d", name, n, maxFile)
			}
			ast.Inspect(f, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.FuncDecl:
					if lines := fset.Position(n.End()).Line - fset.Position(n.Pos()).Line + 1; lines > maxFunc {
						t.Errorf("%s: %s has %d lines, at most %d", name, n.Name.Name, lines, maxFunc)
					}
				case *ast.InterfaceType:
					if len(n.Methods.List) > maxMethods {
						t.Errorf("%s:%d: an interface of %d methods, at most %d", name, fset.Position(n.Pos()).Line, len(n.Methods.List), maxMethods)
					}
				}
				return true
			})
		}
	}
}

func TestLongHasReasonsForWhatExists(t *testing.T) {
	for name, why := range long {
		if _, err := os.Stat(filepath.Join("../..", name)); err != nil || strings.TrimSpace(why) == "" {
			t.Errorf("%s: gone, or without a reason", name)
		}
	}
}

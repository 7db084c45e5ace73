package archtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// pkg is what go list says of one package of ours.
type pkg struct {
	ImportPath string
	Dir        string
	GoFiles    []string
	Imports    []string
	Deps       []string
}

func (p *pkg) path() string { return strings.TrimPrefix(p.ImportPath, module) }

func packages(t *testing.T) []pkg {
	t.Helper()
	list := exec.Command("go", "list", "-e", "-json=ImportPath,Dir,GoFiles,Imports,Deps", "./...")
	list.Dir = "../.."
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []pkg
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pkg
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if len(p.GoFiles) > 0 {
			all = append(all, p)
		}
	}
	if len(all) < 5 {
		t.Fatalf("go list found %d packages only", len(all))
	}
	return all
}

// under reports whether an import path is meant by a pattern.
func under(path, pattern string) bool {
	if base, all := strings.CutSuffix(pattern, "/…"); all {
		return path == base || strings.HasPrefix(path, base+"/")
	}
	if strings.HasSuffix(pattern, "/") {
		return strings.HasPrefix(path, pattern)
	}
	return path == pattern
}

func underAny(path string, patterns []string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { return under(path, p) })
}

// placeOf finds the line of the map for a package: the exact one before one
// that stands for many.
func placeOf(path string) *place {
	for i := range places {
		if places[i].path == path {
			return &places[i]
		}
	}
	for i := range places {
		if under(path, places[i].path) {
			return &places[i]
		}
	}
	return nil
}

func TestImportsFollowTheMap(t *testing.T) {
	for _, p := range packages(t) {
		at := placeOf(p.path())
		if at == nil {
			t.Errorf("%s is not on the map: enter it in table_test.go with what it may import and why", p.path())
			continue
		}
		for _, imported := range p.Imports {
			ours, is := strings.CutPrefix(imported, module)
			if !is || under(ours, at.path) || underAny(ours, at.imports) {
				continue
			}
			t.Errorf("%s imports %s: %s", p.path(), ours, at.why)
		}
	}
}

func TestBannedImports(t *testing.T) {
	for _, p := range packages(t) {
		for _, b := range bans {
			if len(b.where) > 0 && !underAny(p.path(), b.where) || underAny(p.path(), b.except) {
				continue
			}
			imports := p.Imports
			if b.deep {
				imports = p.Deps
			}
			for _, imported := range imports {
				if under(imported, b.what) {
					t.Errorf("%s reaches %s: %s", p.path(), imported, b.why)
				}
			}
		}
	}
}

func TestNoPackageIsADrawer(t *testing.T) {
	for _, p := range packages(t) {
		name := p.path()[strings.LastIndex(p.path(), "/")+1:]
		if slices.Contains([]string{"util", "utils", "common", "shared", "helpers", "misc"}, name) {
			t.Errorf("%s: a name says what is inside", p.path())
		}
	}
}

// TestTheMapWouldNotice keeps the checks themselves honest.
func TestTheMapWouldNotice(t *testing.T) {
	for _, c := range []struct {
		path, pattern string
		want          bool
	}{
		{"rules/fact", "rules/fact", true}, {"rules/factory", "rules/fact", false}, {"rules/fact/x", "rules/fact", false},
		{"rules", "rules/…", true}, {"rules/a/b", "rules/…", true}, {"rulesets", "rules/…", false},
		{"log", "log/…", true}, {"log/slog", "log/…", true}, {"proto/rightvoice/v1", "proto/", true},
	} {
		if got := under(c.path, c.pattern); got != c.want {
			t.Errorf("%s under %s: %v", c.path, c.pattern, got)
		}
	}
	if at := placeOf("server/memory/redisstore"); at == nil || underAny("rules/ruleset", at.imports) {
		t.Error("a store may import the rules")
	}
	if placeOf("server/unheard") != nil {
		t.Error("a package that is not on the map was found there")
	}
}

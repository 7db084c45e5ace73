package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rightvoice/rightvoice/server/auth"
)

func TestTokenNewMakesWhatServeTakes(t *testing.T) {
	code, out := ran("token", "new", "--name", "portal", "--side", "insurer", "--role", "evaluator", "--role", "viewer", "--tenant", "east", "--expires", "2999-01-01")
	token, file, ok := strings.Cut(out, "\n\n")
	if code != exitOK || !ok || strings.Contains(file, token) {
		t.Fatalf("%d %s", code, out)
	}
	name := filepath.Join(t.TempDir(), "access.yaml")
	if err := os.WriteFile(name, []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	g, err := auth.Open(auth.Options{File: name})
	if err != nil {
		t.Fatalf("%v in %s", err, file)
	}
	p, err := g.Authenticate(context.Background(), "Bearer "+token, nil)
	if err != nil || p.Name != "portal" || p.Side != auth.Insurer || p.In("east") != auth.Evaluator|auth.Viewer || p.In("default") != 0 || p.Kind != auth.Program {
		t.Errorf("%+v %v", p, err)
	}
	if code, out := ran("token", "new", "--name", "ann", "--person", "--role", "author"); code != exitOK || !strings.Contains(out, "kind: person") || strings.HasPrefix(out, token) {
		t.Errorf("%d %s", code, out)
	}
}

func TestTokenNewRefuses(t *testing.T) {
	for name, args := range map[string][]string{
		"no name":              {"new", "--role", "viewer"},
		"no role":              {"new", "--name", "a"},
		"an unknown role":      {"new", "--name", "a", "--role", "owner"},
		"an evaluator of none": {"new", "--name", "a", "--role", "evaluator"},
		"an unknown side":      {"new", "--name", "a", "--role", "viewer", "--side", "patient"},
		"YAML in a name":       {"new", "--name", "a, roles: {\"*\": [admin]}", "--role", "viewer"},
		"YAML in a role":       {"new", "--name", "a", "--role", "viewer\", \"admin"},
		"a bad time":           {"new", "--name", "a", "--role", "viewer", "--expires", "soon"},
		"nothing":              {},
		"another word":         {"old"},
	} {
		if code, out := ran(append([]string{"token"}, args...)...); code != exitUsage || strings.Contains(out, "rvt_") {
			t.Errorf("%s: %d %s", name, code, out)
		}
	}
}

package app

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rightvoice/rightvoice/server/auth"
	"github.com/rightvoice/rightvoice/server/config"
)

func TestDemoIsOffUnlessAskedFor(t *testing.T) {
	a := build(t, testConfig(), Options{})
	for _, path := range []string{"/demo", "/demo/", "/demo/member", "/demo/access.json", "/demo/people.json"} {
		if w := serve(a, "GET", path, ""); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}

func TestDemoIsServedBesideTheRest(t *testing.T) {
	c := testConfig()
	c.Demo = true
	a := build(t, c, Options{})
	for path, want := range map[string]string{"/demo/": "split.js", "/demo/member": "member.js", "/demo/provider": "provider.js", "/demo/access.json": `"tokens":{}`} {
		if w := serve(a, "GET", path, ""); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	if w := serve(a, "POST", "/v1/recommendations", `{"asker": "ASKER_INSURER", "topic": "sleep"}`); w.Code != http.StatusOK {
		t.Errorf("the API: %d %s", w.Code, w.Body)
	}
}

// guarded is a server that asks everybody who they are, with a demo whose tokens
// have these roles; both are YAML.
func guarded(t *testing.T, insurer, provider string) (config.Config, []string) {
	t.Helper()
	var file strings.Builder
	var tokens []string
	file.WriteString("tokens:\n")
	for i, what := range []string{insurer, provider} {
		token, hash, err := auth.NewToken()
		if err != nil {
			t.Fatal(err)
		}
		tokens = append(tokens, token)
		fmt.Fprintf(&file, "  - {name: demo-%d, sha256: %s, %s}\n", i, hash, what)
	}
	c := testConfig()
	c.Demo = true
	c.AuthFile = filepath.Join(t.TempDir(), "auth.yaml")
	if err := os.WriteFile(c.AuthFile, []byte(file.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	c.DemoInsurerTokenFile, c.DemoInsurerToken = "i", config.NewSecret(tokens[0])
	c.DemoProviderTokenFile, c.DemoProviderToken = "p", config.NewSecret(tokens[1])
	return c, tokens
}

func TestDemoAsksWithTokensOfItsOwn(t *testing.T) {
	c, _ := guarded(t, "side: insurer, roles: {show: [evaluator]}", "side: provider, roles: {show: [evaluator]}")
	a := build(t, c, Options{})
	var given struct {
		Tenant string
		Tokens map[string]string
	}
	if err := json.Unmarshal(serve(a, "GET", "/demo/access.json", "").Body.Bytes(), &given); err != nil || given.Tenant != "show" {
		t.Fatalf("%v %q", err, given.Tenant)
	}
	for _, side := range []string{"ASKER_INSURER", "ASKER_PROVIDER"} {
		ask := func(tenant string) int {
			return serve(a, "POST", "/v1/recommendations", `{"asker": "`+side+`", "tenant": "`+tenant+`", "topic": "sleep"}`, "Authorization", "Bearer "+given.Tokens[side]).Code
		}
		if ask("show") != http.StatusOK || ask("default") != http.StatusForbidden {
			t.Errorf("%s: %d in its tenant, %d in another", side, ask("show"), ask("default"))
		}
		if w := serve(a, "POST", "/v1/drafts", `{"tenant": "show", "title": "x"}`, "Authorization", "Bearer "+given.Tokens[side]); w.Code != http.StatusForbidden {
			t.Errorf("%s begins a draft: %d", side, w.Code)
		}
	}
}

func TestDemoRefusesTokensThatMayMore(t *testing.T) {
	c, tokens := guarded(t, "side: insurer, roles: {show: [evaluator, admin]}", "side: provider, roles: {show: [evaluator]}")
	a, err := New(c, Options{LogTo: io.Discard})
	if err == nil {
		a.Close()
		t.Fatal("an admin's token is given to whoever opens a page")
	}
	if strings.Contains(err.Error(), tokens[0]) || !strings.Contains(err.Error(), "nothing more") {
		t.Errorf("the error is %v", err)
	}
}

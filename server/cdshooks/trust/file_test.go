package trust

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

func TestReadIssuers(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	set, err := json.Marshal(keySet())
	if err != nil {
		t.Fatal(err)
	}
	write("keys.json", string(set))
	list, err := ReadIssuers(write("good.json", `{"issuers": [
		{"iss": "a", "jwksFile": "keys.json", "tenant": "east"},
		{"iss": "b", "jwks": {"keys": [{"kty": "new", "kid": "x"}, `+string(set[len(`{"keys":[`):])+`},
		{"iss": "c", "jku": ["https://c.example/jwks"]}]}`))
	if err != nil || len(list) != 3 || list[0].Tenant != "east" || len(list[0].Keys.Keys) != 3 || len(list[1].Keys.Keys) != 3 || len(list[2].JKUs) != 1 {
		t.Fatalf("%+v %v", list, err)
	}
	if _, err := New(Options{Issuers: list}); err != nil {
		t.Error(err)
	}
	for name, text := range map[string]string{
		"unknown field": `{"issuers": [{"iss": "a", "jwksfile2": "keys.json"}]}`,
		"nobody":        `{"issuers": []}`,
		"more behind":   `{"issuers": [{"iss": "a", "jwksFile": "keys.json"}]} {}`,
		"no such file":  `{"issuers": [{"iss": "a", "jwksFile": "none.json"}]}`,
		"both":          `{"issuers": [{"iss": "a", "jwksFile": "keys.json", "jwks": {"keys": []}}]}`,
		"no keys":       `{"issuers": [{"iss": "a", "jwks": {"keys": []}}]}`,
		"no key set":    `{"issuers": [{"iss": "a", "jwks": []}]}`,
	} {
		if _, err := ReadIssuers(write("bad.json", text)); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

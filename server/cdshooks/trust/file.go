package trust

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/rightvoice/rightvoice/server/auth/keyset"
)

// ReadIssuers reads the list of issuers from a JSON file:
//
//	{"issuers": [{"iss": "https://ehr.example", "jku": ["https://ehr.example/jwks.json"]},
//	             {"iss": "https://other.example", "jwksFile": "other.json", "tenant": "east"}]}
//
// jwksFile is looked for beside the file. A key may also stand in the list
// itself, as jwks. Unknown fields are errors.
func ReadIssuers(path string) ([]Issuer, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var list struct {
		Issuers []struct {
			Name    string          `json:"iss"`
			Tenant  string          `json:"tenant"`
			Set     json.RawMessage `json:"jwks"`
			SetFile string          `json:"jwksFile"`
			JKUs    []string        `json:"jku"`
		} `json:"issuers"`
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&list); err != nil {
		return nil, fmt.Errorf("the list of issuers: %w", err)
	}
	if d.Decode(&struct{}{}) != io.EOF || len(list.Issuers) == 0 {
		return nil, errors.New("the list of issuers must be one JSON object with at least one issuer")
	}
	var out []Issuer
	for n, i := range list.Issuers {
		known := Issuer{Name: i.Name, Tenant: i.Tenant, JKUs: i.JKUs}
		if i.SetFile != "" {
			if i.Set != nil {
				return nil, fmt.Errorf("issuer %d: jwks and jwksFile are both given", n+1)
			}
			if i.Set, err = os.ReadFile(beside(path, i.SetFile)); err != nil {
				return nil, fmt.Errorf("issuer %d: %w", n+1, err)
			}
		}
		if i.Set != nil {
			if known.Keys.Keys, err = keyset.Parse(i.Set); err != nil {
				return nil, fmt.Errorf("issuer %d: %w", n+1, err)
			}
			if len(known.Keys.Keys) == 0 {
				return nil, fmt.Errorf("issuer %d: its key set has no key that can be read", n+1)
			}
		}
		out = append(out, known)
	}
	return out, nil
}

func beside(list, file string) string {
	if filepath.IsAbs(file) {
		return file
	}
	return filepath.Join(filepath.Dir(list), file)
}

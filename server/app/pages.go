package app

import (
	"net/http"
	"strings"

	page "github.com/rightvoice/rightvoice/clients/studio"
	"github.com/rightvoice/rightvoice/server/studio"
)

// withPages serves what people open in a browser beside the API. Who comes to
// the address alone is a person.
func withPages(api http.Handler) (http.Handler, error) {
	rules, err := studio.New(page.Files())
	if err != nil {
		return nil, err
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch path := r.URL.Path; {
		case path+"/" == studio.Prefix || strings.HasPrefix(path, studio.Prefix):
			rules.ServeHTTP(w, r)
		case path == "/" && (r.Method == http.MethodGet || r.Method == http.MethodHead):
			http.Redirect(w, r, studio.Prefix, http.StatusFound)
		default:
			api.ServeHTTP(w, r)
		}
	}), nil
}

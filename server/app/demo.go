package app

import (
	"context"
	"net/http"
	"strings"

	pages "github.com/rightvoice/rightvoice/clients/demo"
	"github.com/rightvoice/rightvoice/server/demo"
)

// withDemo serves the demo pages before everything else, if they are asked for.
func (a *App) withDemo(next http.Handler) (http.Handler, error) {
	if !a.cfg.Demo {
		return next, nil
	}
	files, err := pages.Files()
	if err != nil {
		return nil, err
	}
	o := demo.Options{Files: files, Insurer: a.cfg.DemoInsurerToken.Reveal(), Provider: a.cfg.DemoProviderToken.Reveal(), Log: a.tel.Log}
	if a.gate != nil {
		o.Gate = a.gate
	}
	shown, err := demo.New(context.Background(), o)
	if err != nil {
		return nil, err
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if path := r.URL.Path; path+"/" == demo.Prefix || strings.HasPrefix(path, demo.Prefix) {
			shown.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	}), nil
}

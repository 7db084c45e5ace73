package grpcapi

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/rightvoice/rightvoice/server/telemetry"
)

func TestOutsideCountsLimitsAndSurvives(t *testing.T) {
	var log bytes.Buffer
	tel, err := telemetry.New(context.Background(), telemetry.Options{LogTo: &log})
	if err != nil {
		t.Fatal(err)
	}
	chain := NewChain(ChainOptions{Log: tel.Log, Calls: tel.Calls(), MaxInFlight: 1})
	o := chain.Outside("ehr", "Invoke")
	run := func(do func() int) int {
		return o.Run(context.Background(), "Invoke", func(context.Context) int { return do() })
	}
	full := 0
	for what, got := range map[string][2]int{
		"an answer":    {run(func() int { return http.StatusOK }), http.StatusOK},
		"a refusal":    {run(func() int { return http.StatusPreconditionFailed }), http.StatusPreconditionFailed},
		"a panic":      {run(func() int { panic("canary") }), http.StatusInternalServerError},
		"one too many": {run(func() int { full = run(func() int { return http.StatusOK }); return full }), http.StatusTooManyRequests},
	} {
		if got[0] != got[1] {
			t.Errorf("%s: %d, want %d", what, got[0], got[1])
		}
	}
	func() {
		defer func() {
			if recover() != http.ErrAbortHandler {
				t.Error("net/http was not told to drop the connection")
			}
		}()
		run(func() int { panic(http.ErrAbortHandler) })
	}()
	if chain.InFlight() != 0 {
		t.Errorf("%d calls are left", chain.InFlight())
	}
	w := httptest.NewRecorder()
	tel.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	for _, want := range []string{
		`rightvoice_requests_total{code="OK",method="Invoke",transport="ehr"} 1`,
		`rightvoice_requests_total{code="Internal",method="Invoke",transport="ehr"} 2`,
		`rightvoice_requests_total{code="ResourceExhausted",method="Invoke",transport="ehr"} 2`,
		`rightvoice_requests_in_flight 0`,
	} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("the metrics lack %s", want)
		}
	}
	if strings.Contains(log.String(), "canary") || !strings.Contains(log.String(), "outside_test.go") {
		t.Errorf("the log: %s", log.String())
	}
}

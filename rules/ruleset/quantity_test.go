package ruleset

import (
	"testing"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

func TestQuantity(t *testing.T) {
	c, err := fact.NewCatalogue(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, try := range []struct {
		fact, text string
		want       int64
		unit       string
		code       string
	}{
		{"hours_since_acute_care", "720", 720, "", ""},
		{"hours_since_acute_care", "30 days", 720, "days", ""},
		{"hours_since_acute_care", "1 day", 24, "day", ""},
		{"hours_since_acute_care", "0.5 days", 12, "days", ""},
		{"hours_since_acute_care", "'2 weeks'", 336, "weeks", ""},
		{"hours_since_acute_care", "72h", 0, "", "wrong-unit"},
		{"new_rx_days", "2 weeks", 14, "weeks", ""},
		{"new_rx_days", "48 hours", 2, "hours", ""},
		{"new_rx_days", "50 hours", 0, "", "wrong-unit"},
		{"new_rx_days", "1.5", 0, "", "wrong-type"},
		{"new_rx_days", "3 usd", 0, "", "wrong-unit"},
		{"new_rx_days", "-1", 0, "", "out-of-range"},
		{"new_rx_days", "3650", 3650, "", ""},
		{"new_rx_days", "3651", 0, "", "out-of-range"},
		{"new_rx_days", "1e3", 0, "", "wrong-unit"},
		{"new_rx_days", "99999999999999", 0, "", "wrong-type"},
		{"a1c_pct", "5.7", 5700, "", ""},
		{"a1c_pct", "6.4%", 6400, "%", ""},
		{"a1c_pct", "5.70", 5700, "", ""},
		{"a1c_pct", "5.7001", 0, "", "wrong-type"},
		{"a1c_pct", "5.7 mg", 0, "", "wrong-unit"},
		{"bmi", "25 kg/m2", 25000, "kg/m2", ""},
		{"age_years", "45 years", 45, "years", ""},
		{"deductible_left_usd", "500 dollars", 500, "dollars", ""},
		{"bp_systolic", "140 mmhg", 140, "mmhg", ""},
		{"bp_systolic", "[1]", 0, "", "wrong-type"},
	} {
		var p strictyaml.Problems
		n, ok := strictyaml.Parse("a.yaml", []byte("v: "+try.text), &p)
		if !ok {
			t.Fatal(p.List())
		}
		id, _ := c.Lookup(try.fact)
		got, unit, ok := quantity(c.Def(id), n.Entries()[0].Value)
		code := ""
		if list := p.List(); len(list) > 0 {
			code = list[0].Code
		}
		if got != try.want || unit != try.unit || code != try.code || ok != (code == "") {
			t.Errorf("%s %s: got %d %q %q, want %d %q %q", try.fact, try.text, got, unit, code, try.want, try.unit, try.code)
		}
	}
}

package fhir

import (
	"strconv"
	"strings"

	"github.com/rightvoice/rightvoice/rules/fact"
)

// valueText writes a value the way tests compare it.
func valueText(d *fact.Def, raw int64) string {
	switch d.Kind {
	case fact.Bool:
		return strconv.FormatBool(raw == 1)
	case fact.Enum:
		return d.Values[raw]
	case fact.Set:
		var in []string
		for i, v := range d.Values {
			if raw>>i&1 == 1 {
				in = append(in, v)
			}
		}
		return strings.Join(in, ",")
	case fact.Decimal:
		return strconv.FormatFloat(float64(raw)/fact.DecimalScale, 'f', -1, 64)
	}
	return strconv.FormatInt(raw, 10)
}

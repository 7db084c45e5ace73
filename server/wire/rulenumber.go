package wire

import (
	"fmt"
	"strconv"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
)

// number is a raw value as content spells it.
func number(d *fact.Def, raw int64) string {
	if d.Kind == fact.Decimal {
		return strconv.FormatFloat(float64(raw)/fact.DecimalScale, 'f', -1, 64)
	}
	return strconv.FormatInt(raw, 10)
}

// ageWords says after how long a stored fact is unknown.
func ageWords(d *fact.Def) string {
	const day = 24 * time.Hour
	switch {
	case d.MaxAge == fact.Live:
		return "never stored"
	case d.MaxAge == fact.Contact:
		return "one visit or call"
	case d.MaxAge%day == 0:
		return fmt.Sprintf("%d days", d.MaxAge/day)
	}
	return fmt.Sprintf("%d hours", d.MaxAge/time.Hour)
}

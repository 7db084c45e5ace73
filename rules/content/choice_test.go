package content

import "testing"

func TestR06TheDoctorIsHeardIfPreferred(t *testing.T) { proved(t, "R06") }
func TestR07TheChosenViewCounts(t *testing.T)         { proved(t, "R07") }
func TestR08ThePlanIsHeardIfPreferred(t *testing.T)   { proved(t, "R08") }
func TestR09NoChoiceMovesCare(t *testing.T)           { proved(t, "R09") }

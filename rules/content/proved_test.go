package content

import "testing"

// What the tables of this content promise beyond the 34 guardrails.
func TestR01LeftAcuteCareIsAPatient(t *testing.T)          { proved(t, "R01") }
func TestR02InAcuteCareIsAPatient(t *testing.T)            { proved(t, "R02") }
func TestR03NothingUnaskedIntoTheHospital(t *testing.T)    { proved(t, "R03") }
func TestR04EmergencySignsLeaveNoRuleTheWord(t *testing.T) { proved(t, "R04") }
func TestR05InsurerWaitsAfterTheER(t *testing.T)           { proved(t, "R05") }

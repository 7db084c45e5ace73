package intake

// kind is the kind of a topic, as topics.yaml has it.
type kind uint8

const (
	kindNone kind = iota
	kindCare
	kindCoverage
	kindLifestyle
	kindChronic
	kindPreventive
	kindMaternity
	kindMind
	kindProgram
	kindEmergency
	kindCount
)

var kindNames = [kindCount]string{"none", "care", "coverage", "lifestyle", "chronic_care", "preventive", "maternity", "mental_health", "program", "emergency"}

// clinical reports whether topics of the kind are the provider's by nature.
func (k kind) clinical() bool {
	return k == kindCare || k == kindChronic || k == kindMaternity || k == kindMind
}

// noTopic is the slot of no topic.
const noTopic int8 = -1

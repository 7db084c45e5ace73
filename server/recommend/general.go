package recommend

import "github.com/rightvoice/rightvoice/rules/decision"

// general are the reasons given where the real one would tell the insurer what
// only those who care for the member may know, by sender. They are the same
// whatever is behind them.
func general(tag string) (out [4]Reason) {
	words := [4]string{
		decision.Nobody:   "This is not a good time for a message.",
		decision.Provider: "Your care team is the best voice now.",
		decision.Insurer:  "Your plan is the best voice now.",
	}
	if tag == "es" {
		words = [4]string{
			decision.Nobody:   "Este no es un buen momento para un mensaje.",
			decision.Provider: "Su equipo médico es la mejor voz ahora.",
			decision.Insurer:  "Su plan es la mejor voz ahora.",
		}
	}
	for i, text := range words {
		out[i] = Reason{Code: decision.RuleMatch, Text: text}
	}
	return out
}

package recommend

import (
	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/server/policy"
)

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

// policyWords are what the policy did to a whole answer.
func policyWords(tag string) (exempt, ended Reason) {
	exempt = Reason{Code: decision.SafetyOverride, Table: policyTable, RuleID: "exempt", Text: "An emergency notice goes out at any hour. No limit and no opt-out holds it back."}
	ended = Reason{Code: decision.OptedOut, Table: policyTable, RuleID: policy.Revocation, Text: "You asked us to stop. We will not send you more."}
	if tag == "es" {
		exempt.Text = "Un aviso de emergencia sale a toda hora. Ningún tope y ninguna baja lo detiene."
		ended.Text = "Usted pidió que paremos. Ya no le mandamos más."
	}
	return exempt, ended
}

const policyTable = "policy"

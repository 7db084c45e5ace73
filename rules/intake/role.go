package intake

// role is what words do in a question. Roles are closed, as the reader's
// grammar is built on them; content chooses the words of each.
type role uint8

const (
	// Questions, by who can answer them.
	asksPlan   role = iota // only the plan: "does my plan cover", "copay"
	finds                  // the plan's directory: "find a doctor", "which pharmacy"
	plan                   // the plan or money is only mentioned
	asksCare               // only a clinician: "treatments for", "what causes"
	asksAdvice             // the same, and the plan being named does not change it: "should I take"
	asks                   // a request without a subject: "please help", "what can I do"
	selfCare               // what one can do oneself: "what to eat", "how to manage"
	prevents               // "how to prevent"

	// What is wrong.
	complaint // a whole complaint: "my knee hurts"
	has       // "I have", "I keep getting": makes a symptom after it a complaint
	symptom
	acute   // an illness that passes
	chronic // an illness that stays
	injury
	serious // words of clinical weight that are none of the others: "biopsy", "tumor"

	// What is used.
	drug
	test
	procedure
	body
	clinician

	// What is no illness.
	lifestyle
	screening // vaccines, check-ups
	timing    // "how often", "when should"
	pregnancy
	mind
	program
	emergency // "call 911"
	danger    // "is he in danger": an emergency, if there is something clinical

	// What changes how the rest is meant.
	history      // "years ago"
	recent       // "since this morning": undoes history
	family       // "runs in the family"
	general      // "what are the symptoms of": asked in general
	hypothetical // "if I", "in case"
	happening    // "having", "just had": an event is told as happening
	elsewhere    // "for my exam", "the leaflet warns": nobody here has it
	roleCount
)

var roleNames = [roleCount]string{"asks_plan", "finds", "plan", "asks_care", "asks_advice", "asks", "self_care", "prevents",
	"complaint", "has", "symptom", "acute", "chronic", "injury", "serious", "drug", "test", "procedure", "body", "clinician",
	"lifestyle", "screening", "timing", "pregnancy", "mind", "program", "emergency", "danger",
	"history", "recent", "family", "general", "hypothetical", "happening", "elsewhere"}

// roles is a set of roles.
type roles uint64

func (s roles) has(r role) bool   { return s>>r&1 == 1 }
func (s roles) any(of roles) bool { return s&of != 0 }
func of(list ...role) (s roles) {
	for _, r := range list {
		s |= 1 << r
	}
	return s
}

var (
	named    = of(symptom, acute, chronic, injury, serious, drug, test, procedure) // clinical things
	insurers = of(asksPlan, finds, plan)                                           // words about the plan
)

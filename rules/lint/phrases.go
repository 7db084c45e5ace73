package lint

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// phrases are what a guardrail listens for, by language. They are compared
// word by word, without capitals and marks.
type phrases map[string][]string

var (
	// G03: words that keep a member from the ER or put the plan before it.
	delaying = phrases{
		"en": {"instead of the er", "instead of the emergency room", "rather than the er", "avoid the er", "avoid the emergency room", "skip the er", "before you go to the er",
			"before going to the er", "call us first", "call your plan first", "ask us first", "ask your plan first", "check with us first", "check with your plan first",
			"get approval first", "approval before you go", "wait to go to the er", "do not go to the er", "save a trip to the er"},
		"es": {"en vez de urgencias", "en lugar de urgencias", "en vez de ir a urgencias", "en lugar de ir a urgencias", "evite urgencias", "evite la sala de emergencias",
			"antes de ir a urgencias", "antes de ir a la sala de emergencias", "llame primero al plan", "llámenos primero", "pregunte primero a su plan", "pida primero permiso",
			"no vaya a urgencias", "espere para ir a urgencias", "en vez de la sala de emergencias", "en lugar de la sala de emergencias"},
	}
	// "You do not need to ask your plan first" is the opposite of a delay.
	noNeed = phrases{
		"en": {"do not need to ask your plan first", "do not have to ask your plan first", "no need to ask your plan first", "do not need to call us first"},
		"es": {"no tiene que preguntar primero a su plan", "no hace falta llamar primero al plan"},
	}
	// G03: visits that must not stand in for the ER.
	elsewhere = phrases{
		"en": {"phone or video", "video visit", "virtual visit", "telehealth", "urgent care", "nurse line"},
		"es": {"teléfono o video", "consulta por video", "visita virtual", "telesalud", "atención urgente", "línea de enfermeras"},
	}
	// G04: verdicts that only a clinician may give.
	verdictWords = phrases{
		"en": {"harmless", "not serious", "nothing serious", "not an emergency", "no emergency", "not dangerous", "no need to worry", "nothing to worry", "do not worry",
			"goes away on its own", "go away on its own", "go away by itself", "no need to see a doctor", "do not need a doctor", "do not need to see", "you are fine", "it is normal", "safe to wait", "can wait"},
		"es": {"inofensivo", "no es grave", "nada grave", "no es una emergencia", "no es peligroso", "no se preocupe", "nada de qué preocuparse", "se quita solo", "se pasa solo",
			"no necesita médico", "no necesita ver", "está bien así", "es normal", "puede esperar"},
	}
	// G08: words for drugs, and the words that leave the choice to the doctor.
	drugWords = phrases{
		"en": {"drug", "drugs", "medicine", "medicines", "medication", "medications", "pill", "pills", "generic", "generics"},
		"es": {"medicina", "medicinas", "medicamento", "medicamentos", "pastilla", "pastillas", "genérico", "genéricos"},
	}
	askDoctor = phrases{
		"en": {"ask your doctor", "talk with your doctor", "your doctor is the one to ask"},
		"es": {"pregunte a su médico", "hable con su médico"},
	}
	// G21: marketing of a plan.
	steeringWords = phrases{
		"en": {"best", "number one", "no 1", "top rated", "switch", "enroll now", "enrol now", "join our plan", "stay with us", "stay with our plan", "star", "stars", "better than", "other plans", "do not leave"},
		"es": {"el mejor", "la mejor", "los mejores", "las mejores", "número uno", "mejor que", "cámbiese", "cambie de plan", "inscríbase ya", "inscríbase ahora", "quédese con nosotros",
			"estrella", "estrellas", "otros planes", "no se vaya"},
	}
	// G22: what no reward in Medicare or Medicaid may be.
	cashWords = phrases{
		"en": {"cash", "check in the mail", "money back"},
		"es": {"efectivo", "dinero en efectivo"},
	}
	// G24: promises that nothing is to pay.
	zeroWords = phrases{
		"en": {"no cost", "free", "at no charge", "no charge", "nothing to pay", "you pay nothing"},
		"es": {"gratis", "gratuito", "gratuita", "sin costo", "sin cargo", "no paga nada"},
	}
	insideNetwork = phrases{
		"en": {"in the plan", "in network", "in the network", "in your plan"},
		"es": {"dentro del plan", "en el plan", "dentro de la red", "en la red"},
	}
	// G25: news that a claim is not paid, and arguments about the care.
	deniedWords = phrases{
		"en": {"did not pay", "was not paid", "not approve", "denied", "turned down"},
		"es": {"no se pagó", "no pagamos", "no se aprobó", "negado", "rechazado"},
	}
	arguing = phrases{
		"en": {"medically necessary", "not needed", "did not need", "do not need this care", "experimental", "should have", "wrong care"},
		"es": {"médicamente necesario", "no era necesario", "no hacía falta", "experimental", "no necesitaba", "debió"},
	}
	// G31: how a diagnosis begins, and illnesses beside the long-term ones.
	diagnosing = phrases{
		"en": {"you have", "you may have", "you might have", "you suffer from", "you are sick with"},
		"es": {"usted tiene", "tiene", "puede tener", "usted sufre de", "sufre de", "padece"},
	}
	illnesses = phrases{
		"en": {"infection", "an infection", "flu", "the flu", "pneumonia", "a stroke", "a heart attack", "covid", "a fracture", "a broken"},
		"es": {"infección", "una infección", "gripe", "la gripe", "neumonía", "un derrame", "un infarto", "covid", "una fractura"},
	}
)

// plainWords is text as phrases see it: lower case, one blank between words and
// at both ends.
func plainWords(text string) string {
	out := make([]byte, 1, len(text)+2)
	out[0] = ' '
	for _, r := range text {
		if r = unicode.ToLower(r); unicode.IsLetter(r) || unicode.IsDigit(r) {
			out = utf8.AppendRune(out, r)
		} else if out[len(out)-1] != ' ' {
			out = append(out, ' ')
		}
	}
	if len(out) == 1 || out[len(out)-1] != ' ' {
		out = append(out, ' ')
	}
	return string(out)
}

// holds reports whether plain words hold a phrase, as whole words.
func holds(plain, phrase string) bool {
	for from := 0; ; {
		i := strings.Index(plain[from:], phrase)
		if i < 0 {
			return false
		}
		from += i
		if end := from + len(phrase); from > 0 && plain[from-1] == ' ' && end < len(plain) && plain[end] == ' ' {
			return true
		}
		from++
	}
}

// in returns the first phrase that text holds, or "".
func (p phrases) in(text, language string) string {
	plain := plainWords(text)
	for _, phrase := range p[language] {
		if holds(plain, phrase) {
			return phrase
		}
	}
	return ""
}

// without takes phrases out of a text.
func (p phrases) without(text, language string) string {
	plain := plainWords(text)
	for _, phrase := range p[language] {
		plain = strings.ReplaceAll(plain, " "+phrase+" ", " ")
	}
	return plain
}

// anyLanguage reports whether any language of w holds one of the phrases.
func (p phrases) anyLanguage(w ruleset.Words) bool {
	for language, text := range w {
		if p.in(text, language) != "" {
			return true
		}
	}
	return false
}

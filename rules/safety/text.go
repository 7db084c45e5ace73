package safety

import (
	"strings"

	"github.com/rightvoice/rightvoice/rules/decision"
)

type words struct{ title, text string }

// The fixed words. They send people to help and never to a plan, a price or a
// later time. Every language names 911, because a notice may be all that is
// read.
var english = [...]words{
	decision.Emergency911: {"Get help now", "This may be an emergency. Call 911 or go to the nearest ER now. You do not need to ask your plan first."},
	decision.Crisis988:    {"Talk with someone now", "You are not alone. Call or text 988 now to talk with someone, day or night. If you are in danger or have hurt yourself, call 911 now or go to the nearest ER."},
	decision.PoisonHelp:   {"Call Poison Help now", "Call Poison Help now at 1-800-222-1222, day or night. If the person is hard to wake, shakes, or cannot breathe well, call 911 now."},
}

var spanish = [...]words{
	decision.Emergency911: {"Pida ayuda ahora", "Puede ser una emergencia. Llame al 911 o vaya ya a la sala de emergencias más cercana. No tiene que pedir permiso a su plan."},
	decision.Crisis988:    {"Hable con alguien ahora", "Usted no está solo. Llame o mande un texto al 988 ahora para hablar con alguien, de día o de noche. Si está en peligro o se hizo daño, llame ya al 911 o vaya a la sala de emergencias más cercana."},
	decision.PoisonHelp:   {"Llame ahora a la línea de venenos", "Llame ahora al 1-800-222-1222, de día o de noche. Si la persona no despierta bien, tiembla o no puede respirar bien, llame ya al 911."},
}

// languageHelp follows the English words where the member reads another
// language. The 911, 988 and Poison Help lines all have interpreters.
const languageHelp = " Help in your language is free. Say the name of your language when you call."

// Text returns the words of a notice in the member's language (a BCP-47 tag)
// and the language they are in. Languages other than English and Spanish get
// the English words and the notice that help in their language exists. NoNotice
// has no words.
func Text(n decision.Notice, language string) (title, text, lang string) {
	if n == decision.NoNotice || int(n) >= len(english) {
		return "", "", ""
	}
	base, _, _ := strings.Cut(strings.ReplaceAll(language, "_", "-"), "-")
	switch {
	case strings.EqualFold(base, "es"):
		return spanish[n].title, spanish[n].text, "es"
	case base == "", strings.EqualFold(base, "en"):
		return english[n].title, english[n].text, "en"
	}
	return english[n].title, english[n].text + languageHelp, "en"
}

package insights

import "strconv"

// driftWord is what a drift means in one language.
type driftWord struct {
	notLogged, noBefore, noSince, asPredicted string
	one, many                                 string // what comes before and after the number
}

func (w *driftWord) drifted(n int) string {
	if n == 1 {
		return w.one
	}
	return strconv.Itoa(n) + w.many
}

var driftWords = map[string]*driftWord{
	"en": {
		notLogged:   "This server records no decisions, so nothing can be compared.",
		noBefore:    "Too few decisions were recorded before this version to predict from.",
		noSince:     "Too few decisions were recorded since this version came into force.",
		asPredicted: "What came is what was predicted, as far as the numbers can tell.",
		one:         "1 outcome came at another rate than predicted.",
		many:        " outcomes came at another rate than predicted.",
	},
	"es": {
		notLogged:   "Este servidor no guarda decisiones, así que no hay nada que comparar.",
		noBefore:    "Antes de esta versión se guardaron muy pocas decisiones para predecir.",
		noSince:     "Desde que rige esta versión se guardaron muy pocas decisiones.",
		asPredicted: "Lo que vino es lo que se predijo, hasta donde los números alcanzan.",
		one:         "1 resultado vino con otra frecuencia que la predicha.",
		many:        " resultados vinieron con otra frecuencia que la predicha.",
	},
}

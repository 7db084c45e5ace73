package sentence

import (
	"slices"
	"strings"

	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// grammar is what one language needs between the words of facts.
type grammar struct {
	language string
	and, or  string // between conditions: ", and "
	orValue  string // between values: " or "
	andValue string
	either   string   // before conditions of which one must hold
	notSo    string   // before a phrase that must be false and begins otherwise than denials do
	denials  []string // in turns, how phrases begin, and how those that must be false do
	known    string   // {label}
	unknown  string   // {label}
	empty    string   // an empty set
	anything string   // every value there is

	verbs  map[ruleset.Op][2]string // singular, plural
	bare   map[ruleset.Op]string    // in phrases that have a verb of their own: left … ago
	beyond map[ruleset.Op]string    // the same, of the first whole hour past a number of days
	now    map[string]string        // no time at all, by unit
	ago    string                   // what of a phrase goes with it then
	plural func(subject string) bool
	units  map[string][2]string // singular, plural
}

var grammars = map[string]*grammar{"en": &englishGrammar, "es": &spanishGrammar}

var englishGrammar = grammar{
	language: "en", and: ", and ", or: ", or ", orValue: " or ", andValue: " and ", either: "either ",
	notSo: "it is not so that ", denials: []string{"the member is ", "the member is not ", "the member has ", "the member does not have ",
		"the member agreed ", "the member did not agree ", "the member asked ", "the member did not ask "},
	known: "{label} is known", unknown: "{label} is not known", empty: "none", anything: "anything",
	verbs: map[ruleset.Op][2]string{
		ruleset.Is: {"is", "are"}, ruleset.IsNot: {"is not", "are not"}, ruleset.IsAnyOf: {"is", "are"},
		ruleset.AtMost: {"is at most", "are at most"}, ruleset.AtLeast: {"is at least", "are at least"}, ruleset.Between: {"is between", "are between"},
		ruleset.IncludesAny: {"includes", "include"}, ruleset.IncludesAll: {"includes", "include"},
		ruleset.IncludesNone: {"does not include", "do not include"},
	},
	bare: map[ruleset.Op]string{
		ruleset.Is: "exactly", ruleset.AtMost: "at most", ruleset.AtLeast: "at least", ruleset.Between: "between",
	},
	beyond: map[ruleset.Op]string{ruleset.AtLeast: "more than", ruleset.AtMost: "less than"},
	now:    map[string]string{"hours": "just now", "days": "today"}, ago: " ago",
	plural: englishPlural,
	units: map[string][2]string{
		"hours": {"hour", "hours"}, "days": {"day", "days"}, "weeks": {"week", "weeks"}, "years": {"year", "years"},
	},
}

var spanishGrammar = grammar{
	language: "es", and: ", y ", or: ", o ", orValue: " o ", andValue: " y ", either: "o bien ",
	notSo: "no es cierto que ", denials: []string{"el miembro ", "el miembro no "},
	known: "se conoce: {label}", unknown: "no se conoce: {label}", empty: "nada", anything: "algo",
	verbs: map[ruleset.Op][2]string{
		ruleset.Is: {"es", "son"}, ruleset.IsNot: {"no es", "no son"}, ruleset.IsAnyOf: {"es", "son"},
		ruleset.AtMost: {"es como máximo", "son como máximo"}, ruleset.AtLeast: {"es al menos", "son al menos"}, ruleset.Between: {"está entre", "están entre"},
		ruleset.IncludesAny: {"incluye", "incluyen"}, ruleset.IncludesAll: {"incluye", "incluyen"},
		ruleset.IncludesNone: {"no incluye", "no incluyen"},
	},
	bare: map[ruleset.Op]string{
		ruleset.Is: "exactamente", ruleset.AtMost: "como máximo", ruleset.AtLeast: "al menos", ruleset.Between: "entre",
	},
	beyond: map[ruleset.Op]string{ruleset.AtLeast: "más de", ruleset.AtMost: "menos de"},
	now:    map[string]string{"hours": "ahora mismo", "days": "hoy"}, ago: " hace",
	plural: func(subject string) bool {
		return strings.HasPrefix(subject, "los ") || strings.HasPrefix(subject, "las ")
	},
	units: map[string][2]string{
		"hours": {"hora", "horas"}, "days": {"día", "días"}, "weeks": {"semana", "semanas"}, "years": {"año", "años"},
	},
}

// notPlural end in s and stand for one thing.
var notPlural = []string{"is", "was", "has", "does", "news", "this"}

// englishPlural tells whether the words before a verb stand for several things,
// by the noun at their head: "the pages seen in the last day" are.
func englishPlural(subject string) bool {
	words := strings.Fields(subject)
	for i, w := range words {
		if i > 1 && slices.Contains([]string{"in", "of", "for", "about", "that", "who", "the", "on"}, w) {
			words = words[:i]
			break
		}
	}
	return slices.ContainsFunc(words, func(w string) bool {
		return strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "'s") && !slices.Contains(notPlural, w)
	})
}

// grammarFor is that of a BCP-47 tag, or English.
func grammarFor(tag string) *grammar {
	base, _, _ := strings.Cut(tag, "-")
	if g := grammars[strings.ToLower(base)]; g != nil {
		return g
	}
	return &englishGrammar
}

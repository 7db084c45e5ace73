package rulebook

import (
	"strings"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/server/revision"
)

// caseWords is how people are told, by language, what cases find: the case runner
// speaks of ids, to those who write cases as files.
var caseWords = map[string]map[string]string{"en": {
	"topic %s, want %s":                        "The topic is %s, not %s.",
	"mindset %s, want %s":                      "The mindset is %s, not %s.",
	"sender %s, want %s":                       "The sender is %s, not %s.",
	"notice %s, want %s and nothing beside it": "The notice is %s, not %s alone.",
	"advice %s, want %s":                       "The advice is %s, not %s.",
	"advice %s, want %s (said or held back)":   "The advice is %s, not %s.",
	"held back %v, want %v":                    "Other advice is held back, or for other reasons.",
	"%d recommendations, want %d: got %s":      "There are answers about %d topics, not %d.",
	"recommendation %d: %s":                    "Answer %d: %s",
	"no answer: %s":                            "There is no answer.",
}, "es": {
	"topic %s, want %s":                        "El tema es %s, no %s.",
	"mindset %s, want %s":                      "La actitud es %s, no %s.",
	"sender %s, want %s":                       "El remitente es %s, no %s.",
	"notice %s, want %s and nothing beside it": "El aviso es %s, no solo %s.",
	"advice %s, want %s":                       "El consejo es %s, no %s.",
	"advice %s, want %s (said or held back)":   "El consejo es %s, no %s.",
	"held back %v, want %v":                    "Se retienen otros consejos, o por otras razones.",
	"%d recommendations, want %d: got %s":      "Hay respuestas sobre %d temas, no %d.",
	"recommendation %d: %s":                    "Respuesta %d: %s",
	"no answer: %s":                            "No hay respuesta.",
}}

// caseTerms are the words for outcomes, by language.
var caseTerms = map[string]map[string]string{"en": {
	"none": "none", "nobody": "nobody", "provider": "the provider", "insurer": "the insurer", "safety": "an emergency notice",
	"patient": "that of a patient", "consumer": "that of a consumer", "undetermined": "not clear",
}, "es": {
	"none": "ninguno", "nobody": "nadie", "provider": "el proveedor", "insurer": "la aseguradora", "safety": "un aviso de emergencia",
	"patient": "la de un paciente", "consumer": "la de un consumidor", "undetermined": "no clara",
}}

// failed are cases that get another answer than they expect, told with the words
// of the content.
func (c *compiled) failed(all []revision.FailedCase, language string) []revision.FailedCase {
	if c.set == nil || len(all) == 0 {
		return all
	}
	base, _, _ := strings.Cut(strings.ToLower(language), "-")
	if caseWords[base] == nil {
		base = "en"
	}
	topics, items := c.names(base)
	out := make([]revision.FailedCase, len(all))
	for i, f := range all {
		out[i] = f
		out[i].Wrong = nil
		for _, wrong := range f.Wrong {
			t := topics
			if strings.Contains(wrong, "advice ") || strings.Contains(wrong, "notice ") {
				t = items
			}
			words, _ := t.translate(wrong, 0)
			out[i].Wrong = append(out[i].Wrong, words)
		}
	}
	return out
}

// names are translators that know the topics and the advice of a content. An item
// may be called as its topic is.
func (c *compiled) names(language string) (topics, items *translator) {
	topics, items = newTranslator(map[string]string{}, caseWords[language]), newTranslator(map[string]string{}, caseWords[language])
	add := func(t *translator, id, label string) {
		if label != "" {
			t.terms[id] = "\u201c" + label + "\u201d"
		}
	}
	for _, x := range c.set.Topics() {
		label, _ := x.Label.In(language)
		add(topics, x.ID, label)
	}
	for i := range c.set.Items() {
		x := &c.set.Items()[i]
		title, _ := x.Title.In(language)
		if x.Sender == decision.Safety && title == "" {
			title = caseTerms[language]["safety"]
		}
		add(items, x.ID, title)
	}
	for id, words := range caseTerms[language] {
		topics.terms[id], items.terms[id] = words, words
	}
	return topics, items
}

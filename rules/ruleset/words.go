package ruleset

import (
	"regexp"
	"strings"

	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

// Words are the same text in several languages, by language tag. Loaded Words
// always have English.
type Words map[string]string

var languageTag = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)

// In returns the text for a BCP-47 tag and the language it is in: the tag's own,
// its base language ("es" for "es-MX"), or English.
func (w Words) In(tag string) (text, language string) {
	base, _, _ := strings.Cut(tag, "-")
	for _, t := range []string{tag, strings.ToLower(base), "en"} {
		if text, ok := w[t]; ok {
			return text, t
		}
	}
	return "", ""
}

// DecodeNode reads Words and refuses text that is empty or not in English.
func (w *Words) DecodeNode(n strictyaml.Node) {
	if !n.Is(strictyaml.Mapping) {
		return
	}
	*w = Words{}
	for _, e := range n.Entries() {
		if !languageTag.MatchString(e.Key) {
			n.Problems().Errorf(e.At, "language", "%q is no language; use en, es or another language code", e.Key)
			continue
		}
		var text string
		if e.Value.Decode(&text) && strings.TrimSpace(text) == "" {
			e.Value.Errorf("no-value", "words are missing here")
		}
		(*w)[e.Key] = text
	}
	if _, ok := (*w)["en"]; !ok {
		n.Errorf("missing-english", "the English words are missing; add en")
	}
}

package rulebook

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/rightvoice/rightvoice/rules/strictyaml"
	"github.com/rightvoice/rightvoice/server/revision"
)

// translation is one sentence that a check of content says.
type translation struct {
	english *regexp.Regexp // with a group for each argument
	words   string         // with a verb for each argument, or for the first of them
}

// translator puts what checks of content say into another language. Problems
// reach it as they are told on the command line, whatever found or kept them, so
// it takes the sentences apart again.
type translator struct {
	sentences []translation     // the most particular first
	terms     map[string]string // arguments that are words
}

var (
	verbs      = regexp.MustCompile(`%[sqdvg]|%\.1f`)
	verbGroups = map[string]string{"%s": "(.+?)", "%v": "(.+?)", "%q": `("(?:[^"\\]|\\.)*")`, "%d": `(-?\d+)`, "%g": `(-?[\d.]+)`, "%.1f": `(-?[\d.]+)`}
)

// newTranslator takes words by English sentence, and terms by English word.
func newTranslator(terms map[string]string, all ...map[string]string) *translator {
	t := &translator{terms: terms}
	weight := map[string]int{}
	for _, sentences := range all {
		for english, words := range sentences {
			var pattern strings.Builder
			rest := 0
			for _, at := range verbs.FindAllStringIndex(english, -1) {
				pattern.WriteString(regexp.QuoteMeta(english[rest:at[0]]) + verbGroups[english[at[0]:at[1]]])
				rest = at[1]
			}
			pattern.WriteString(regexp.QuoteMeta(english[rest:]))
			re := regexp.MustCompile("(?s)^" + pattern.String() + "$")
			weight[re.String()] = len(verbs.ReplaceAllString(english, ""))
			t.sentences = append(t.sentences, translation{re, words})
		}
	}
	slices.SortFunc(t.sentences, func(a, b translation) int {
		if d := weight[b.english.String()] - weight[a.english.String()]; d != 0 {
			return d
		}
		return strings.Compare(a.english.String(), b.english.String())
	})
	return t
}

// maxNesting bounds how deep sentences stand in each other as arguments.
const maxNesting = 3

// translate puts a sentence, or an argument of one, into the other language; it
// stays as it is where there are no words for it.
func (t *translator) translate(english string, nesting int) (string, bool) {
	if words, ok := t.terms[english]; ok {
		return words, true
	}
	for _, x := range t.sentences {
		m := x.english.FindStringSubmatch(english)
		if m == nil {
			continue
		}
		arg := 0
		return verbs.ReplaceAllStringFunc(x.words, func(string) string {
			arg++
			if nesting == maxNesting {
				return m[arg]
			}
			words, _ := t.translate(m[arg], nesting+1)
			return words
		}), true
	}
	if all := strings.Split(english, ", "); nesting > 0 && len(all) > 1 {
		for i := range all {
			all[i], _ = t.translate(all[i], maxNesting)
		}
		return strings.Join(all, ", "), true
	}
	return english, false
}

// checksInSpanish is made when it is first asked for: few servers ever are.
var checksInSpanish = sync.OnceValue(func() *translator {
	return newTranslator(spanishTerms, spanishFiles, spanishRules, spanishWords, spanishComposed)
})

// problemsIn are problems in the language of whoever asks. They are found in
// English, which is that of the command line.
func problemsIn(ctx context.Context, all []strictyaml.Problem) []strictyaml.Problem {
	if base, _, _ := strings.Cut(strings.ToLower(languageOf(ctx)), "-"); base != "es" || len(all) == 0 {
		return all
	}
	out := slices.Clone(all)
	for i := range out {
		out[i].Message, _ = checksInSpanish().translate(out[i].Message, 0)
	}
	return out
}

// Told is a report with its problems in the language of whoever asks.
func Told(ctx context.Context, r *revision.Report) *revision.Report {
	if len(r.Problems) == 0 {
		return r
	}
	out := *r
	out.Problems = problemsIn(ctx, r.Problems)
	return &out
}

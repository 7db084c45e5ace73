package cdshooks

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/google/uuid"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/server/recommend"
)

// Indicators of a card. Critical is for emergencies alone, and warning is not
// used: who should speak is never more than information.
const (
	info     = "info"
	warning  = "warning"
	critical = "critical"
)

// Answers as the specification has them. What has no value is left out: null,
// "" and {} are not allowed.
type (
	response struct {
		Cards []card `json:"cards"`
	}
	card struct {
		UUID              string       `json:"uuid"`
		Summary           string       `json:"summary"`
		Detail            string       `json:"detail"`
		Indicator         string       `json:"indicator"`
		Source            source       `json:"source"`
		Suggestions       []suggestion `json:"suggestions,omitempty"`
		SelectionBehavior string       `json:"selectionBehavior,omitempty"`
		OverrideReasons   []reason     `json:"overrideReasons,omitempty"`
		Links             []link       `json:"links,omitempty"`
	}
	source struct {
		Label string  `json:"label"`
		URL   string  `json:"url,omitempty"`
		Topic *reason `json:"topic,omitempty"`
	}
	suggestion struct {
		Label string `json:"label"`
		UUID  string `json:"uuid"`
	}
	reason struct {
		Code    string `json:"code"`
		System  string `json:"system,omitempty"`
		Display string `json:"display"`
	}
	link struct {
		Label string `json:"label"`
		URL   string `json:"url"`
		Type  string `json:"type"`
	}
)

// maxSummary is the most characters of a summary: fewer than 140.
const maxSummary = 139

// draw makes the card of an answer; why may be nil.
func (h *Handler) draw(v *visit, a *recommend.Answer, why *basis) *card {
	main := &a.Recommendations[0]
	c := &card{UUID: a.ID, Indicator: info, Source: source{Label: "rightvoice", URL: h.o.BaseURL}}
	if main.Topic != "" && main.Topic != "none" {
		c.Source.Topic = &reason{Code: main.Topic, System: h.system("topics"), Display: spoken(main.Topic)}
	}
	c.Summary = shorten(summary(main, because(main, why)), maxSummary)
	c.Detail = explain(v, a, why)
	if main.Sender == decision.Safety {
		c.Indicator = critical
		c.OverrideReasons = h.reasons("fact_is_wrong")
		return c
	}
	c.OverrideReasons = h.reasons("")
	c.Suggestions = []suggestion{{Label: agreed[main.Sender], UUID: suggestionID(a.ID)}}
	c.SelectionBehavior = "at-most-one"
	c.Links = links(a)
	return c
}

// agreed is what a clinician says who takes a card's word: without a suggestion
// a client can't report that a card was accepted.
var agreed = [...]string{
	decision.Nobody:   "I will not bring it up",
	decision.Provider: "I will speak to the member about this",
	decision.Insurer:  "I will leave this to the plan",
	decision.Safety:   "",
}

// suggestionID follows from the decision, so that both stay the same when the
// card is shown again.
func suggestionID(decisionID string) string {
	space, err := uuid.Parse(decisionID)
	if err != nil {
		space = uuid.NameSpaceOID
	}
	return uuid.NewSHA1(space, []byte("agreed")).String()
}

// system names a list of codes of ours.
func (h *Handler) system(list string) string {
	if h.o.BaseURL == "" {
		return ""
	}
	return h.o.BaseURL + Path + "#" + list
}

// reasons are what a clinician may choose from who does otherwise; only that of
// one code, if it is given.
func (h *Handler) reasons(only string) (out []reason) {
	for _, r := range overrideReasons {
		if only == "" || r.code == only {
			out = append(out, reason{r.code, h.system("override-reasons"), r.display})
		}
	}
	return out
}

// summary says in one sentence who should speak.
func summary(r *recommend.Recommendation, because string) string {
	about := ""
	if r.Topic != "" && r.Topic != "none" {
		about = " about " + spoken(r.Topic)
	}
	switch r.Sender {
	case decision.Safety:
		if len(r.Advice) > 0 {
			return "Emergency signs: " + r.Advice[0].Title
		}
		return "Emergency signs"
	case decision.Provider:
		return "Speak as provider" + about + ": " + because
	case decision.Insurer:
		return "The plan speaks" + about + ": " + because
	}
	return "Nobody needs to speak" + about + ": " + because
}

// because is the first sentence of why the rules decided so, in English.
func because(r *recommend.Recommendation, why *basis) string {
	reasons := r.Reasons
	if why != nil {
		reasons = why.Recommendations[0].Reasons
	}
	if len(reasons) == 0 {
		return "see the details"
	}
	text := reasons[0].Text
	if r.Mindset == decision.Consumer && len(reasons) > 1 {
		text = reasons[1].Text // why that side speaks tells more than that it is a choice
	}
	if first, _, more := strings.Cut(text, ". "); more {
		text = first
	}
	return lower(strings.TrimSuffix(text, "."))
}

// agree reports whether an explanation comes to the same as an answer.
func agree(a *recommend.Answer, why *recommend.Explanation) bool {
	if len(a.Recommendations) != len(why.Recommendations) {
		return false
	}
	for i := range a.Recommendations {
		x, y := &a.Recommendations[i], &why.Recommendations[i]
		if x.Topic != y.Topic || x.Mindset != y.Mindset || x.Sender != y.Sender || len(x.Reasons) == 0 || len(y.Reasons) == 0 {
			return false
		}
		for j := range min(len(x.Reasons), len(y.Reasons)) {
			if x.Reasons[j].RuleID != y.Reasons[j].RuleID {
				return false
			}
		}
	}
	return true
}

// links are those of the words to say that lead somewhere by themselves. The
// others are pages of the clinic's own, whose address nobody here knows.
func links(a *recommend.Answer) (out []link) {
	for _, r := range a.Recommendations {
		for _, item := range r.Advice {
			for _, l := range item.Links {
				if u, err := url.Parse(l.URL); err == nil && u.Scheme == "https" && u.Host != "" && l.Label != "" {
					out = append(out, link{l.Label, l.URL, "absolute"})
				}
			}
		}
	}
	return out
}

// spoken is an id as people say it.
func spoken(id string) string { return strings.ReplaceAll(id, "_", " ") }

// lower begins a sentence in the middle of another one.
func lower(s string) string {
	r := []rune(s)
	if len(r) > 1 && unicode.IsUpper(r[0]) && unicode.IsLower(r[1]) {
		r[0] = unicode.ToLower(r[0])
	}
	return string(r)
}

// shorten cuts a text at a word, to so many characters as a browser counts them.
func shorten(s string, most int) string {
	if len(utf16.Encode([]rune(s))) <= most {
		return s
	}
	cut, n := 0, 0
	for i, r := range s {
		if n += utf16.RuneLen(r); n >= most { // one is for the ellipsis
			break
		}
		if unicode.IsSpace(r) {
			cut = i
		}
	}
	return strings.TrimRight(s[:cut], " ,;:") + "…"
}

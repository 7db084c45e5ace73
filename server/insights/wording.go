package insights

import (
	"slices"

	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// wording puts ids into the words of the version in force. What that version
// does not have is called by its id.
type wording struct {
	set      *ruleset.Set
	language string
	rules    [2]map[string]*ruleset.Row
}

func newWording(set *ruleset.Set, language string) *wording {
	w := &wording{set: set, language: language}
	if language == "" {
		w.language = "en"
	}
	for t := range w.rules {
		w.rules[t] = map[string]*ruleset.Row{}
		rows := set.Rows(ruleset.Table(t))
		for i := range rows {
			w.rules[t][rows[i].ID] = &rows[i]
		}
	}
	return w
}

// said is words in the reader's language, or otherwise.
func (w *wording) said(words ruleset.Words, otherwise string) string {
	if text, _ := words.In(w.language); text != "" {
		return text
	}
	return otherwise
}

func (w *wording) topic(id string) string {
	if t := w.topicOf(id); t != nil {
		return w.said(t.Label, id)
	}
	return id
}

func (w *wording) topicOf(id string) *ruleset.Topic {
	if i, ok := w.set.Topic(id); ok {
		return &w.set.Topics()[i]
	}
	return nil
}

// asked reports whether a topic is something that members ask about.
func (w *wording) asked(id string) bool {
	t := w.topicOf(id)
	return t == nil || t.Kind != "none" && t.Kind != "emergency"
}

// noItems reports whether the catalogue has nothing to say about a topic.
func (w *wording) noItems(id string) bool {
	topic, ok := w.set.Topic(id)
	return !ok || !slices.ContainsFunc(w.set.Items(), func(i ruleset.Item) bool {
		return len(i.Text) > 0 && slices.Contains(i.Topics, topic)
	})
}

// rule is a figure of a rule in words.
func (w *wording) rule(t ruleset.Table, f Figure) RuleFigure {
	out := RuleFigure{Table: t.String(), Figure: f}
	if out.Label == "" {
		out.Label = f.ID
	}
	if row := w.rules[t][f.ID]; row != nil {
		out.Label, out.Because, out.InForce = w.said(row.Title, row.ID), w.said(row.Because, ""), true
	}
	return out
}

// item is the title of an item.
func (w *wording) item(id string) string {
	for i := range w.set.Items() {
		if item := &w.set.Items()[i]; item.ID == id {
			return w.said(item.Title, id)
		}
	}
	return id
}

// percent is the share of a variant in force.
func (w *wording) percent(item, variant string) int {
	for i := range w.set.Items() {
		for _, v := range w.set.Items()[i].Variants {
			if w.set.Items()[i].ID == item && v.ID == variant {
				return v.Percent
			}
		}
	}
	return 0
}

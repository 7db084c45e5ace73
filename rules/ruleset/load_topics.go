package ruleset

import (
	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

type topicsFile struct {
	Topics   []topicEntry   `yaml:"topics,required"`
	Handoffs []handoffEntry `yaml:"handoffs"`
}

type topicEntry struct {
	ID       strictyaml.Located[string]   `yaml:"id,required"`
	Kind     strictyaml.Located[string]   `yaml:"kind,required"`
	Label    Words                        `yaml:"label,required"`
	Benefits []strictyaml.Located[string] `yaml:"benefits"`
	strictyaml.Pos
}

type handoffEntry struct {
	Asker strictyaml.Located[string]   `yaml:"asker,required"`
	Owner strictyaml.Located[string]   `yaml:"owner,required"`
	Kinds []strictyaml.Located[string] `yaml:"kinds,required"`
	Text  Words                        `yaml:"text,required"`
	strictyaml.Pos
}

// addTopics makes the topics the values of topic and of opt_out_topics.
func (v *vocabulary) addTopics(l *loader, topics []topicEntry) {
	seen := newIDs("topic", snakeID)
	labels := map[string]Words{}
	var names []string
	for _, t := range topics {
		if !seen.check(t.ID, &l.problems) {
			continue
		}
		names = append(names, t.ID.Value)
		labels[t.ID.Value] = t.Label
		if len(names) == fact.MaxSetValues+1 {
			l.problems.Errorf(t.Pos, "too-many-values", "there can be at most %d topics", fact.MaxSetValues)
		}
	}
	for _, name := range []string{"topic", "opt_out_topics"} {
		v.values[name], v.labels[name] = names, labels
	}
}

func (l *loader) topics(f topicsFile) {
	c := l.set.catalogue
	kinds := c.Def(fact.TopicKind).Values
	for _, t := range f.Topics {
		topic := Topic{ID: t.ID.Value, Kind: t.Kind.Value, Label: t.Label, Pos: t.Pos}
		k, _ := choice(t.Kind, "kind of topic called", kinds, &l.problems)
		topic.kind = int64(k)
		for _, b := range t.Benefits {
			if i, ok := choice(b, "benefit called", c.Def(fact.BenefitAvailable).Values, &l.problems); ok {
				topic.benefits |= 1 << i
				topic.Benefits = append(topic.Benefits, b.Value)
			}
		}
		l.set.topics = append(l.set.topics, topic)
	}
	for _, h := range f.Handoffs {
		l.handoff(h, kinds)
	}
}

// sides are the senders that can ask and own.
var sides = map[string]decision.Sender{"provider": decision.Provider, "insurer": decision.Insurer}

func (l *loader) handoff(h handoffEntry, kinds []string) {
	out := Handoff{Asker: sides[h.Asker.Value], Owner: sides[h.Owner.Value], Text: h.Text, Pos: h.Pos}
	choice(h.Asker, "side called", []string{"insurer", "provider"}, &l.problems)
	choice(h.Owner, "side called", []string{"insurer", "provider"}, &l.problems)
	if out.Asker == out.Owner {
		l.problems.Errorf(h.Pos, "own-handoff", "a side needs no handoff to itself")
	}
	for _, k := range h.Kinds {
		if _, ok := choice(k, "kind of topic called", kinds, &l.problems); ok {
			out.Kinds = append(out.Kinds, k.Value)
		}
	}
	l.set.handoffs = append(l.set.handoffs, out)
}

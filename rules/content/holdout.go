package content

import (
	"regexp"

	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

// Holdout is a share of the members to whom advice is not offered, so that it
// can be seen what the advice does.
//
// It holds back only what nobody asked for: messages that go out by themselves
// (direction outbound), of the insurer, on habits (topics of the kind lifestyle).
// It never holds back an emergency notice, the care team's advice, care, coverage
// or any other topic, or an answer to a member who asked. A question about nobody
// in particular is on no side.
type Holdout struct {
	ID      strictyaml.Located[string]   `yaml:"id,required"` // members keep their side as long as it is the same
	Percent strictyaml.Located[int]      `yaml:"percent,required"`
	Topics  []strictyaml.Located[string] `yaml:"topics,required"`
	strictyaml.Pos
}

// HeldKind is the only kind of topic that a holdout may be about.
const HeldKind = "lifestyle"

// maxHeld is the most of a hundred members that a holdout may leave without.
const maxHeld = 20

var holdoutID = regexp.MustCompile(`^[a-z][a-z0-9_]{0,63}$`)

// check refuses a holdout that is about more than habits. nil is none.
func (h *Holdout) check(set *ruleset.Set, p *strictyaml.Problems) {
	if h == nil {
		return
	}
	if !holdoutID.MatchString(h.ID.Value) {
		p.Errorf(h.ID.Pos, "bad-id", "%q cannot be an id; use small letters, digits and underscores", h.ID.Value)
	}
	if h.Percent.Value < 1 || h.Percent.Value > maxHeld {
		p.Errorf(h.Percent.Pos, "holdout", "a holdout is from 1 to %d of a hundred members", maxHeld)
	}
	if len(h.Topics) == 0 {
		p.Errorf(h.Pos, "holdout", "name the topics that are held back")
	}
	seen := map[string]bool{}
	for _, t := range h.Topics {
		switch i, ok := set.Topic(t.Value); {
		case !ok:
			p.Unknown(t.Pos, "unknown-topic", "topic called", t.Value, topicIDs(set))
		case set.Topics()[i].Kind != HeldKind:
			p.Errorf(t.Pos, "holdout", "only advice on habits may be held back, and %s is of the kind %s", t.Value, set.Topics()[i].Kind)
		case seen[t.Value]:
			p.Errorf(t.Pos, "duplicate-id", "the topic %s is here twice", t.Value)
		}
		seen[t.Value] = true
	}
}

func topicIDs(set *ruleset.Set) []string {
	var ids []string
	for _, t := range set.Topics() {
		ids = append(ids, t.ID)
	}
	return ids
}

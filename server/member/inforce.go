package member

import (
	"cmp"
	"slices"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/server/memory"
)

var (
	choiceName   = fact.Builtin()[fact.MemberChoice].Name
	topicsName   = fact.Builtin()[fact.OptOutTopics].Name
	channelsName = fact.Builtin()[fact.OptOutChannels].Name
)

// inForce lists the facts that hold now, one of each name and topic: of several
// sources the newest.
func inForce(stored []memory.StoredFact, now time.Time) []memory.StoredFact {
	out := slices.DeleteFunc(slices.Clone(stored), func(f memory.StoredFact) bool { return !now.Before(f.Ends()) })
	slices.SortStableFunc(out, func(a, b memory.StoredFact) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Topic, b.Topic), b.AsOf.Compare(a.AsOf), b.ToldAt.Compare(a.ToldAt), cmp.Compare(a.Source, b.Source))
	})
	out = slices.CompactFunc(out, func(a, b memory.StoredFact) bool { return a.Name == b.Name && a.Topic == b.Topic })
	return slices.DeleteFunc(out, func(f memory.StoredFact) bool { return f.Value.Kind == memory.NothingKind })
}

// Choices are what a member chose and has not taken back.
type Choices struct {
	Views    []ChosenView // the one for all topics first
	Topics   []string     // opted out of
	Channels []string     // opted out of
}

// ChosenView is a view that is in force.
type ChosenView struct {
	Topic string // empty means all that have none of their own
	View  string
	Until time.Time
}

// choices reads what a member chose out of the facts in force.
func choices(words *fact.Catalogue, inForce []memory.StoredFact) Choices {
	var c Choices
	for i := range inForce {
		if f := &inForce[i]; f.Name == choiceName {
			c.Views = append(c.Views, ChosenView{f.Topic, f.Value.Text, f.Ends()})
		}
	}
	c.Topics = optedOut(words.Def(fact.OptOutTopics), inForce)
	c.Channels = optedOut(words.Def(fact.OptOutChannels), inForce)
	return c
}

// optedOut lists the values of an opt-out fact that are out: those of the whole
// list that was told last, and those told one by one since.
func optedOut(d *fact.Def, inForce []memory.StoredFact) []string {
	out := map[string]bool{}
	var whole time.Time
	for i := range inForce {
		f := &inForce[i]
		switch {
		case f.Name != d.Name:
		case f.Topic == "": // comes first, as lists are in order of topics
			whole = f.AsOf
			for _, v := range f.Value.List {
				out[v] = true
			}
		case !f.AsOf.Before(whole):
			out[f.Topic] = f.Value.Number == 1
		}
	}
	var list []string
	for _, v := range d.Values {
		if out[v] {
			list = append(list, v)
		}
	}
	return list
}

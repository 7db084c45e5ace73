package casefile

import (
	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// Coverage is what the cases reached of a rule set.
type Coverage struct {
	Rules, RulesHit int
	Items, ItemsHit int
	MissedRules     []Rule   // in the order of the tables
	MissedItems     []string // in the order of the catalogue
}

// Cover counts which rows of both tables decided a case, and which items were
// given or held back in one. Items of which nobody is the sender are never
// given and do not count.
func Cover(set *ruleset.Set, results []Result) Coverage {
	rules, items := hits(results)
	var c Coverage
	for _, t := range []ruleset.Table{ruleset.MindsetTable, ruleset.SenderTable} {
		for i, rows := 0, set.Rows(t); i < len(rows); i++ {
			c.Rules++
			if r := (Rule{t.String(), rows[i].ID}); rules[r] {
				c.RulesHit++
			} else {
				c.MissedRules = append(c.MissedRules, r)
			}
		}
	}
	for i, all := 0, set.Items(); i < len(all); i++ {
		if all[i].Sender == decision.Nobody {
			continue
		}
		c.Items++
		if items[all[i].ID] {
			c.ItemsHit++
		} else {
			c.MissedItems = append(c.MissedItems, all[i].ID)
		}
	}
	return c
}

func hits(results []Result) (rules map[Rule]bool, items map[string]bool) {
	rules, items = map[Rule]bool{}, map[string]bool{}
	for i := range results {
		for _, rec := range results[i].Outcome.Recommendations {
			for _, r := range rec.Rules {
				rules[r] = true
			}
			for _, id := range rec.Advice {
				items[id] = true
			}
			for _, h := range rec.Suppressed {
				items[h.ID] = true
			}
		}
	}
	return rules, items
}

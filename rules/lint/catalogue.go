package lint

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

var placeholder = regexp.MustCompile(`\{([^{}]*)\}`)

// placeholders reports names in braces that nobody fills, and texts whose
// languages do not hold the same ones.
func (p *pass) placeholders(i *ruleset.Item) {
	var first []string
	for n, language := range sortedLanguages(i.Text) {
		names := namesIn(i.Text[language])
		for _, name := range names {
			if !slices.Contains(p.Placeholders, name) {
				p.found.Unknown(i.Pos, "placeholder", "placeholder", name, p.Placeholders)
			}
		}
		if n == 0 {
			first = names
		} else if !slices.Equal(first, names) {
			p.errorf(i.Pos, "placeholder", "item %s has other placeholders in %q than in %q", i.ID, language, sortedLanguages(i.Text)[0])
		}
	}
}

func namesIn(text string) []string {
	var names []string
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		names = append(names, m[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// safeLink accepts a path of the asking side's own site, or https.
func safeLink(link string) bool {
	if strings.HasPrefix(link, "/") {
		return !strings.HasPrefix(link, "//")
	}
	u, err := url.Parse(link)
	return err == nil && u.Scheme == "https" && u.Host != ""
}

// unused warns of benefits that nothing speaks of, and of items whose benefit
// is tied to none of their topics.
func (p *pass) unused() {
	used := map[string]bool{}
	items := p.Set.Items()
	for i := range items {
		used[items[i].Benefit] = true
		p.untied(&items[i])
	}
	for _, b := range p.Set.Catalogue().Def(fact.BenefitAvailable).Values {
		if !used[b] {
			p.found.Warnf(strictyaml.Pos{File: "facts.yaml", Line: 1, Col: 1}, "unused-benefit", "no item speaks of the benefit %s", b)
		}
	}
}

func (p *pass) untied(i *ruleset.Item) {
	if i.Benefit == "" {
		return
	}
	for _, t := range i.Topics {
		if topic := p.Set.Topics()[t]; !slices.Contains(topic.Benefits, i.Benefit) {
			p.found.Warnf(i.Pos, "untied-item", "item %s is about %s, whose benefits do not include %s", i.ID, topic.ID, i.Benefit)
		}
	}
}

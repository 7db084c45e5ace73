package content

import (
	"io/fs"
	"maps"
	"regexp"
	"slices"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/lint"
	"github.com/rightvoice/rightvoice/rules/ruleset"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

// Policy is what holds for every message, whatever it says.
type Policy struct {
	QuietHours      Hours                    `yaml:"quiet_hours,required"`
	SMS             SMS                      `yaml:"sms,required"`
	Contacts        map[string]ruleset.Words `yaml:"contacts,required"`         // what fills {placeholders}, by name
	Placeholders    []Placeholder            `yaml:"placeholders"`              // those that only the portal can fill
	Caps            Caps                     `yaml:"caps"`                      // how often a member may hear from us unasked
	Balance         []Balance                `yaml:"contact_balance"`           // how much of it may ask for something
	Holdout         *Holdout                 `yaml:"holdout"`                   // to whom unasked advice is not offered
	RevocationWords map[string][]string      `yaml:"revocation_words,required"` // what ends messages, by language
	Companions      map[string][]string      `yaml:"revocation_companions"`     // what may stand beside that and changes nothing
	LanguageHelp    ruleset.Words            `yaml:"language_help,required"`    // each text in its own language; en for all others
	strictyaml.Pos
}

// Hours are hours of the day where the member lives: messages go out at
// From:00 and later, and before Until:00.
type Hours struct {
	From  int `yaml:"from,required"`
	Until int `yaml:"until,required"`
	strictyaml.Pos
}

// SMS are the rules of text messages.
type SMS struct {
	Consent  strictyaml.Located[string] `yaml:"consent,required"` // a bool fact: the member agreed to texts from the plan
	MaxChars int                        `yaml:"max_chars,required"`
	PerDay   int                        `yaml:"per_day,required"`
	PerWeek  int                        `yaml:"per_week,required"`
	OptOut   ruleset.Words              `yaml:"opt_out,required"` // added to a text message
	strictyaml.Pos
}

// Placeholder is a name in braces that the portal fills.
type Placeholder struct {
	ID   strictyaml.Located[string] `yaml:"id,required"`
	Says ruleset.Words              `yaml:"says,required"`
}

// The outer limits of 47 CFR 64.1200 for messages that nobody asked for.
const (
	earliestHour, latestHour = 8, 21
	smsChars                 = 160
	smsPerDay, smsPerWeek    = 1, 3
)

// DeductibleLeft is the placeholder that the fact deductible_left_usd fills.
const DeductibleLeft = "deductible_left"

const policyFile = "policy.yaml"

func loadPolicy(fsys fs.FS, c *fact.Catalogue, p *strictyaml.Problems) Policy {
	var out Policy
	if strictyaml.ReadFile(fsys, policyFile, &out, p) {
		out.check(c, p)
	}
	return out
}

func (x *Policy) check(c *fact.Catalogue, p *strictyaml.Problems) {
	if h := x.QuietHours; h.From < earliestHour || h.Until > latestHour || h.From >= h.Until {
		p.Errorf(h.Pos, "quiet-hours", "messages may go out between %d and %d at most, and from must come before until", earliestHour, latestHour)
	}
	x.checkSMS(c, p)
	x.Caps.check(p)
	x.checkBalance(p)
	for _, name := range slices.Sorted(maps.Keys(x.Contacts)) {
		checkName(strictyaml.Located[string]{Value: name, Pos: x.Pos}, p)
	}
	seen := map[string]bool{DeductibleLeft: true}
	for _, h := range x.Placeholders {
		checkName(h.ID, p)
		if _, contact := x.Contacts[h.ID.Value]; contact || seen[h.ID.Value] {
			p.Errorf(h.ID.Pos, "duplicate-id", "the placeholder %s is filled already or is here twice", h.ID.Value)
		}
		seen[h.ID.Value] = true
	}
	x.checkRevocation(p)
}

func (x *Policy) checkSMS(c *fact.Catalogue, p *strictyaml.Problems) {
	id, ok := c.Lookup(x.SMS.Consent.Value)
	if !ok || id >= fact.MaxFacts || c.Def(id).Kind != fact.Bool {
		var names []string
		for _, id := range c.All() {
			if d := c.Def(id); id < fact.MaxFacts && d.Kind == fact.Bool {
				names = append(names, d.Name)
			}
		}
		p.Unknown(x.SMS.Consent.Pos, "unknown-fact", "fact of true or false called", x.SMS.Consent.Value, names)
	}
	if s := x.SMS; s.MaxChars < 1 || s.MaxChars > smsChars || s.PerDay < 1 || s.PerDay > smsPerDay || s.PerWeek < 1 || s.PerWeek > smsPerWeek {
		p.Errorf(s.Pos, "sms-limits", "text messages have at most %d letters, and there are at most %d a day and %d a week", smsChars, smsPerDay, smsPerWeek)
	}
}

var placeholderName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,31}$`)

func checkName(name strictyaml.Located[string], p *strictyaml.Problems) {
	if !placeholderName.MatchString(name.Value) {
		p.Errorf(name.Pos, "bad-id", "%q cannot be a placeholder; use small letters, digits and underscores", name.Value)
	}
}

// known lists every name that may stand in braces in a text.
func (x *Policy) known() []string {
	names := append(slices.Sorted(maps.Keys(x.Contacts)), DeductibleLeft)
	for _, h := range x.Placeholders {
		names = append(names, h.ID.Value)
	}
	return names
}

// lintInput gathers what the lints need to know of policy.
func (x *Policy) lintInput(set *ruleset.Set) lint.Input {
	return lint.Input{
		Set: set, Placeholders: x.known(), SMSChars: x.SMS.MaxChars, SMSOptOut: x.SMS.OptOut,
		Texts: []lint.Text{
			{Name: "way to end text messages", Words: x.SMS.OptOut, Pos: x.SMS.Pos},
			{Name: "language help", Words: x.LanguageHelp, Pos: x.Pos},
		},
	}
}

package content

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/rightvoice/rightvoice/rules/lint"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

// Caps limit how often a member hears from us unasked; a zero Cap is none.
type Caps struct {
	PerTopic    Cap        `yaml:"per_topic"`
	PerSender   SenderCaps `yaml:"per_sender"`
	Overall     Cap        `yaml:"overall"`
	HoldMinutes int        `yaml:"hold_minutes"` // how long an answer keeps its place until it is shown; 0 means 5
	strictyaml.Pos
}

// SenderCaps are the caps of the two sides.
type SenderCaps struct {
	Insurer  Cap `yaml:"insurer"`
	Provider Cap `yaml:"provider"`
}

// Cap is a number of messages in a number of days.
type Cap struct {
	Messages int `yaml:"messages,required"`
	Days     int `yaml:"days,required"`
}

// Balance is how many items of a sender may ask for something.
type Balance struct {
	Sender     strictyaml.Located[string] `yaml:"sender,required"`
	Days       int                        `yaml:"days,required"`
	FreeAsks   int                        `yaml:"free_asks"`            // whatever else was shown
	PerHelpful int                        `yaml:"asks_per_100_helpful"` // beside those
	strictyaml.Pos
}

// Bounds of caps. What is counted is kept for the longest window.
const (
	maxMessages   = 1000
	maxWindow     = 365 // days
	maxHold       = 15  // minutes: as long as answers are valid
	maxPerHelpful = 100 // asks stay below what helps
)

func (c *Caps) check(p *strictyaml.Problems) {
	for _, t := range []Cap{c.PerTopic, c.PerSender.Insurer, c.PerSender.Provider, c.Overall} {
		switch {
		case t == Cap{}:
		case t.Messages < 1 || t.Messages > maxMessages || t.Days < 1 || t.Days > maxWindow:
			p.Errorf(c.Pos, "caps", "a cap needs from 1 to %d messages and from 1 to %d days; leave it out for none", maxMessages, maxWindow)
		}
	}
	if c.HoldMinutes < 0 || c.HoldMinutes > maxHold {
		p.Errorf(c.Pos, "caps", "an answer keeps its place for 1 to %d minutes", maxHold)
	}
}

func (x *Policy) checkBalance(p *strictyaml.Problems) {
	seen := map[string]bool{}
	for _, b := range x.Balance {
		if b.Sender.Value != "insurer" && b.Sender.Value != "provider" {
			p.Unknown(b.Sender.Pos, "unknown-word", "sender called", b.Sender.Value, []string{"insurer", "provider"})
		}
		if seen[b.Sender.Value] {
			p.Errorf(b.Sender.Pos, "duplicate-id", "the balance of the %s is here twice", b.Sender.Value)
		}
		seen[b.Sender.Value] = true
		if b.Days < 1 || b.Days > maxWindow || b.FreeAsks < 0 || b.FreeAsks > maxMessages || b.PerHelpful < 0 || b.PerHelpful > maxPerHelpful {
			p.Errorf(b.Pos, "contact-balance", "a balance has from 1 to %d days, up to %d free asks, and up to %d asks for 100 items that help", maxWindow, maxMessages, maxPerHelpful)
		}
	}
}

// checkRevocation sees to it that each language can end messages, and that no
// phrase is empty once case and punctuation are gone: it would fit every text.
func (x *Policy) checkRevocation(p *strictyaml.Problems) {
	for _, language := range lint.Languages {
		if len(x.RevocationWords[language]) == 0 {
			p.Errorf(x.Pos, "language-missing", "there are no revocation words in %q", language)
		}
	}
	for _, words := range []map[string][]string{x.RevocationWords, x.Companions} {
		for _, language := range slices.Sorted(maps.Keys(words)) {
			for _, w := range words[language] {
				if !strings.ContainsFunc(w, unicode.IsLetter) || len(w) > maxPhrase {
					p.Errorf(x.Pos, "revocation", "a phrase that ends messages, or stands beside one, has letters and at most %d bytes", maxPhrase)
				}
			}
		}
	}
}

const maxPhrase = 64

package policy

import (
	"errors"
	"fmt"

	"github.com/rightvoice/rightvoice/rules/fact"
)

// positions are the values of closed vocabularies that the checks compare with.
type positions struct {
	self, parent      int64
	inbound, outbound int64
	sms               int64
	publicLines       int64     // bits of line_of_business: Medicare and Medicaid
	channelBits       [16]int64 // by channel: the bit of opt_out_channels that stops it
}

// stoppedBy says which opt-out stops which channel. A provider's app reaches
// the member by push.
var stoppedBy = map[string]string{
	"insurer_portal": "portal", "chat": "portal", "provider_app": "push", "push": "push", "insurer_call": "voice", "provider_call": "voice",
	"nurse_line": "voice", "sms": "sms", "email": "email", "mail": "mail",
}

// everyChannel is all that an opt-out can stop.
var everyChannel = []string{"sms", "voice", "email", "push", "mail", "portal"}

// Stops are the channels that a member's words end: the one by which the message
// came that they answer, or all, where that was a page, a chat or is not known.
// None if the words end nothing.
func (p *Policy) Stops(text, channel string) []string {
	if !p.ends.heard(text) {
		return nil
	}
	if stops, ok := stoppedBy[channel]; ok && stops != "portal" {
		return []string{stops}
	}
	return everyChannel
}

// Answers reports whether a channel carries answers to messages, where one word
// is enough, and not questions.
func Answers(channel string) bool {
	return channel == "sms" || channel == "email" || channel == "push" || channel == "mail"
}

var publicLines = []string{"medicare_advantage", "medicaid", "chip", "ffs_medicare"}

// resolve looks the values up once, so that a check is a comparison.
func resolve(c *fact.Catalogue) (positions, error) {
	var p positions
	var errs []error
	at := func(id fact.ID, value string) int64 {
		i, ok := c.Value(id, value)
		if !ok {
			errs = append(errs, fmt.Errorf("%s has no value %s", c.Def(id).Name, value))
		}
		return int64(i)
	}
	p.self, p.parent = at(fact.ViewerRole, "self"), at(fact.ViewerRole, "parent_guardian")
	p.inbound, p.outbound = at(fact.Direction, "inbound"), at(fact.Direction, "outbound")
	p.sms = at(fact.Channel, "sms")
	for _, line := range publicLines {
		p.publicLines |= 1 << at(fact.LineOfBusiness, line)
	}
	for i, channel := range c.Def(fact.Channel).Values {
		if i >= len(p.channelBits) || stoppedBy[channel] == "" {
			errs = append(errs, fmt.Errorf("no opt-out stops the channel %s", channel))
			continue
		}
		p.channelBits[i] = 1 << at(fact.OptOutChannels, stoppedBy[channel])
	}
	return p, errors.Join(errs...)
}

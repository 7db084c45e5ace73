package policy

import (
	"slices"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/decision"
)

var capped = Options{Caps: Caps{
	PerTopic: Cap{1, 14}, Overall: Cap{3, 7}, Insurer: Cap{2, 7}, Provider: Cap{4, 30}, TextsPerDay: 1, TextsPerWeek: 3,
	Balances: []Balance{{Sender: decision.Insurer, Days: 90, FreeAsks: 2, PerHelpful: 50}},
}}

func TestLimitsOfAMessage(t *testing.T) {
	p := compiled(t, capped)
	for name, c := range map[string]struct {
		sender decision.Sender
		kind   Kind
		texted bool
		want   []string
	}{
		"the plan asks":        {decision.Insurer, Ask, false, []string{"caps.per_topic 1", "caps.per_sender 2", "caps.overall 3", "contact_balance 2"}},
		"the plan thanks":      {decision.Insurer, Appreciation, false, []string{"caps.per_topic 1", "caps.per_sender 2", "caps.overall 3"}},
		"the plan texts":       {decision.Insurer, Help, true, []string{"caps.per_topic 1", "caps.per_sender 2", "caps.overall 3", "sms.per_day 1", "sms.per_week 3"}},
		"the care team asks":   {decision.Provider, Ask, false, []string{"caps.per_topic 1", "caps.per_sender 4", "caps.overall 3"}},
		"the care team's text": {decision.Provider, Help, true, []string{"caps.per_topic 1", "caps.per_sender 4", "caps.overall 3", "sms.per_day 1", "sms.per_week 3"}},
	} {
		var got []string
		for _, l := range p.Limits(c.sender, c.kind, c.texted) {
			got = append(got, l.ID+" "+string(rune('0'+l.Messages)))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	if p.Longest() != 90*day || p.Hold() != 5*time.Minute || len(compiled(t, Options{}).Limits(decision.Insurer, Ask, true)) != 0 {
		t.Errorf("longest %v, hold %v", p.Longest(), p.Hold())
	}
}

func TestCapsThatAreNone(t *testing.T) {
	for name, c := range map[string]Caps{
		"no days":           {Overall: Cap{1, 0}},
		"less than nothing": {PerTopic: Cap{-1, 3}},
		"no days to weigh":  {Balances: []Balance{{Sender: decision.Insurer, FreeAsks: 1}}},
		"less for more":     {Balances: []Balance{{Sender: decision.Insurer, Days: 1, PerHelpful: -1}}},
	} {
		if _, err := New(catalogue, Options{Caps: c}); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// TestG20WhatTheCallerSentCountsToo: a caller that keeps its own history tells it
// as a fact.
func TestG20WhatTheCallerSentCountsToo(t *testing.T) {
	p := compiled(t, capped)
	for days, left := range map[int]int{0: 14, 13: 1, 14: 0, 400: 0} {
		v := p.Check(knows(t, "direction", "outbound", "local_hour", 12, "advice_last_sent_days", days), &benefit, Clock{Now: noon})
		if v.Kept() != (left == 0) || left > 0 && (v.Code != decision.FrequencyCap || v.Policy != "caps.per_topic" || !v.RetryAt.Equal(noon.Add(time.Duration(left)*day))) {
			t.Errorf("sent %d days ago: %+v", days, v)
		}
		if in := p.Check(knows(t, "direction", "inbound", "advice_last_sent_days", days), &benefit, Clock{Now: noon}); !in.Kept() {
			t.Errorf("a member who asked got no answer %d days after", days)
		}
	}
}

package member

import (
	"context"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/server/recommend"
)

func (d *desk) choose(c Choice) (Choices, bool) {
	d.Helper()
	c.Who, c.Source = Who{Member: "m", Side: recommend.Insurer}, "call_centre"
	got, understood, err := d.Choose(context.Background(), d.words, &c)
	if err != nil {
		d.Fatal(err)
	}
	return got, understood
}

// TestAChoiceSaysWhereItComesFrom, and an older word that comes late brings nothing
// back that was undone.
func TestAChoiceSaysWhereItComesFrom(t *testing.T) {
	d := newDesk(t)
	first := d.now
	got, _ := d.choose(Choice{View: &View{Topic: "sleep", Value: "patient", For: time.Hour}})
	if v := got.Views[0]; v.Source != "call_centre" || v.Side != recommend.Insurer || !v.At.Equal(first) || !v.Until.Equal(first.Add(time.Hour)) {
		t.Errorf("%+v", v)
	}
	got, _ = d.choose(Choice{Topic: &OptOut{Value: "sleep", Out: true}})
	if o := got.Topics[0]; o.Value != "sleep" || o.Source != "call_centre" || !o.At.Equal(first) || o.Until.IsZero() {
		t.Errorf("%+v", o)
	}
	d.now = d.now.Add(time.Minute)
	d.choose(Choice{View: &View{Topic: "sleep"}})
	d.choose(Choice{Topic: &OptOut{Value: "sleep"}})
	d.now = d.now.Add(time.Minute)
	d.choose(Choice{At: first, View: &View{Topic: "sleep", Value: "patient"}})
	if got, _ = d.choose(Choice{At: first, Topic: &OptOut{Value: "sleep", Out: true}}); len(got.Views)+len(got.Topics) > 0 {
		t.Errorf("told again late: %+v", got)
	}
}

// TestG17AReplyEndsItsChannel: the words are read and dropped, and a question ends
// nothing.
func TestG17AReplyEndsItsChannel(t *testing.T) {
	d := newDesk(t)
	reply := &Reply{Text: "How do I stop smoking?", Channel: "sms"}
	if got, understood := d.choose(Choice{Reply: reply}); understood || len(got.Channels) > 0 || reply.Text != "" {
		t.Errorf("a question: %v %+v, and %q is kept", understood, got, reply.Text)
	}
	if got, understood := d.choose(Choice{Reply: &Reply{Text: "Stop!", Channel: "sms"}}); !understood || len(got.Channels) != 1 || got.Channels[0].Value != "sms" {
		t.Errorf("a text message: %v %+v", understood, got)
	}
	if got, understood := d.choose(Choice{Reply: &Reply{Text: "ALTO"}}); !understood || len(got.Channels) != 6 {
		t.Errorf("by no channel: %v %+v", understood, got)
	}
}

// TestAChoiceEndsToTheSecond also on days on which clocks change: how long it holds
// is time that passes, not what a clock shows.
func TestAChoiceEndsToTheSecond(t *testing.T) {
	for _, at := range []time.Time{time.Date(2026, 3, 8, 6, 30, 0, 0, time.UTC), time.Date(2026, 11, 1, 5, 30, 0, 0, time.UTC)} {
		d := newAsking(t, at)
		d.tell(recommend.Provider, &Event{Member: "m", Source: "ehr", AsOf: at, Zone: "America/New_York"})
		d.choose(Choice{View: &View{Topic: "activity", Value: "patient", For: 24 * time.Hour}})
		for after, want := range map[time.Duration]string{0: "patient", 24*time.Hour - time.Millisecond: "patient", 24 * time.Hour: "consumer"} {
			d.now = at.Add(after)
			if mindset, _, until := d.speaks(recommend.Insurer); mindset != want || want == "patient" && until.After(at.Add(24*time.Hour)) {
				t.Errorf("%v, %v after: %s until %v, want %s", at, after, mindset, until, want)
			}
		}
	}
}

package insights

import (
	"context"
	"time"

	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/server/audit/decisionlog"
)

// answer is what is shown of one decision. What a coarser group does not say is
// empty.
type answer struct {
	day     int32 // since 1970, from 1
	topic   string
	rules   [2]string // by ruleset.Table
	mindset string
	sender  string
	given   given // whether it had advice
}

// given tells whether decisions had advice.
type given uint8

const (
	notSaid given = iota
	advised
	unadvised
)

// count is how many decisions.
type count int

func (n count) plus(m count) count { return n + m }
func (n count) safe() bool         { return n >= Floor }

// What is left of an answer, step by step. What people look at first goes last:
// topics and rules are worth more than days.
var answerSteps = []func(answer) answer{
	func(a answer) answer { return a },
	func(a answer) answer { a.day = 0; return a },
	func(a answer) answer { a.topic = ""; return a },
	func(a answer) answer { a.day, a.topic = 0, ""; return a },
	func(a answer) answer { a.rules = [2]string{}; return a },
	func(a answer) answer { a.day, a.rules = 0, [2]string{}; return a },
	func(a answer) answer { return answer{day: a.day, mindset: a.mindset, sender: a.sender} },
	func(a answer) answer { return answer{mindset: a.mindset, sender: a.sender} },
	func(a answer) answer { return answer{day: a.day} },
	func(answer) answer { return answer{} },
}

// raw is an answer as one schema numbers it.
type raw struct {
	schema      *decisionlog.Schema
	day         int32
	topic       uint16
	mindset     decision.Mindset
	sender      decision.Sender
	mindsetRow  int32
	senderRow   int32
	withoutWord bool
}

// answersOf counts the decisions of a tenant between two days, the second one
// left out.
func answersOf(ctx context.Context, in *decisionlog.Reader, tenant string, from, until time.Time) (map[answer]count, error) {
	counts := map[raw]count{}
	err := eachDecision(ctx, in, func(d *decisionlog.Decision) {
		if d.Tenant == tenant && !d.Hour.Before(from) && d.Hour.Before(until) {
			counts[rawOf(d)]++
		}
	})
	out := make(map[answer]count, len(counts))
	for k, n := range counts {
		out[k.answer()] += n
	}
	return out, err
}

func rawOf(d *decisionlog.Decision) raw {
	return raw{schema: d.Schema, day: dayOf(d.Hour), topic: d.Topic, mindset: d.Mindset, sender: d.Sender, mindsetRow: d.MindsetRow,
		senderRow: d.SenderRow, withoutWord: len(d.Advice) == 0 && d.Sender != decision.Safety}
}

func (r *raw) answer() answer {
	a := answer{day: r.day, topic: r.schema.Topics[r.topic], mindset: r.mindset.String(), sender: r.sender.String(), given: advised}
	a.rules = [2]string{ruleName(r.schema.Rules[0], r.mindsetRow), ruleName(r.schema.Rules[1], r.senderRow)}
	if r.withoutWord {
		a.given = unadvised
	}
	return a
}

// ruleName is a recorded row by name.
func ruleName(names []string, row int32) string {
	if row >= 0 {
		return names[row]
	}
	return decisionlog.RowName(nil, 0, row)
}

const day = 24 * time.Hour

// dayOf numbers the day of a time in UTC.
func dayOf(t time.Time) int32 { return int32(t.Unix()/int64(day/time.Second)) + 1 }

// dayName is the day of a number: 2026-03-01.
func dayName(n int32) string {
	return time.Unix(int64(n-1)*int64(day/time.Second), 0).UTC().Format(time.DateOnly)
}

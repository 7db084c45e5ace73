package main

import (
	"errors"
	"io"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/server/audit/decisionlog"
)

// countDecisions answers every decision that a server recorded by the rules of
// the first day.
func (d *difference) countDecisions(path string) error {
	in, err := decisionlog.OpenReader(path)
	if err != nil {
		return badArguments("%s can't be read", path)
	}
	defer in.Close()
	d.log = &counted{by: map[[3]string]int{}}
	x := d.days[0]
	terms := map[*decisionlog.Schema][2]*decisionlog.Translator{}
	for {
		block, err := in.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		for r, err := range block.Decisions() {
			if err != nil {
				return badArguments("%s: %v", path, err)
			}
			t, ok := terms[r.Schema]
			if !ok {
				t = [2]*decisionlog.Translator{decisionlog.NewTranslator(r.Schema, x.old), decisionlog.NewTranslator(r.Schema, x.now)}
				terms[r.Schema] = t
			}
			d.log.addDecision(x, r, t)
		}
	}
	if in.Damaged > 0 {
		return badArguments("%s: %s can't be read", path, count(in.Damaged, "block", "blocks"))
	}
	if d.log.all == 0 {
		return badArguments("%s holds no questions", path)
	}
	return nil
}

// addDecision answers a recorded decision by both Sets and counts it. A topic
// that neither of them has is left out.
func (c *counted) addDecision(x *dayDifference, r *decisionlog.Decision, t [2]*decisionlog.Translator) {
	oldTopic, inOld := t[0].Topic(r)
	nowTopic, inNow := t[1].Topic(r)
	switch {
	case !inOld && !inNow:
		return
	case inOld != inNow:
		c.all, c.changed = c.all+1, c.changed+1
		return
	}
	var f, g fact.Facts
	t[0].Facts(r, &f)
	t[1].Facts(r, &g)
	c.all++
	c.compare(x, &f, oldTopic, &g, nowTopic)
}

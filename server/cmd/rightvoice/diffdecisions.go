package main

import (
	"context"

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
	impact, err := decisionlog.Replay(context.Background(), in, d.days[0].old, d.days[0].now, decisionlog.ReplayOptions{})
	if err != nil {
		return err
	}
	if impact.Unreadable > 0 {
		return badArguments("%s: %s can't be read", path, count(impact.Unreadable, "block", "blocks"))
	}
	if impact.Decisions == 0 {
		return badArguments("%s holds no questions", path)
	}
	d.log = &counted{all: impact.Decisions, changed: impact.Changed, unsettled: impact.Unsettled, by: map[[3]string]int{}}
	for _, r := range impact.Regions {
		d.log.by[[3]string{r.Table, r.Old, r.New}] = r.Decisions
	}
	for _, x := range impact.NotRecorded {
		d.log.missing = append(d.log.missing, x.Fact)
	}
	return nil
}

package main

import (
	"fmt"

	"github.com/rightvoice/rightvoice/server/coherence"
)

func printCoherence(std streams, r *coherence.Report) {
	w := std.out
	fmt.Fprintf(w, "%d members, %d voices, seed %d: a day in %.0f s\n", r.Members, r.Voices, r.Seed, r.Took.Seconds())
	fmt.Fprintf(w, "  events     %d  (%d told twice, %d told late)\n", r.Events, r.Again, r.Late)
	fmt.Fprintf(w, "  answers    %d  (%d while an event was under way, %d without the store)\n", r.Answers, r.During, r.Alone)
	fmt.Fprintf(w, "  latency    %s us\n", spread(&r.Latency))
	fmt.Fprintf(w, "  staleness  %s us, of %d events that changed an answer\n", spread(&r.Staleness), r.Staleness.Count())
	for _, e := range r.Examples {
		fmt.Fprintln(w, "  "+e)
	}
	fmt.Fprintf(w, "%s: %d wrong, %d of another sender, %d by another decision; worst staleness %.1f ms\n", count(r.Divergences(), "divergence", "divergences"),
		r.Wrong, r.Senders, r.Decisions, micros(r.Staleness.Max())/1000)
}

func printCoherenceJSON(std streams, r *coherence.Report) error {
	return printJSON(std, struct {
		Seed        uint64    `json:"seed"`
		Members     int       `json:"members"`
		Voices      int       `json:"voices"`
		Seconds     float64   `json:"seconds"`
		Events      int       `json:"events"`
		Again       int       `json:"eventsToldTwice"`
		Late        int       `json:"eventsToldLate"`
		Answers     int       `json:"answers"`
		During      int       `json:"answersWhileAnEventWasUnderWay"`
		Alone       int       `json:"answersWithoutTheStore"`
		Divergences int       `json:"divergences"`
		Wrong       int       `json:"wrong"`
		Senders     int       `json:"otherSender"`
		Decisions   int       `json:"otherDecision"`
		Examples    []string  `json:"examples"`
		Followed    uint64    `json:"eventsThatChangedAnAnswer"`
		Staleness   timesJSON `json:"stalenessMicros"`
		Latency     timesJSON `json:"latencyMicros"`
	}{r.Seed, r.Members, r.Voices, r.Took.Seconds(), r.Events, r.Again, r.Late, r.Answers, r.During, r.Alone, r.Divergences(), r.Wrong, r.Senders, r.Decisions,
		some(r.Examples), r.Staleness.Count(), timesOf(&r.Staleness), timesOf(&r.Latency)})
}

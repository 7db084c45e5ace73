package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/rightvoice/rightvoice/rules/casefile"
)

const scoreAbout = `
Answers the questions of a labelled corpus and prints how often the answer is
as labelled: by source, as a table of senders, with the ids of unsafe answers
(the insurer where the provider is expected), missed emergencies and false
alarms. The file has one JSON object a line: id, source, text, context,
expected_mindset, expected_sender, expected_emergency. No question is ever
printed. Exit code 7 if a floor that was given is not reached.`

func runScore(_ context.Context, std streams, args []string) error {
	f := newFlags(std, "score", "[flags] FILE.jsonl", scoreAbout)
	form := output(f, "text", "json")
	dir := f.String("content", "", "a content `folder`; empty: the one that the program comes with")
	var floors casefile.Floors
	f.Float64Var(&floors.Sender, "min-sender", 0, "least `share` of right senders, 0 to 1")
	f.Float64Var(&floors.Mindset, "min-mindset", 0, "least `share` of right mindsets")
	f.Float64Var(&floors.WithBenefit, "min-with-benefit", 0, "least `share` of right senders once every benefit is active")
	f.Float64Var(&floors.EmergencyRecall, "min-emergency-recall", 0, "least `share` of emergencies that get a notice")
	alarms := f.Float64("max-false-alarms", -1, "largest `share` of notices where there is no emergency; below 0: no limit")
	unsafe := f.Int("max-unsafe", -1, "largest `number` of unsafe answers; below 0: no limit")
	rest, err := parseArgs(f, args)
	if err != nil {
		return err
	}
	if len(rest) != 1 {
		return badArguments("score takes one file")
	}
	for _, share := range []float64{floors.Sender, floors.Mindset, floors.WithBenefit, floors.EmergencyRecall, *alarms} {
		if share > 1 || share != share {
			return badArguments("shares are numbers from 0 to 1")
		}
	}
	floors.FalseAlarms, floors.LimitFalseAlarms = *alarms, *alarms >= 0
	floors.Unsafe, floors.LimitUnsafe = *unsafe, *unsafe >= 0
	score, err := grade(std, *dir, rest[0])
	if err != nil {
		return err
	}
	below := score.Below(floors)
	if form.value == "json" {
		err = printScoreJSON(std, score, below)
	} else {
		err = score.Write(std.out)
		for _, b := range below {
			fmt.Fprintln(std.out, "below the floor: "+b)
		}
	}
	if err == nil && len(below) > 0 {
		err = &exit{code: exitScore}
	}
	return err
}

func grade(std streams, dir, file string) (*casefile.Score, error) {
	e, err := newEngine(std, dir, time.Now())
	if err != nil {
		return nil, err
	}
	in, err := os.Open(file)
	if err != nil {
		return nil, badArguments("%s can't be read", file)
	}
	defer in.Close()
	corpus, err := casefile.ReadCorpus(in, e.snapshot.Catalogue())
	if err != nil {
		return nil, badArguments("%s: %v", file, err)
	}
	if len(corpus) == 0 {
		// Every floor would be reached: a corpus that went missing must not pass.
		return nil, badArguments("%s holds no questions", file)
	}
	score, err := casefile.Grade(corpus, e.snapshot.Catalogue(), e.answer)
	return &score, err
}

type shareJSON struct {
	Rate float64 `json:"rate"`
	Part int     `json:"part"`
	Of   int     `json:"of"`
}

func printScoreJSON(std streams, s *casefile.Score, below []string) error {
	type source struct {
		Name        string    `json:"name"`
		Sender      shareJSON `json:"sender"`
		Mindset     shareJSON `json:"mindset"`
		WithBenefit shareJSON `json:"withBenefit"`
		Emergency   shareJSON `json:"emergencyRecall"`
		FalseAlarm  shareJSON `json:"falseAlarms"`
	}
	type cell struct {
		Want  string `json:"want"`
		Got   string `json:"got"`
		Count int    `json:"count"`
	}
	out := struct {
		Questions int      `json:"questions"`
		Sources   []source `json:"sources"`
		Confusion []cell   `json:"confusion"`
		Unsafe    []string `json:"unsafe"`
		Missed    []string `json:"missedEmergencies"`
		Alarmed   []string `json:"falseAlarms"`
		Failed    []string `json:"noAnswer"`
		Below     []string `json:"belowFloor"`
	}{s.Questions, nil, nil, some(s.Unsafe), some(s.Missed), some(s.Alarmed), some(s.Failed), some(below)}
	for _, x := range s.Sources {
		out.Sources = append(out.Sources, source{x.Name, share(x.Sender), share(x.Mindset), share(x.WithBenefit), share(x.Emergency), share(x.FalseAlarm)})
	}
	for _, want := range []string{"provider", "insurer", "none"} {
		for _, got := range []string{"provider", "insurer", "none", "no answer"} {
			if n := s.Confusion[casefile.Pair{Want: want, Got: got}]; n > 0 {
				out.Confusion = append(out.Confusion, cell{want, got, n})
			}
		}
	}
	return printJSON(std, out)
}

func share(s casefile.Share) shareJSON { return shareJSON{s.Rate(), s.Part, s.Of} }

// some makes an empty list print as one.
func some(all []string) []string { return append([]string{}, all...) }

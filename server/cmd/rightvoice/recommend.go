package main

import (
	"context"
	"flag"
	"io"
	"os"
	"unicode/utf8"

	"github.com/rightvoice/rightvoice/rules/casefile"
	"github.com/rightvoice/rightvoice/server/fhir"
	"github.com/rightvoice/rightvoice/server/recommend"
	"github.com/rightvoice/rightvoice/server/wire"
)

const recommendAbout = `
Answers one question about one member, without a server: who should speak,
about what, with which words, and why.

  rightvoice recommend --text "my knee hurts, is PT covered?"
  rightvoice recommend --topic sleep --fact coverage_status=active --fact benefit_available=sleep_program
  rightvoice recommend --file request.json -o json
  rightvoice recommend --fhir bundle.json --at 2021-03-02 --topic sleep

With --fhir the member's record, a FHIR R4 Bundle or resource, tells the facts
as they stood at the time; the answer says which resource told which.

What is written with --text is used for this answer and kept nowhere.`

// question is what the flags of recommend say.
type question struct {
	ask     casefile.Ask
	facts   list
	file    string
	fhir    string
	content string
	at      moment
	all     bool
	form    *choice
}

func runRecommend(ctx context.Context, std streams, args []string) error {
	q, err := parseQuestion(std, args)
	if err != nil {
		return err
	}
	e, err := newEngine(std, q.content, q.at.orNow())
	if err != nil {
		return err
	}
	// Two copies, because answering takes the text out of a request.
	r, err := q.request(e)
	if err != nil {
		return err
	}
	var found *fhir.Result
	if q.fhir != "" {
		if found, err = q.record(e, r); err != nil {
			return err
		}
	}
	why := recommend.ExplainRequest{Request: *r}
	answer, err := e.service.Recommend(ctx, e.snapshot, r)
	if err != nil {
		return badArguments("%v", err)
	}
	if q.form.value == "json" {
		text, err := wire.DecisionJSON(answer)
		if err == nil && found != nil && q.all {
			text, err = withRecord(e.snapshot.Catalogue(), text, found)
		}
		if err == nil {
			_, err = std.out.Write(append(text, '\n'))
		}
		return err
	}
	trace, err := e.service.Explain(ctx, e.snapshot, &why)
	if err != nil {
		return err
	}
	p := &printer{engine: e, language: r.Language, all: q.all}
	p.answer(answer, trace)
	if found != nil {
		p.record(found)
	}
	_, err = io.WriteString(std.out, p.String())
	return err
}

func parseQuestion(std streams, args []string) (*question, error) {
	f := newFlags(std, "recommend", "[flags]", recommendAbout)
	q := &question{form: output(f, "text", "json")}
	asker := &choice{"integrated", []string{"insurer", "provider", "integrated"}}
	f.StringVar(&q.ask.Text, "text", "", "the member's own `words`")
	f.StringVar(&q.ask.Topic, "topic", "", "what it is about, if known: sleep, medication, coverage …")
	f.Var(asker, "asker", "the `side` that asks: insurer, provider or integrated (both)")
	f.StringVar(&q.ask.Language, "language", "en", "language of the words, a BCP-47 `tag`")
	f.Var(&q.facts, "fact", "a fact as `name=value`, as often as needed; values of a set are separated by commas")
	f.StringVar(&q.file, "file", "", "a request as JSON, as POST /v1/recommendations takes it; - reads it from the input")
	f.StringVar(&q.fhir, "fhir", "", "the member's record as FHIR R4 `JSON`; - reads it from the input")
	f.StringVar(&q.content, "content", "", "a content `folder`; empty: the one that the program comes with")
	f.Var(&q.at, "at", "the `time` of the question; empty: now")
	f.BoolVar(&q.all, "all", false, "print every rule that fitted or almost did, and what of --fhir was left out")
	rest, err := parseArgs(f, args)
	if err != nil {
		return nil, err
	}
	if len(rest) > 0 {
		return nil, badArguments("recommend takes flags only; put the question into quotes after --text")
	}
	if utf8.RuneCountInString(q.ask.Text) > maxText {
		return nil, badArguments("--text has more than %d characters", maxText)
	}
	q.ask.Asker = asker.value
	if q.fhir != "" && !given(f, "language") {
		q.ask.Language = "" // the one that the record prefers
	}
	if q.fhir != "" && q.file != "" {
		return nil, badArguments("--file holds the whole request; leave out --fhir")
	}
	if q.file != "" && (q.ask.Text != "" || q.ask.Topic != "" || len(q.facts) > 0) {
		return nil, badArguments("--file holds the whole request; leave out --text, --topic and --fact")
	}
	return q, nil
}

// given reports whether a flag was written.
func given(f *flag.FlagSet, name string) (yes bool) {
	f.Visit(func(one *flag.Flag) { yes = yes || one.Name == name })
	return yes
}

// request is the question from the file, or from the flags.
func (q *question) request(e *engine) (*recommend.Request, error) {
	if q.file != "" {
		return q.fromFile(e)
	}
	for _, written := range q.facts {
		if err := e.give(&q.ask, written); err != nil {
			return nil, err
		}
	}
	r, err := e.request(&q.ask)
	if err != nil {
		return nil, badArguments("%v", err)
	}
	return r, nil
}

func (q *question) fromFile(e *engine) (*recommend.Request, error) {
	in := io.Reader(os.Stdin)
	if q.file != "-" {
		f, err := os.Open(q.file)
		if err != nil {
			return nil, badArguments("%s can't be read", q.file)
		}
		defer f.Close()
		in = f
	}
	text, err := io.ReadAll(io.LimitReader(in, maxRequest+1))
	if err != nil || len(text) > maxRequest {
		return nil, badArguments("%s can't be read, or is longer than 1 MiB", q.file)
	}
	r, err := wire.RequestJSON(text, e.snapshot.Catalogue())
	if err != nil {
		return nil, badArguments("%s: %v", q.file, err)
	}
	return &r, nil
}

const (
	maxRequest = 1 << 20 // bytes of a file
	maxText    = 2000    // characters of --text, as over the API
)

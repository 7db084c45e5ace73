package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"github.com/rightvoice/rightvoice/rules/casefile"
	"github.com/rightvoice/rightvoice/server/drive"
)

const benchAbout = `
Drives a running server with the questions of cases and prints requests a second
and latencies. Without --rate every caller asks again as soon as it has an
answer (a closed loop). With --rate requests are due at that rate whether or not
the server keeps up, and latency counts from the instant a request was due.

  rightvoice bench                                        # gRPC, 127.0.0.1:9090
  rightvoice bench --url http://127.0.0.1:8080 --rate 2000 --duration 30s

Absolute figures belong to this machine: server and load share it. Compare
figures of one day and one machine only. Questions are asked at the time of the
server, not at that of their cases. Exit code 1 if nothing was answered.`

// Bounds of a load. An hour is more than a figure needs.
const (
	maxCallers  = 512
	maxDuration = time.Hour
)

// bench is what the flags of bench say.
type bench struct {
	addr, url     string
	content, file string
	tokenFile     string
	members       int
	warmup        time.Duration
	load          drive.Load
	options       drive.Options
	form          *choice
}

func runBench(ctx context.Context, std streams, args []string) error {
	b, err := parseBench(std, args)
	if err != nil {
		return err
	}
	cases, err := b.cases(std)
	if err != nil {
		return err
	}
	requests, done, err := b.requests(ctx, cases)
	if err != nil {
		return err
	}
	defer done()
	if err := requests[0](ctx); err != nil {
		return fmt.Errorf("the server at %s does not answer: %s", b.target(), drive.Kind(err))
	}
	if b.warmup > 0 {
		warm := drive.Load{Callers: b.load.Callers, Duration: b.warmup}
		warm.Run(ctx, requests, nil)
	}
	var sent atomic.Int64
	stop := progress(std, &sent, " requests")
	m := b.load.Run(ctx, requests, &sent)
	stop()
	if b.form.value == "json" {
		err = b.printJSON(std, m)
	} else {
		b.print(std, m)
	}
	if err == nil && m.Sent == m.Failed() {
		err = &exit{exitUnexpected, "nothing was answered"}
	}
	return err
}

func parseBench(std streams, args []string) (*bench, error) {
	f := newFlags(std, "bench", "[flags]", benchAbout)
	b := &bench{form: output(f, "text", "json")}
	f.StringVar(&b.addr, "addr", "127.0.0.1:9090", "the gRPC `address` to drive")
	f.StringVar(&b.url, "url", "", "the REST `URL` to drive instead, as in http://127.0.0.1:8080")
	f.StringVar(&b.content, "content", "", "a content `folder` whose cases are asked; empty: the one that the program comes with")
	f.StringVar(&b.file, "cases", "", "a `file` of cases to ask instead of all")
	f.IntVar(&b.members, "members", 1000, "how many `members` to ask about in turn; 0: nobody in particular, so that nothing is shared")
	f.IntVar(&b.load.Callers, "callers", 16, "how many `requests` may be under way at once")
	f.IntVar(&b.load.Requests, "requests", 0, "how many `requests` to send at most; 0: as many as there is time for")
	f.DurationVar(&b.load.Duration, "duration", 10*time.Second, "how `long` to send at most")
	f.Float64Var(&b.load.Rate, "rate", 0, "how many `requests` are due a second; 0: as many as the callers manage")
	f.DurationVar(&b.warmup, "warmup", time.Second, "how `long` to send before, uncounted")
	f.DurationVar(&b.options.Timeout, "timeout", 5*time.Second, "how `long` to wait for an answer")
	f.BoolVar(&b.options.AllowRemote, "allow-remote", false, "drive a server on another machine, over TLS, which its owner must have agreed to")
	f.StringVar(&b.tokenFile, "token-file", "", "a `file` that holds a bearer token")
	rest, err := parseArgs(f, args)
	if err != nil {
		return nil, err
	}
	if len(rest) > 0 {
		return nil, badArguments("bench takes flags only")
	}
	return b, b.check()
}

func (b *bench) check() error {
	switch l := b.load; {
	case l.Callers < 1 || l.Callers > maxCallers:
		return badArguments("--callers can be 1 to %d", maxCallers)
	case l.Duration <= 0 || l.Duration > maxDuration:
		return badArguments("--duration can be up to %s", maxDuration)
	case b.warmup < 0 || b.warmup > maxDuration:
		return badArguments("--warmup can be up to %s", maxDuration)
	case l.Requests < 0 || b.members < 0 || l.Rate < 0 || l.Rate > 1e7:
		return badArguments("--requests, --members and --rate can't be below 0, and --rate not above ten million")
	case b.options.Timeout <= 0:
		return badArguments("--timeout must be above 0")
	}
	b.options.Connections = b.load.Callers
	if b.tokenFile == "" {
		return nil
	}
	token, err := os.ReadFile(b.tokenFile)
	if err != nil {
		return badArguments("%s can't be read", b.tokenFile)
	}
	b.options.Token = strings.TrimSpace(string(token))
	return nil
}

// cases are those to ask.
func (b *bench) cases(std streams) ([]casefile.Case, error) {
	e, err := newEngine(std, b.content, time.Now())
	if err != nil {
		return nil, err
	}
	files := e.revision.Files
	if b.file != "" {
		if files, err = onlyCases(b.file); err != nil {
			return nil, err
		}
	}
	cases, problems := casefile.Load(files, e.revision.Set)
	if err := unusable(std, b.content, problems); err != nil {
		return nil, err
	}
	if len(cases) == 0 {
		return nil, badArguments("there are no cases to ask")
	}
	return cases, nil
}

// requests makes the cases ready for the server. The function closes what they
// use.
func (b *bench) requests(ctx context.Context, cases []casefile.Case) ([]drive.Request, func(), error) {
	if b.url != "" {
		to, err := drive.REST(ctx, b.url, b.options)
		if err != nil {
			return nil, nil, refusedAddress(err)
		}
		all, err := drive.Requests(to, cases, b.members)
		return all, func() { to.Close() }, err
	}
	to, err := drive.GRPC(ctx, b.addr, b.options)
	if err != nil {
		return nil, nil, refusedAddress(err)
	}
	all, err := drive.Requests(to, cases, b.members)
	return all, func() { to.Close() }, err
}

func refusedAddress(err error) error {
	if errors.Is(err, drive.ErrRemote) {
		return badArguments("%v; --allow-remote drives it all the same", err)
	}
	return badArguments("%v", err)
}

func (b *bench) target() string {
	if b.url != "" {
		return b.url
	}
	return b.addr
}

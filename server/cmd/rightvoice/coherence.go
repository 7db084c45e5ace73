package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/rightvoice/rightvoice/server/app"
	"github.com/rightvoice/rightvoice/server/coherence"
	"github.com/rightvoice/rightvoice/server/config"
	"github.com/rightvoice/rightvoice/server/drive"
)

const coherenceAbout = `
Shows that both sides hear one voice: replays a day of feed events and of
questions from the insurer (REST) and the provider (gRPC) over two servers and
one Redis, and counts the answers that should not have been:

  redis-server --port 6390 --save '' &
  rightvoice coherence --redis-url redis://127.0.0.1:6390

It starts two servers of its own, with a clock that runs through the day, so
that facts end. They use a secret of this run, and forget its members at the
end; shared decisions that their clock has left behind end by themselves within
minutes. With --server, twice, it asks servers that run already and share a Redis;
time is then the real one. The same seed makes the same day. Exit code 9 if
there is a divergence.`

const noRedis = `coherence needs a Redis that both servers share. Start one for this run:

  redis-server --port 6390 --save ''
  rightvoice coherence --redis-url redis://127.0.0.1:6390`

// coherenceRun is what the flags of coherence say.
type coherenceRun struct {
	redis, content, tokenFile string
	servers                   list
	keep                      bool
	remote                    bool
	options                   coherence.Options
	form                      *choice

	world   coherence.World
	close   []func() error
	forgets []func(ctx context.Context, member string) error
}

func runCoherence(ctx context.Context, std streams, args []string) (err error) {
	c, err := parseCoherence(std, args)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.end()) }()
	if err := c.build(ctx, std); err != nil {
		return err
	}
	var done atomic.Int64
	c.options.Step = func(n, of int) { done.Store(int64(100 * n / of)) }
	stop := progress(std, &done, "% of the day")
	report, err := coherence.Run(ctx, c.world, c.options)
	stop()
	if err == nil && !c.keep {
		err = c.forget(ctx, report.Members)
	}
	if err != nil {
		return err
	}
	if c.form.value == "json" {
		err = printCoherenceJSON(std, report)
	} else {
		printCoherence(std, report)
	}
	if err == nil && report.Divergences() > 0 {
		err = &exit{code: exitCoherence}
	}
	return err
}

func parseCoherence(std streams, args []string) (*coherenceRun, error) {
	f := newFlags(std, "coherence", "[flags]", coherenceAbout)
	c := &coherenceRun{form: output(f, "text", "json")}
	f.IntVar(&c.options.Members, "members", 10_000, "how many `members` the day is about")
	f.Uint64Var(&c.options.Seed, "seed", 1, "a `number` that fixes the day")
	f.IntVar(&c.options.Steps, "steps", 96, "in how many `steps` the day goes")
	f.IntVar(&c.options.Callers, "callers", 8, "how many `questions` may be under way at once, besides those that follow an event")
	f.DurationVar(&c.options.Patience, "patience", 5*time.Second, "how `long` to ask again after an event until everybody answers by it")
	f.StringVar(&c.redis, "redis-url", "", "the Redis that two servers of this run share, a `URL`")
	f.Var(&c.servers, "server", "a running server instead, as `grpc-address,rest-url`; give it twice")
	f.StringVar(&c.content, "content", "", "the content `folder` of the servers; empty: the one that the program comes with")
	f.StringVar(&c.tokenFile, "token-file", "", "a `file` that holds a bearer token for running servers")
	f.BoolVar(&c.remote, "allow-remote", false, "running servers may be on other machines, whose owners must have agreed to the load")
	f.BoolVar(&c.keep, "keep", false, "do not forget the members of the run at its end")
	rest, err := parseArgs(f, args)
	switch o := c.options; {
	case err != nil:
		return nil, err
	case len(rest) > 0:
		return nil, badArguments("coherence takes flags only")
	case o.Members < 1 || o.Members > 1_000_000 || o.Steps < 1 || o.Steps > 1440 || o.Callers < 1 || o.Callers > maxCallers:
		return nil, badArguments("--members can be 1 to a million, --steps 1 to 1440, --callers 1 to %d", maxCallers)
	case len(c.servers) == 0 && c.redis == "":
		return nil, badArguments("%s", noRedis)
	case len(c.servers) > 0 && (c.redis != "" || len(c.servers) < 2):
		return nil, badArguments("give --redis-url, or --server twice")
	}
	return c, nil
}

// build makes the world to look at.
func (c *coherenceRun) build(ctx context.Context, std streams) error {
	now := time.Now()
	if len(c.servers) == 0 {
		c.options.Day = now.UTC().Truncate(24 * time.Hour)
		now = c.options.Day
	}
	e, err := newEngine(std, c.content, now)
	if err != nil {
		return err
	}
	c.world = coherence.World{Set: e.revision.Set, Revision: e.revision.ID, Tenant: "coherence", Prefix: "member-" + strings.ToLower(rand.Text()[:8])}
	if len(c.servers) == 0 {
		return c.start(ctx, std)
	}
	c.world.Clock = realClock{}
	options := drive.Options{AllowRemote: c.remote, Timeout: 10 * time.Second}
	if c.tokenFile != "" {
		token, err := os.ReadFile(c.tokenFile)
		if err != nil {
			return badArguments("%s can't be read", c.tokenFile)
		}
		options.Token = strings.TrimSpace(string(token))
	}
	for _, s := range c.servers {
		grpc, rest, ok := strings.Cut(s, ",")
		if !ok {
			return badArguments("--server is grpc-address,rest-url, as in 127.0.0.1:9090,http://127.0.0.1:8080")
		}
		if err := c.add(ctx, grpc, rest, options); err != nil {
			return refusedAddress(err)
		}
	}
	return nil
}

// start runs two servers with one clock and one Redis.
func (c *coherenceRun) start(ctx context.Context, std streams) error {
	clock := &dayClock{}
	clock.Set(c.options.Day)
	c.world.Clock = clock
	cfg := config.Default()
	cfg.GRPCAddr, cfg.HTTPAddr, cfg.DrainDelay, cfg.LogLevel, cfg.Content = "127.0.0.1:0", "127.0.0.1:0", 0, "error", c.content
	cfg.RedisURL, cfg.Key = config.NewSecret(c.redis), config.NewSecret(rand.Text()+rand.Text())
	cfg.RedisBudget, cfg.RequestTimeout = time.Second, 10*time.Second // one machine does everything here
	for range 2 {
		a, err := app.New(cfg, app.Options{LogTo: std.err, Version: version(), Now: clock.Now})
		if err != nil {
			return err
		}
		running, stop := context.WithCancel(context.WithoutCancel(ctx))
		ended := make(chan error, 1)
		go func() { ended <- a.Run(running) }()
		c.close = append(c.close, func() error { stop(); return <-ended })
		if err := c.add(ctx, a.GRPCAddr(), "http://"+a.HTTPAddr(), drive.Options{Timeout: 10 * time.Second}); err != nil {
			return err
		}
	}
	return nil
}

// add makes the voices and the feed of one server.
func (c *coherenceRun) add(ctx context.Context, grpc, rest string, o drive.Options) error {
	provider, err := drive.GRPC(ctx, grpc, o)
	if err != nil {
		return err
	}
	insurer, err := drive.REST(ctx, rest, o)
	if err != nil {
		return errors.Join(err, provider.Close())
	}
	c.close = append(c.close, provider.Close, insurer.Close)
	n := len(c.world.Feeds) + 1
	c.world.Feeds = append(c.world.Feeds, insurer.Tell)
	c.world.Voices = append(c.world.Voices,
		coherence.Voice{Name: fmt.Sprintf("the insurer at server %d", n), Side: "insurer", Hear: insurer.Hear},
		coherence.Voice{Name: fmt.Sprintf("the provider at server %d", n), Side: "provider", Hear: provider.Hear})
	c.forgets = append(c.forgets, func(ctx context.Context, member string) error { return insurer.Forget(ctx, c.world.Tenant, member) })
	return nil
}

// forget has all members of the run forgotten.
func (c *coherenceRun) forget(ctx context.Context, members int) error {
	var next atomic.Int64
	var all sync.WaitGroup
	errs := make([]error, c.options.Callers)
	for i := range errs {
		all.Go(func() {
			for n := int(next.Add(1) - 1); n < members && errs[i] == nil; n = int(next.Add(1) - 1) {
				errs[i] = c.forgets[n%len(c.forgets)](ctx, fmt.Sprintf("%s-%d", c.world.Prefix, n))
			}
		})
	}
	all.Wait()
	return errors.Join(errs...)
}

// end closes what was opened, the last first.
func (c *coherenceRun) end() error {
	var errs []error
	for i := len(c.close) - 1; i >= 0; i-- {
		errs = append(errs, c.close[i]())
	}
	return errors.Join(errs...)
}

// dayClock stands still until it is set.
type dayClock struct{ now atomic.Int64 }

func (c *dayClock) Now() time.Time  { return time.Unix(0, c.now.Load()).UTC() }
func (c *dayClock) Set(t time.Time) { c.now.Store(t.UnixNano()) }

// realClock is that of this machine.
type realClock struct{}

func (realClock) Now() time.Time { return time.Now() }
func (realClock) Set(time.Time)  {}

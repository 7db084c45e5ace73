package app

import (
	"context"
	"errors"
	"net/http"
	"os"
	"runtime/debug"
	"sync"
	"time"
)

// Run serves until ctx ends, and then drains: health says so first, requests
// are still taken for a moment, those on the way are finished, and whatever is
// left when the limit is over is cut off. It returns an error if the server
// could not go on, or did not drain in time.
func (a *App) Run(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	failed := make(chan error, 2)
	go func() { failed <- a.grpc.Serve(a.grpcListener) }()
	go func() {
		if err := a.serveHTTP(); !errors.Is(err, http.ErrServerClosed) {
			failed <- err
		}
	}()
	a.background.Go(func() { a.follow(ctx) })
	if a.gate != nil {
		go a.gate.Watch(ctx)
	}
	a.setServing(true)
	a.background.Go(func() { a.watchReady(ctx) })
	a.tel.Log.Info("serving", "grpc", a.GRPCAddr(), "http", a.HTTPAddr(), "revision", a.service.Current("").ID(), "redis", !a.cfg.RedisURL.Empty())
	go a.warm()

	var err error
	select {
	case <-ctx.Done():
	case err = <-failed:
		a.tel.Log.Error("a listener failed", "cause", err.Error())
	}
	stop()
	return errors.Join(err, a.drain())
}

// warm makes ready what only bad requests need, after the first good one could
// be answered.
func (a *App) warm() {
	if err := a.validator.Warm(); err != nil {
		a.tel.Log.Error("the validation rules do not compile", "cause", err.Error())
	}
}

// errCutOff means that requests were still on the way when the limit was over.
var errCutOff = errors.New("requests were cut off because draining took too long")

// drain ends the server.
func (a *App) drain() error {
	a.setServing(false)
	a.leaving.Store(true)
	close(a.left)
	a.tel.Log.Info("draining", "limit", a.cfg.DrainTimeout.String())
	limit, cancel := context.WithTimeout(context.Background(), a.cfg.DrainTimeout)
	defer cancel()
	wait(limit, a.cfg.DrainDelay)

	var done sync.WaitGroup
	var httpErr error
	done.Go(func() { httpErr = a.http.Shutdown(limit) })
	done.Go(func() { a.stopGRPC(limit) })
	done.Wait()
	var err error
	if httpErr != nil || limit.Err() != nil {
		_ = a.http.Close() // what Shutdown could not end
		err = errCutOff
	}
	a.background.Wait()
	if lost := a.Close(); lost != nil {
		a.tel.Log.Warn("not everything could be written at the end", "cause", lost.Error())
	}
	a.tel.Log.Info("stopped", "clean", err == nil)
	return err
}

// stopGRPC lets calls end, until the limit.
func (a *App) stopGRPC(limit context.Context) {
	ended := make(chan struct{})
	go func() {
		a.grpc.GracefulStop()
		close(ended)
	}()
	select {
	case <-ended:
	case <-limit.Done():
		a.grpc.Stop()
		<-ended
	}
}

// wait waits for d, or until ctx ends.
func wait(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// TuneRuntime sets the garbage collector for a server: it runs less often than
// by default, which is worth a sixth of the requests, under a soft limit of
// memory. What GOGC and GOMEMLIMIT say comes first.
func TuneRuntime(limitMiB int) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(int64(limitMiB) << 20)
	}
}

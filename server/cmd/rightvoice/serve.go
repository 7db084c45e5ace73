package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"runtime/debug"
	"slices"

	"github.com/rightvoice/rightvoice/server/app"
	"github.com/rightvoice/rightvoice/server/config"
)

// runServe runs the service until it is told to stop.
func runServe(ctx context.Context, std streams, args []string) error {
	if slices.Contains(args, "--help-config") || slices.Contains(args, "-help-config") {
		fmt.Fprint(std.out, config.Reference())
		return nil
	}
	cfg, err := config.Parse(args, std.out)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	if err != nil {
		return badArguments("%v", err)
	}
	app.TuneRuntime(cfg.MemoryLimit)
	a, err := app.New(cfg, app.Options{LogTo: std.err, Version: version()})
	if err != nil {
		return err
	}
	fmt.Fprintf(std.out, "rightvoice serves REST on http://%s and gRPC on %s. Stop with Ctrl-C.\n", a.HTTPAddr(), a.GRPCAddr())
	return a.Run(ctx)
}

// version is the version of this program, as the build knows it.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(unknown)"
}

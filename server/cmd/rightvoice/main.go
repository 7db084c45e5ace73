// Command rightvoice answers who should speak to a member now, about what, and
// with which words. It runs the service and the tools of those who write its
// content: see `rightvoice help`.
//
// In: a subcommand and its flags. Out: what the subcommand prints, and an exit
// code of its own for each kind of finding (exit.go).
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// streams are where a command prints: its result, and everything else.
type streams struct{ out, err io.Writer }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, streams{os.Stdout, os.Stderr}, os.Args[1:])
	stop()
	os.Exit(code)
}

// run finds the subcommand, runs it and turns its error into an exit code.
func run(ctx context.Context, std streams, args []string) int {
	if len(args) == 0 {
		args = []string{"help"}
	}
	for _, c := range commands() {
		if c.name == args[0] {
			return exitCode(std, c.run(ctx, std, args[1:]))
		}
	}
	fmt.Fprintf(std.err, "rightvoice: there is no such command%s\n\n%s", didYouMean(args[0]), usage())
	return exitUsage
}

package main

import (
	"context"
	"flag"
	"fmt"
	"runtime/debug"
	"strings"
)

// command is one subcommand. Its run gets the arguments after its name and
// returns nil, an error to print, or an exit with a code of its own.
type command struct {
	name  string
	about string
	run   func(ctx context.Context, std streams, args []string) error
}

func commands() []command {
	return []command{
		{"serve", "run the service: REST, gRPC, health and metrics", runServe},
		{"recommend", "answer one question: who should speak, with what words, and why", runRecommend},
		{"check", "check a content folder: types, references, words", runCheck},
		{"test", "run the cases of a content folder", runTest},
		{"prove", "prove a content folder for every possible member", runProve},
		{"diff", "tell which members two content folders answer differently", runDiff},
		{"score", "answer a labelled corpus and count what is right", runScore},
		{"audit", "verify or list the log of who changed what", runAudit},
		{"codes", "take AHRQ's table of chronic conditions in place of the built-in one", runCodes},
		{"bench", "drive a running server, and print requests a second and latencies", runBench},
		{"coherence", "replay a day over two servers, and count where two sides heard two voices", runCoherence},
		{"token", "make a token for --auth-file", runToken},
		{"help", "print this, or the flags of a command: rightvoice help recommend", runHelp},
		{"version", "print the version of this program", runVersion},
	}
}

func usage() string {
	var b strings.Builder
	b.WriteString("rightvoice: who should speak to this member now, about this, and with what words?\n\nUsage: rightvoice <command> [flags]\n\n")
	for _, c := range commands() {
		fmt.Fprintf(&b, "  %-10s %s\n", c.name, c.about)
	}
	b.WriteString("\nExit codes: 0 ok, 1 unexpected, 2 bad arguments, 3 check, 4 test, 5 prove,\n6 diff above --max-changed, 7 score below a floor, 8 audit,\n9 coherence.\n")
	return b.String()
}

func runHelp(ctx context.Context, std streams, args []string) error {
	if len(args) == 0 {
		fmt.Fprint(std.out, usage())
		return nil
	}
	for _, c := range commands() {
		if c.name == args[0] && c.name != "help" && c.name != "version" {
			return c.run(ctx, streams{std.out, std.out}, []string{"-help"})
		}
	}
	return badArguments("there is no help on that%s", didYouMean(args[0]))
}

func runVersion(_ context.Context, std streams, args []string) error {
	if len(args) > 0 {
		return badArguments("version takes no arguments")
	}
	version, revision := "(unknown)", ""
	if info, ok := debug.ReadBuildInfo(); ok {
		version = info.Main.Version
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				revision = " " + s.Value
			}
		}
	}
	fmt.Fprintf(std.out, "rightvoice %s%s\n", version, revision)
	return nil
}

// newFlags starts a command's flags. What stands in about is printed above
// them when the command is asked for help.
func newFlags(std streams, name, line, about string) *flag.FlagSet {
	f := flag.NewFlagSet(name, flag.ContinueOnError)
	f.SetOutput(std.err)
	f.Usage = func() {
		fmt.Fprintf(f.Output(), "Usage: rightvoice %s %s\n\n%s\n\nFlags:\n", name, line, strings.TrimSpace(about))
		f.PrintDefaults()
	}
	return f
}

// didYouMean names the command that starts alike, if there is one.
func didYouMean(typed string) string {
	for _, c := range commands() {
		if len(typed) > 1 && (strings.HasPrefix(c.name, typed) || strings.HasPrefix(typed, c.name) || c.name[:2] == typed[:2]) {
			return fmt.Sprintf(" (did you mean %q?)", c.name)
		}
	}
	return ""
}

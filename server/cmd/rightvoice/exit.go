package main

import (
	"errors"
	"flag"
	"fmt"
)

// Exit codes, one for each kind of finding, so that a script can tell content
// that is wrong from a tool that failed.
const (
	exitOK         = 0
	exitUnexpected = 1
	exitUsage      = 2
	exitCheck      = 3 // check found an error
	exitTest       = 4 // a case failed
	exitProve      = 5 // prove found something
	exitDiff       = 6 // more is answered differently than --max-changed
	exitScore      = 7 // a score is below its floor
	exitAudit      = 8 // the change log is not whole
	exitCoherence  = 9 // two sides heard two voices
)

// exit is an error with a code of its own. Without a message, everything there
// is to say has been printed.
type exit struct {
	code    int
	message string
}

func (e *exit) Error() string { return e.message }

func badArguments(format string, args ...any) error {
	return &exit{exitUsage, fmt.Sprintf(format, args...)}
}

// parseError marks what a FlagSet refused. The FlagSet has printed it already.
func parseError(err error) error {
	if errors.Is(err, flag.ErrHelp) {
		return err
	}
	return &exit{code: exitUsage}
}

func exitCode(std streams, err error) int {
	var e *exit
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return exitOK
	case errors.As(err, &e):
		if e.message != "" {
			fmt.Fprintf(std.err, "rightvoice: %s\n", e.message)
		}
		return e.code
	default:
		fmt.Fprintf(std.err, "rightvoice: %v\n", err)
		return exitUnexpected
	}
}

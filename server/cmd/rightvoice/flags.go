package main

import (
	"flag"
	"fmt"
	"slices"
	"strings"
	"time"
)

// parseArgs parses flags that may stand before, between and after the other
// arguments, which it returns.
func parseArgs(f *flag.FlagSet, args []string) ([]string, error) {
	var rest []string
	for {
		if err := f.Parse(args); err != nil {
			return nil, parseError(err)
		}
		if f.NArg() == 0 {
			return rest, nil
		}
		rest = append(rest, f.Arg(0))
		args = f.Args()[1:]
	}
}

// choice is a flag that takes one of a few words.
type choice struct {
	value   string
	allowed []string
}

func (c *choice) String() string { return c.value }

func (c *choice) Set(v string) error {
	if !slices.Contains(c.allowed, v) {
		return fmt.Errorf("it can be %s", strings.Join(c.allowed, ", "))
	}
	c.value = v
	return nil
}

// output adds the flag -o, whose first form is the default.
func output(f *flag.FlagSet, forms ...string) *choice {
	c := &choice{forms[0], forms}
	f.Var(c, "o", "how to print, as a `form`: "+strings.Join(forms, ", "))
	return c
}

// list is a flag that may be given many times.
type list []string

func (l *list) String() string { return strings.Join(*l, " ") }

func (l *list) Set(v string) error {
	*l = append(*l, v)
	return nil
}

// moment is a flag that takes a time or a day.
type moment struct{ time.Time }

func (m *moment) String() string {
	if m.IsZero() {
		return ""
	}
	return m.Format(time.RFC3339)
}

func (m *moment) Set(v string) error {
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, v); err == nil {
			m.Time = t
			return nil
		}
	}
	return fmt.Errorf("write a time like 2026-03-01T10:00:00-05:00 or a day like 2026-03-01")
}

func (m *moment) orNow() time.Time {
	if m.IsZero() {
		return time.Now()
	}
	return m.Time
}

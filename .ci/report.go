// Command report reads `go test -json` from its input, prints a line for each
// package and the output of tests that failed or were left out, and adds a line
// "passed failed skipped" to the file named as its argument, after a line "# …"
// for each failure. It exits with 1 if anything failed.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"strings"
)

// event is one line of go test -json.
type event struct {
	Action     string
	Package    string
	ImportPath string // of build events
	Test       string
	Elapsed    float64
	Output     string
}

// report is what has been seen so far.
type report struct {
	passed, skipped int
	failed          []string
	output          map[string][]string // by package, a space and test
	broken          map[string]bool     // packages with a failed test
	ran             map[string]bool     // packages with any test
}

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: go test -json … | report COUNTS")
	}
	r := &report{output: map[string][]string{}, broken: map[string]bool{}, ran: map[string]bool{}}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		r.line(lines.Bytes())
	}
	if err := lines.Err(); err != nil {
		log.Fatal(err)
	}
	if err := r.save(os.Args[1]); err != nil {
		log.Fatal(err)
	}
	if len(r.failed) > 0 {
		os.Exit(1)
	}
}

func (r *report) save(path string) error {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	for _, name := range r.failed {
		fmt.Fprintln(f, "#", name)
	}
	fmt.Fprintln(f, r.passed, len(r.failed), r.skipped)
	return f.Close()
}

func (r *report) line(line []byte) {
	var e event
	if json.Unmarshal(line, &e) != nil { // what go itself had to say
		fmt.Printf("%s\n", line)
		return
	}
	key := e.Package + " " + e.Test
	switch {
	case e.Action == "build-output":
		fmt.Print(e.Output)
	case e.Action == "output":
		r.output[key] = append(r.output[key], e.Output)
	case e.Test != "":
		r.ran[e.Package] = true
		r.test(e, key)
	case e.Action == "pass" || e.Action == "skip" || e.Action == "fail":
		r.pkg(e, key)
	}
}

func (r *report) test(e event, key string) {
	switch e.Action {
	case "pass":
		r.passed++
	case "skip":
		r.skipped++
		r.print(key)
	case "fail":
		r.failed = append(r.failed, e.Test+" in "+e.Package)
		r.broken[e.Package] = true
		r.print(key)
	default:
		return
	}
	delete(r.output, key)
}

// pkg closes a package. One that failed without a failed test did not build,
// panicked or ran out of time: that counts as a failure of its own.
func (r *report) pkg(e event, key string) {
	if e.Action == "fail" && !r.broken[e.Package] {
		r.failed = append(r.failed, e.Package)
		for k := range r.output {
			if strings.HasPrefix(k, e.Package+" ") {
				r.print(k)
			}
		}
	}
	if r.ran[e.Package] || e.Action == "fail" {
		fmt.Printf("%-4s %s %.1fs\n", e.Action, e.Package, e.Elapsed)
	}
	delete(r.output, key)
}

func (r *report) print(key string) {
	for _, line := range r.output[key] {
		fmt.Print(line)
	}
}

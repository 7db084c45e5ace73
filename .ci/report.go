// Command report runs `go test -json` with the arguments after the first, prints
// a line for each package and the output of tests that failed or were left out,
// and adds a line "passed failed skipped" to the file named as the first argument,
// after a line "# …" for each failure. It exits with 0 if it could do that,
// whatever became of the tests.
//
// Many tests talk to real servers, on machines that others use too. Up to three
// tests that failed are therefore run a second time, each alone; one that passes
// then is named in a line "~ …". Data races, panics and packages that do not
// build are never tried again.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"os/exec"
	"slices"
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

// mostRetried bounds the tests that are run again: more of them did not fail by
// chance.
const mostRetried = 3

// report is what has been seen so far.
type report struct {
	passed, skipped int
	failed          []failure
	unsteady        []string
	output          map[string][]string // by package, a space and test
	broken          map[string]bool     // packages with a failed test
	wrecked         map[string]bool     // packages with a data race or a panic
	ran             map[string]bool     // packages with any test
}

// failure is a test, or with no name a package, that failed.
type failure struct{ test, pkg string }

func (f failure) String() string {
	if f.test == "" {
		return f.pkg
	}
	return f.test + " in " + f.pkg
}

// whole is the test that a subtest is part of.
func (f failure) whole() failure {
	name, _, _ := strings.Cut(f.test, "/")
	return failure{name, f.pkg}
}

func main() {
	log.SetFlags(0)
	if len(os.Args) < 4 {
		log.Fatal("usage: report COUNTS FLAG… -- PACKAGE…")
	}
	at := slices.Index(os.Args, "--")
	flags, pkgs := os.Args[2:at], os.Args[at+1:]
	r := &report{output: map[string][]string{}, broken: map[string]bool{}, wrecked: map[string]bool{}, ran: map[string]bool{}}
	if err := r.run(flags, pkgs); err != nil {
		log.Fatal(err)
	}
	r.retry(flags)
	if err := r.save(os.Args[1]); err != nil {
		log.Fatal(err)
	}
}

// run runs the tests and reads what go says of them.
func (r *report) run(flags, pkgs []string) error {
	tests := exec.Command("go", slices.Concat([]string{"test", "-json"}, flags, pkgs)...)
	out, err := tests.StdoutPipe()
	if err != nil {
		return err
	}
	tests.Stderr = os.Stdout
	if err := tests.Start(); err != nil {
		return err
	}
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		r.line(lines.Bytes())
	}
	if err := lines.Err(); err != nil {
		return err
	}
	if err := tests.Wait(); err != nil && len(r.failed) == 0 {
		r.failed = append(r.failed, failure{pkg: "go test: " + err.Error()})
	}
	return nil
}

// retry runs tests that failed once more, by themselves.
func (r *report) retry(flags []string) {
	var tests []failure
	for _, f := range r.failed {
		if f.test == "" || r.wrecked[f.pkg] {
			return
		}
		if w := f.whole(); !slices.Contains(tests, w) {
			tests = append(tests, w)
		}
	}
	if len(tests) > mostRetried {
		return
	}
	for _, f := range tests {
		fmt.Printf("once more: %s\n", f)
		again := exec.Command("go", slices.Concat([]string{"test", "-count=1"}, flags, []string{"-run", "^" + f.test + "$", f.pkg})...)
		out, err := again.CombinedOutput()
		fmt.Printf("%s", out)
		if err != nil {
			continue
		}
		before := len(r.failed)
		r.failed = slices.DeleteFunc(r.failed, func(o failure) bool { return o.whole() == f })
		r.passed += before - len(r.failed)
		r.unsteady = append(r.unsteady, f.String())
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
	for _, name := range r.unsteady {
		fmt.Fprintln(f, "~", name)
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
		if strings.Contains(e.Output, "WARNING: DATA RACE") || strings.HasPrefix(e.Output, "panic: ") {
			r.wrecked[e.Package] = true
		}
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
		r.failed = append(r.failed, failure{e.Test, e.Package})
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
		r.failed = append(r.failed, failure{pkg: e.Package})
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

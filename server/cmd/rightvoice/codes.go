package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/rules/intake/icd10"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

const codesAbout = `
Reads AHRQ's table of chronic conditions, says which diagnoses are taken
otherwise with it, and puts it into a content folder in place of the built-in
table:

  rightvoice codes import CCIR_v2026-1.csv                   # only says
  rightvoice codes import CCIR_v2026-1.csv --content DIR     # writes DIR/icd10cm.csv

FILE is the CSV that AHRQ publishes: the Chronic Condition Indicator Refined for
ICD-10-CM (from v2023), its beta (v2021), or the older ones. Without --content
the table is compared with the built-in one. Heart attacks, strokes and flares
stay acute, and groups such as diabetes stay what they are. The written file is
part of the revision; delete it to go back. Exit code 3 if a line of the file,
or the folder, can't be used.`

// codesImport is a run of codes import.
type codesImport struct {
	file, dir string
	examples  int

	read   *icd10.CCI
	before codesTable
	after  codesTable
	diff   []icd10.Change
}

// codesTable is a table in force and where it comes from.
type codesTable struct {
	table    *icd10.Table
	from     string // "the built-in table", or a file
	revision string // of the content it is in, if that is in order
}

func runCodes(_ context.Context, std streams, args []string) error {
	f := newFlags(std, "codes", "import [flags] FILE", codesAbout)
	form := output(f, "text", "json")
	r := &codesImport{}
	f.StringVar(&r.dir, "content", "", "the content `folder` to put the table into; empty: write nothing")
	f.IntVar(&r.examples, "examples", 5, "how many `codes` of each kind of change to print")
	rest, err := parseArgs(f, args)
	if err != nil {
		return err
	}
	if len(rest) != 2 || rest[0] != "import" || r.examples < 0 {
		return badArguments("write rightvoice codes import FILE")
	}
	r.file = rest[1]
	if err := r.run(std); err != nil {
		return err
	}
	if form.value == "json" {
		return r.printJSON(std)
	}
	r.print(std)
	return nil
}

func (r *codesImport) run(std streams) (err error) {
	if r.read, err = readCodes(r.file); err != nil {
		return err
	}
	if r.before, err = tableInForce(std, r.dir); err != nil {
		return err
	}
	r.after = codesTable{table: r.read.Table(), from: r.file}
	r.diff = icd10.Compare(r.before.table, r.after.table)
	if r.dir == "" {
		return nil
	}
	if err := writeCodes(r.dir, r.read); err != nil {
		return fmt.Errorf("%s: %w", r.dir, err)
	}
	written, err := tableInForce(std, r.dir)
	r.after.from, r.after.revision = written.from, written.revision
	return err
}

// readCodes reads a file of AHRQ. Its mistakes are printed as those of content
// are.
func readCodes(file string) (*icd10.CCI, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, badArguments("%s can't be read", file)
	}
	defer f.Close()
	var magic [4]byte
	if n, _ := f.ReadAt(magic[:], 0); string(magic[:n]) == "PK\x03\x04" {
		return nil, badArguments("%s is an archive; unpack it and name the .csv inside", file)
	}
	cci, err := icd10.ReadCCI(io.Reader(f))
	var syntax *icd10.SyntaxError
	if errors.As(err, &syntax) {
		return nil, &exit{exitCheck, fmt.Sprintf("%s:%d:%d: %s", file, syntax.Line, syntax.Col, syntax.Problem)}
	}
	return cci, err
}

// tableInForce is the table of a content folder, or the built-in one where no
// folder is named or its own table can't be read.
func tableInForce(std streams, dir string) (codesTable, error) {
	builtin := codesTable{table: icd10.Default(), from: "the built-in table"}
	if dir == "" {
		return builtin, nil
	}
	fsys, err := folder(dir)
	if err != nil {
		return builtin, err
	}
	rev, problems := content.Load(fsys, time.Now())
	switch elsewhere := slices.ContainsFunc(problems, func(p strictyaml.Problem) bool {
		return p.File != icd10.File && p.Severity == strictyaml.Error
	}); {
	case elsewhere:
		for _, p := range problems {
			fmt.Fprintln(std.err, place(dir, p))
		}
		return builtin, &exit{exitCheck, "this content can't be used; run rightvoice check"}
	case rev == nil: // the table it has is broken; this run replaces it
		return builtin, nil
	}
	if _, err := os.Stat(filepath.Join(dir, icd10.File)); err != nil {
		builtin.revision = rev.ID
		return builtin, nil
	}
	return codesTable{rev.Lexicon.Codes(), filepath.Join(dir, icd10.File), rev.ID}, nil
}

// writeCodes puts a table into a folder, at once or not at all. Until it is
// whole its name begins with a dot, and nothing reads it.
func writeCodes(dir string, cci *icd10.CCI) error {
	f, err := os.CreateTemp(dir, "."+icd10.File+"-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // gone already if all went well
	_, err = cci.WriteTo(f)
	if err = errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), filepath.Join(dir, icd10.File))
}

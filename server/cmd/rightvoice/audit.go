package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/rightvoice/rightvoice/server/audit"
)

const auditAbout = `
Looks at the log of who changed, approved, published or was refused what.

  verify  reads the whole log and tells what was altered, deleted, inserted,
          reordered or cut off, and where. What was cut off the end shows only
          against a checkpoint: --checkpoint names one that was kept elsewhere,
          without it the one beside the log is taken. Exit code 8 if the log is
          not whole.
  list    prints records, the newest first.

The program's own checkpoint and public key lie beside the log. Whoever can
write the log can replace them too: keep copies elsewhere.`

func runAudit(_ context.Context, std streams, args []string) error {
	f := newFlags(std, "audit", "verify|list [flags] DIR", auditAbout)
	a := &auditing{std: std, form: output(f, "text", "json")}
	f.StringVar(&a.checkpoint, "checkpoint", "", "verify: a `file` with a checkpoint of the log")
	f.StringVar(&a.publicKey, "public-key", "", "verify: a `file` with the key that signed it; empty: signing.pub in DIR")
	object := f.String("object", "", "list: only what is about this `id`")
	f.StringVar(&a.filter.Actor, "actor", "", "list: only what this `person` or program did")
	f.StringVar(&a.filter.Tenant, "tenant", "", "list: only of this `tenant`")
	action := f.String("action", "", "list: only these `actions`, separated by commas")
	from, until := &moment{}, &moment{}
	f.Var(from, "from", "list: only from this `time` on")
	f.Var(until, "until", "list: only before this `time`")
	f.Uint64Var(&a.filter.Before, "before", 0, "list: only records before this `number`")
	f.IntVar(&a.filter.Limit, "limit", 100, "list: the most `records`")
	rest, err := parseArgs(f, args)
	if err != nil {
		return err
	}
	if len(rest) != 2 {
		return badArguments("audit takes verify or list, and a folder")
	}
	a.dir, a.filter.Object.ID, a.filter.From, a.filter.Until = rest[1], *object, from.Time, until.Time
	if *action != "" {
		a.filter.Actions = strings.Split(*action, ",")
	}
	switch rest[0] {
	case "verify":
		return a.verify()
	case "list":
		return a.list()
	}
	return badArguments("audit takes verify or list, and a folder")
}

// auditing is one look at a log.
type auditing struct {
	std                        streams
	form                       *choice
	dir, checkpoint, publicKey string
	filter                     audit.Filter
}

func (a *auditing) verify() error {
	if a.publicKey == "" {
		a.publicKey = audit.PublicKeyFile(a.dir)
	}
	key, err := audit.ReadPublicKey(a.publicKey)
	if err != nil {
		return badArguments("the public key can't be read: %v", err)
	}
	file := a.checkpoint
	if file == "" {
		file = audit.CheckpointFile(a.dir)
	}
	checkpoint, err := audit.ReadCheckpoint(file)
	if err != nil && (a.checkpoint != "" || !errors.Is(err, fs.ErrNotExist)) {
		return badArguments("the checkpoint can't be read: %v", err)
	}
	report, err := audit.Verify(a.dir, key, checkpoint)
	if err != nil {
		return err
	}
	if a.form.value == "json" {
		err = a.reportJSON(report)
	} else {
		a.reportText(report, checkpoint)
	}
	if err == nil && !report.Whole() {
		err = &exit{code: exitAudit}
	}
	return err
}

// maxFindings bounds how many findings a person is shown.
const maxFindings = 50

func (a *auditing) reportText(r *audit.Report, c *audit.Checkpoint) {
	out := a.std.out
	for i, f := range r.Findings {
		if i == maxFindings {
			fmt.Fprintf(out, "… and %d more\n", len(r.Findings)-i)
			break
		}
		fmt.Fprintln(out, f)
	}
	fmt.Fprintf(out, "log %x: %s in %s, signed up to record %d\n", r.LogID, count(int(r.Records), "record", "records"), count(r.Segments, "segment", "segments"), r.Signed)
	switch {
	case !r.Whole():
		fmt.Fprintln(out, "NOT WHOLE")
	case c == nil:
		fmt.Fprintln(out, "whole; without a checkpoint nobody can tell whether the end was cut off")
	case a.checkpoint == "":
		fmt.Fprintln(out, "whole, by the checkpoint beside it; one that was kept elsewhere proves more")
	default:
		fmt.Fprintln(out, "whole")
	}
}

func (a *auditing) reportJSON(r *audit.Report) error {
	type finding struct {
		Fault  string `json:"fault"`
		File   string `json:"file,omitempty"`
		Offset int64  `json:"offset"`
		First  uint64 `json:"firstRecord,omitempty"`
		Last   uint64 `json:"lastRecord,omitempty"`
	}
	out := struct {
		LogID    string    `json:"logId"`
		Whole    bool      `json:"whole"`
		Records  uint64    `json:"records"`
		Signed   uint64    `json:"signedUpTo"`
		Segments int       `json:"segments"`
		Findings []finding `json:"findings"`
	}{fmt.Sprintf("%x", r.LogID), r.Whole(), r.Records, r.Signed, r.Segments, []finding{}}
	for _, f := range r.Findings {
		out.Findings = append(out.Findings, finding{f.Fault.String(), f.File, f.Offset, f.First, f.Last})
	}
	return printJSON(a.std, out)
}

func (a *auditing) list() error {
	records, err := audit.List(a.dir, a.filter)
	if err != nil {
		return err
	}
	if a.form.value == "json" {
		return a.listJSON(records)
	}
	for _, r := range records {
		fmt.Fprintf(a.std.out, "%d  %s  %s", r.Seq, r.At.Format(time.RFC3339), orKind(&r))
		for _, o := range r.Objects {
			fmt.Fprintf(a.std.out, " %s %s", o.Kind, o.ID)
		}
		if r.Actor != "" {
			fmt.Fprintf(a.std.out, "  by %s", r.Actor)
		}
		if r.Tenant != "" {
			fmt.Fprintf(a.std.out, " for %s", r.Tenant)
		}
		fmt.Fprintf(a.std.out, ": %s\n", strings.TrimSpace(r.Outcome.String()+" "+r.Reason))
	}
	return nil
}

// orKind is the action of a record, or its kind if it is about the log itself.
func orKind(r *audit.Record) string {
	if r.Action == "" {
		return r.Kind.String()
	}
	return r.Action
}

func (a *auditing) listJSON(records []audit.Record) error {
	type object struct {
		Kind string `json:"kind"`
		ID   string `json:"id"`
	}
	type record struct {
		Seq     uint64   `json:"record"`
		At      string   `json:"at"`
		Kind    string   `json:"kind"`
		Actor   string   `json:"actor,omitempty"`
		Tenant  string   `json:"tenant,omitempty"`
		Action  string   `json:"action,omitempty"`
		Objects []object `json:"objects,omitempty"`
		Outcome string   `json:"outcome"`
		Reason  string   `json:"reason,omitempty"`
	}
	out := []record{}
	for _, r := range records {
		one := record{r.Seq, r.At.Format(time.RFC3339Nano), r.Kind.String(), r.Actor, r.Tenant, r.Action, nil, r.Outcome.String(), r.Reason}
		for _, o := range r.Objects {
			one.Objects = append(one.Objects, object{o.Kind, o.ID})
		}
		out = append(out, one)
	}
	return printJSON(a.std, out)
}

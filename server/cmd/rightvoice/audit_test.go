package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rightvoice/rightvoice/server/audit"
)

// changeLog writes a log of three changes and a refusal.
func changeLog(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	l, err := audit.Open(dir, audit.Options{})
	if err != nil {
		t.Fatal(err)
	}
	entry := audit.Entry{Kind: audit.Change, Actor: "author", Tenant: "default", Action: "draft.edit", Objects: []audit.Object{{Kind: "draft", ID: "d-1"}}, Outcome: audit.Done}
	refusal := audit.Entry{Kind: audit.Approval, Actor: "author", Tenant: "default", Action: "draft.approve", Objects: []audit.Object{{Kind: "draft", ID: "d-2"}}, Outcome: audit.Refused, Reason: "SELF_APPROVAL"}
	for _, e := range []audit.Entry{entry, entry, entry, refusal} {
		if _, err := l.Append(e); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

func audited(args ...string) (int, string) { return ran(append([]string{"audit"}, args...)...) }

// ran runs the program and returns its exit code and all that it printed.
func ran(args ...string) (int, string) {
	var out bytes.Buffer
	code := run(context.Background(), streams{&out, &out}, args)
	return code, out.String()
}

func TestAuditVerify(t *testing.T) {
	dir := changeLog(t)
	kept := filepath.Join(t.TempDir(), "checkpoint")
	text, err := os.ReadFile(audit.CheckpointFile(dir))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(kept, text, 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out := audited("verify", dir); code != exitOK || !strings.Contains(out, "whole, by the checkpoint beside it") || !strings.Contains(out, "6 records in 1 segment") {
		t.Errorf("%d %s", code, out)
	}
	if code, out := audited("verify", dir, "--checkpoint", kept); code != exitOK || !strings.HasSuffix(out, "\nwhole\n") {
		t.Errorf("%d %s", code, out)
	}
	file := filepath.Join(dir, "0000000000000001.audit")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, data[:len(data)-1], 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out := audited("verify", dir, "--checkpoint", kept); code != exitAudit || !strings.Contains(out, "truncated: record 6") || !strings.Contains(out, "NOT WHOLE") {
		t.Errorf("cut: %d %s", code, out)
	}
	data[200] ^= 1
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	code, out := audited("verify", "-o", "json", dir)
	var report struct {
		Whole    bool
		Findings []struct{ Fault, File string }
	}
	if err := json.Unmarshal([]byte(out), &report); err != nil || code != exitAudit || report.Whole || len(report.Findings) != 1 || report.Findings[0].Fault != "altered" {
		t.Errorf("flipped: %d %v %s", code, err, out)
	}
}

func TestAuditList(t *testing.T) {
	dir := changeLog(t)
	for _, try := range []struct {
		args []string
		want int
	}{
		{nil, 6}, {[]string{"--actor", "author"}, 4}, {[]string{"--object", "d-2"}, 1}, {[]string{"--action", "draft.approve,draft.edit"}, 4},
		{[]string{"--limit", "2"}, 2}, {[]string{"--before", "3"}, 2}, {[]string{"--tenant", "other"}, 0}, {[]string{"--until", "2020-01-01"}, 0}, {[]string{"--from", "2020-01-01"}, 6},
	} {
		code, out := audited(append([]string{"list", dir}, try.args...)...)
		if n := strings.Count(out, "\n"); code != exitOK || n != try.want {
			t.Errorf("%v: %d, %d lines: %s", try.args, code, n, out)
		}
	}
	if _, out := audited("list", dir, "--object", "d-2"); !strings.Contains(out, "draft.approve draft d-2  by author for default: refused SELF_APPROVAL") {
		t.Errorf("%s", out)
	}
	if code, out := audited("list", "-o", "json", dir); code != exitOK || !json.Valid([]byte(out)) || !strings.Contains(out, `"reason": "SELF_APPROVAL"`) {
		t.Errorf("%s", out)
	}
}

func TestAuditBadArguments(t *testing.T) {
	dir := changeLog(t)
	for _, args := range [][]string{nil, {"verify"}, {"sing", dir}, {"verify", t.TempDir()}, {"verify", dir, "--checkpoint", "none"}, {"verify", dir, "--public-key", audit.CheckpointFile(dir)}} {
		if code, out := audited(args...); code != exitUsage {
			t.Errorf("%v: %d %s", args, code, out)
		}
	}
}

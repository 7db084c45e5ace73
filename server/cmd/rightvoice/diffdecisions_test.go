package main

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/server/audit/decisionlog"
)

// TestDiffReadsWhatServersRecord records a question of each topic.
func TestDiffReadsWhatServersRecord(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "log")
	rev, problems := content.Load(os.DirFS(small), time.Now())
	if rev == nil {
		t.Fatal(problems)
	}
	l, err := decisionlog.Open(dir, decisionlog.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for topic := range rev.Set.Topics() {
		var f fact.Facts
		d := rev.Set.Decide(&f, uint16(topic))
		l.Log(time.Now(), "default", rev.ID, rev.Set, &f, &d)
	}
	if err := l.Close(context.Background()); err != nil {
		t.Fatal(err)
	}
	code, out := ran("diff", small, "default", "--log", dir)
	if found := regexp.MustCompile(`\n([0-9]+) of ([0-9]+) recorded questions answered differently`).FindStringSubmatch(out); code != exitOK || found == nil || found[2] == "0" || found[1] == "0" {
		t.Errorf("%d %s", code, out)
	}
	if code, out := ran("diff", small, small, "--log", dir, "--max-changed", "0%"); code != exitOK || !regexp.MustCompile(`\n0 of [1-9][0-9]* recorded`).MatchString(out) {
		t.Errorf("%d %s", code, out)
	}
	if code, out := ran("diff", small, unheardOf(t), "--log", dir, "--max-changed", "0%"); code != exitDiff || !regexp.MustCompile(`\n[1-9][0-9]* more hang on what was not recorded \(limps\)`).MatchString(out) {
		t.Errorf("a fact that nobody recorded: %d %s", code, out)
	}
	files, _ := filepath.Glob(filepath.Join(dir, "*"))
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)-20] ^= 1
	if err := os.WriteFile(files[0], data, 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out := ran("diff", small, small, "--log", files[0]); code != exitUsage {
		t.Errorf("damaged: %d %s", code, out)
	}
}

// unheardOf is the small content with a rule about a fact of its own.
func unheardOf(t *testing.T) string {
	t.Helper()
	dir := spoilt(t, [3]string{"sender.yaml", "rules:\n", "rules:\n  - {id: limping, tier: safety, when: [{limps: {is: true}}], then: nobody, because: {en: x, es: x}}\n"})
	path := filepath.Join(dir, "facts.yaml")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text = append(text, "\n  - {id: limps, type: bool, max_age: contact, label: {en: limps, es: cojea}}\n"...)
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

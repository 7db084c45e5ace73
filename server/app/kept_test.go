package app

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/server/revision"
)

// TestWhatWasInForceLastIsKeptWhole, tenant by tenant, or not used at all.
func TestWhatWasInForceLastIsKeptWhole(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "last [good]")
	k := kept{dir: dir, stale: map[string]revision.Version{}}
	if all, err := k.load(); len(all) != 0 || err != nil {
		t.Fatalf("before anything was kept: %v %v", all, err)
	}
	files, err := revision.ReadFiles(content.Default())
	if err != nil {
		t.Fatal(err)
	}
	rev := &content.Revision{Files: content.Default()}
	for number, tenant := range []string{"default", "east", "east"} {
		if err := k.save(revision.Version{Tenant: tenant, Number: uint64(number + 1), Digest: files.Digest()}, rev); err != nil {
			t.Fatal(err)
		}
	}
	all, err := k.load()
	if err != nil || len(all) != 2 || all["east"].Version.Number != 3 || all["east"].Files.Digest() != files.Digest() {
		t.Fatal(len(all), err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 2 {
		t.Errorf("left behind: %v %v", left, err)
	}
	east := filepath.Join(dir, "east.json")
	good, err := os.ReadFile(east)
	if err != nil {
		t.Fatal(err)
	}
	for name, bad := range map[string][]byte{
		"empty": nil, "cut off": good[:len(good)/2], "a bit": append(bytes.Clone(good[:len(good)-9]), good[len(good)-9]^1), "no JSON": []byte("x\ny"),
	} {
		if err := os.WriteFile(east, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		if all, err := k.load(); err == nil || all != nil {
			t.Errorf("%s: %d are used", name, len(all))
		}
	}
	// Of another tenant: its members would be answered by others' rules.
	if err := os.WriteFile(east, good, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(east, filepath.Join(dir, "west.json")); err != nil {
		t.Fatal(err)
	}
	if all, err := k.load(); err == nil {
		t.Errorf("%d are used under another name", len(all))
	}
	var nowhere kept
	if err := nowhere.save(revision.Version{Tenant: "default"}, rev); err != nil || nowhere.any() {
		t.Error(err)
	}
}

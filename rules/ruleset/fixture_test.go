package ruleset

import (
	"io/fs"
	"os"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

var march = time.Date(2026, 3, 1, 15, 0, 0, 0, time.UTC)

// good is the content of testdata/good, to change and load.
func good(t testing.TB) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	dir := os.DirFS("testdata/good")
	err := fs.WalkDir(dir, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		src, err := fs.ReadFile(dir, name)
		files[name] = &fstest.MapFile{Data: src}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func mustLoad(t testing.TB, files fs.FS, on time.Time) *Set {
	t.Helper()
	s, problems := Load(files, on)
	if len(problems) > 0 || s == nil {
		t.Fatal(problems)
	}
	return s
}

// topic is a topic's position by its id.
func topicOf(t testing.TB, s *Set, id string) uint16 {
	t.Helper()
	i, ok := s.Topic(id)
	if !ok {
		t.Fatalf("no topic %s", id)
	}
	return i
}

// facts sets facts by name, as content spells their values.
func factsOf(t testing.TB, s *Set, values map[string]any) *fact.Facts {
	t.Helper()
	var f fact.Facts
	for name, v := range values {
		id, ok := s.Catalogue().Lookup(name)
		if !ok {
			t.Fatalf("no fact %s", name)
		}
		switch v := v.(type) {
		case bool:
			f.SetBool(id, v)
		case int:
			f.SetRaw(id, int64(v))
		case string:
			f.SetRaw(id, position(t, s, id, v))
		case []string:
			f.SetRaw(id, 0)
			for _, x := range v {
				f.Add(id, int(position(t, s, id, x)))
			}
		}
	}
	return &f
}

func position(t testing.TB, s *Set, id fact.ID, value string) int64 {
	t.Helper()
	i, ok := s.Catalogue().Value(id, value)
	if !ok {
		t.Fatalf("no value %s", value)
	}
	return int64(i)
}

func codes(problems []strictyaml.Problem) (out []string) {
	for _, p := range problems {
		out = append(out, p.Code)
	}
	return out
}

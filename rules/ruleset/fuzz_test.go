package ruleset

import (
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rightvoice/rightvoice/rules/fact"
)

// FuzzLoad replaces one file of the good content. Whatever it holds, loading
// ends with a Set or with errors that have a place, never both, and a Set
// decides as the plain way does.
func FuzzLoad(f *testing.F) {
	content := []string{"facts.yaml", "topics.yaml", "mindset.yaml", "sender.yaml", "advice/all.yaml", "guardrails.yaml"}
	for i, name := range content {
		src, err := os.ReadFile("testdata/good/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(uint8(i), src)
	}
	broken, _ := filepath.Glob("testdata/broken/*.yaml")
	for i, path := range broken {
		if src, err := os.ReadFile(path); err == nil {
			f.Add(uint8(i), src)
		}
	}
	base := good(f)
	f.Fuzz(func(t *testing.T, which uint8, src []byte) {
		files := fstest.MapFS{}
		for name, file := range base {
			files[name] = file
		}
		files[content[int(which)%len(content)]] = &fstest.MapFile{Data: src}
		s, problems := Load(files, march)
		if s == nil && len(problems) == 0 {
			t.Fatal("neither a set nor a problem")
		}
		for _, p := range problems {
			if p.File == "" || p.Line < 1 || p.Col < 1 || p.Code == "" || strings.TrimSpace(p.Message) == "" {
				t.Errorf("%+v", p)
			}
		}
		if s != nil {
			decideLikeTheOracle(t, s)
		}
	})
}

func decideLikeTheOracle(t *testing.T, s *Set) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 30 {
		var f fact.Facts
		for id := range fact.ID(s.catalogue.Len()) {
			if d := s.catalogue.Def(id); r.IntN(2) == 0 && d.Kind != fact.Opaque && id != fact.TextRedFlag {
				switch d.Kind {
				case fact.Set:
					f.SetRaw(id, r.Int64()&(1<<(max(len(d.Values), 1)-1)<<1-1))
				case fact.Enum:
					f.SetRaw(id, r.Int64N(int64(max(len(d.Values), 1))))
				case fact.Bool:
					f.SetRaw(id, r.Int64N(2))
				default:
					f.SetRaw(id, d.Min+r.Int64N(min(d.Max-d.Min, 1000)+1))
				}
			}
		}
		topic := uint16(r.IntN(len(s.topics) + 1))
		if got, want := s.Decide(&f, topic), (&oracle{s: s, f: &f, topic: topic}).decide(); got != want {
			t.Fatalf("got %+v, want %+v", got, want)
		}
		s.Explain(&f, topic)
		s.AppendCells(nil, &f, topic)
	}
}

func mustLoadAny(t testing.TB, files fs.FS) *Set {
	t.Helper()
	s, problems := Load(files, march)
	if s == nil {
		t.Fatal(problems)
	}
	return s
}

package decisionlog

import (
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/rules/decision"
	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

var day = time.Date(2026, 12, 1, 10, 30, 0, 0, time.UTC)

// rules loads the built-in content, after changes to its files.
func rules(t testing.TB, edits ...[3]string) *ruleset.Set {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(content.Default(), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(content.Default(), name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range edits {
		if !strings.Contains(string(files[e[0]].Data), e[1]) {
			t.Fatalf("%s has no %q", e[0], e[1])
		}
		files[e[0]].Data = []byte(strings.Replace(string(files[e[0]].Data), e[1], e[2], 1))
	}
	set, problems := ruleset.Load(files, day)
	if set == nil {
		t.Fatal(problems)
	}
	return set
}

// member makes a member up.
func member(set *ruleset.Set, r *rand.Rand) (f fact.Facts) {
	c := set.Catalogue()
	for _, id := range c.All()[:c.Len()] {
		d := c.Def(id)
		if d.Kind == fact.Opaque || r.IntN(2) == 0 || id == fact.TextRedFlag && r.IntN(20) > 0 {
			continue
		}
		switch d.Kind {
		case fact.Bool:
			f.SetBool(id, r.IntN(2) == 0)
		case fact.Enum:
			f.SetRaw(id, int64(r.IntN(len(d.Values))))
		case fact.Set:
			f.SetRaw(id, 0)
			for i := range d.Values {
				if r.IntN(4) == 0 {
					f.Add(id, i)
				}
			}
		default:
			f.SetRaw(id, d.Min+r.Int64N(d.Max-d.Min+1))
		}
	}
	set.DropImpossible(&f)
	return f
}

// asked is a question and its answer.
type asked struct {
	facts fact.Facts
	d     decision.Decision
}

func questions(set *ruleset.Set, n int, seed uint64) []asked {
	r := rand.New(rand.NewPCG(seed, 1))
	out := make([]asked, n)
	for i := range out {
		out[i].facts = member(set, r)
		out[i].d = set.Decide(&out[i].facts, uint16(r.IntN(len(set.Topics()))))
	}
	return out
}

// record writes questions to a new log of two tenants over two days.
func record(t testing.TB, dir string, o Options, revision string, set *ruleset.Set, all []asked) {
	t.Helper()
	l, err := Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	for i := range all {
		for dropped := l.dropped.Load(); ; time.Sleep(time.Millisecond) { // a test waits until there is room
			l.Log(day.Add(time.Duration(i%48)*time.Hour), []string{"default", "other"}[i%2], revision, set, &all[i].facts, &all[i].d)
			if now := l.dropped.Load(); now == dropped {
				break
			} else {
				dropped = now
			}
		}
	}
	if err := l.Close(context.Background()); err != nil {
		t.Fatal(err)
	}
	if s := l.Stats(); s.Written != uint64(len(all)) || s.Errors > 0 {
		t.Fatalf("%+v, want %d", s, len(all))
	}
}

func read(t testing.TB, path string) (out []Decision, r *Reader) {
	t.Helper()
	r, err := OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for b, err := r.Next(); b != nil; b, err = r.Next() {
		if err != nil {
			t.Fatal(err)
		}
		for d, err := range b.Decisions() {
			if err != nil {
				t.Fatal(err)
			}
			c := *d
			c.Advice = slices.Clone(d.Advice)
			out = append(out, c)
		}
	}
	return out, r
}

func TestWhatWasRecordedDecidesTheSame(t *testing.T) {
	set, dir := rules(t), t.TempDir()
	all := questions(set, 3000, 1)
	record(t, dir, Options{FileSize: 40 << 10, Buffer: 64 << 10}, "r-1", set, all)
	if names, _ := files(dir); len(names) < 2 {
		t.Errorf("%d files, so rotation was not tried", len(names))
	}
	got, r := read(t, dir)
	if len(got) != len(all) || r.Damaged != 0 {
		t.Fatalf("%d of %d, %d damaged", len(got), len(all), r.Damaged)
	}
	for i := range got {
		d, tr := &got[i], NewTranslator(got[i].Schema, set)
		var f fact.Facts
		tr.Facts(d, &f)
		if again := set.Decide(&f, all[i].d.Topic); again != all[i].d {
			t.Fatalf("%d: %+v, recorded as %+v", i, again, all[i].d)
		}
		if topic, ok := tr.Topic(d); !ok || topic != all[i].d.Topic || d.Mindset != all[i].d.Mindset || d.Sender != all[i].d.Sender || d.Notice != all[i].d.Notice ||
			d.MindsetRow != all[i].d.MindsetRow || d.SenderRow != all[i].d.SenderRow || !slices.Equal(d.Advice, all[i].d.Advice()) {
			t.Fatalf("%d: the outcome was recorded as %+v, not %+v", i, d, all[i].d)
		}
		if d.Schema.Revision != "r-1" || d.Tenant != []string{"default", "other"}[i%2] || !d.Hour.Equal(day.Add(time.Duration(i%48)*time.Hour).Truncate(time.Hour)) {
			t.Fatalf("%d: %s %s %s", i, d.Schema.Revision, d.Tenant, d.Hour)
		}
	}
}

// TestOnlyWhatRulesMayReadIsKept records everything that can be known.
func TestOnlyWhatRulesMayReadIsKept(t *testing.T) {
	set, dir := rules(t), t.TempDir()
	var f fact.Facts
	c := set.Catalogue()
	for _, id := range c.All()[:c.Len()] {
		f.SetRaw(id, max(c.Def(id).Min, 1))
	}
	f.SetRaw(fact.AgeYears, 104)
	d := set.Decide(&f, 0)
	record(t, dir, Options{}, "r-1", set, []asked{{f, d}})
	got, _ := read(t, dir)
	if len(got) != 1 {
		t.Fatal(len(got))
	}
	for i, x := range got[0].Schema.Facts {
		id, _ := c.Lookup(x.Name)
		if def := c.Def(id); id != fact.MemberChoice && !def.ReadBy(fact.ByRules|fact.BySafety) || def.Kind == fact.Opaque {
			t.Errorf("%s is kept", x.Name)
		}
		if raw, known := got[0].Known(i); !known || id == fact.AgeYears && raw != 90 {
			t.Errorf("%s: %d %v", x.Name, raw, known)
		}
	}
	for _, name := range []string{"member_ref", "language", "viewer_role", "part2_consent", "opt_out_topics", "channel", "local_hour", "asker_org"} {
		if slices.ContainsFunc(got[0].Schema.Facts, func(f Fact) bool { return f.Name == name }) {
			t.Errorf("%s is kept", name)
		}
	}
	for _, col := range set.Columns() {
		if name := c.Def(col.ID).Name; col.ID < fact.MaxFacts && !slices.ContainsFunc(got[0].Schema.Facts, func(f Fact) bool { return f.Name == name }) {
			t.Errorf("%s is read by a rule and not kept", name)
		}
	}
}

func TestWhatThereIsNoRoomForIsCounted(t *testing.T) {
	set := rules(t)
	all := questions(set, 400, 2)
	l, err := Open(t.TempDir(), Options{Buffer: 1, FlushEvery: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	l.out.file.Close() // the disk fails
	for range 100 {
		for i := range all {
			l.Log(day, "default", "r", set, &all[i].facts, &all[i].d)
		}
	}
	l.Close(context.Background())
	if s := l.Stats(); s.Dropped+s.Written != 40_000 || s.Dropped == 0 || s.Errors == 0 {
		t.Errorf("%+v", s)
	}
	l.Log(day, "default", "r", set, &all[0].facts, &all[0].d) // after the end
}

func TestTenantsAndRevisionsAreBounded(t *testing.T) {
	set, dir := rules(t), t.TempDir()
	q := questions(set, 1, 3)[0]
	l, err := Open(dir, Options{Buffer: 1 << 20})
	if err != nil {
		t.Fatal(err)
	}
	for i := range maxTenants + 10 {
		l.Log(day, fmt.Sprint("t", i), "r", set, &q.facts, &q.d)
	}
	for i := range maxPlans + 10 {
		l.Log(day, "t0", fmt.Sprint("r", i), set, &q.facts, &q.d)
		time.Sleep(time.Microsecond)
	}
	l.Log(day, "t0", "r0", nil, &q.facts, &q.d) // no rules, and the revision is known: as before
	l.Log(day, "t0", "none", nil, &q.facts, &q.d)
	if err := l.Close(context.Background()); err != nil {
		t.Fatal(err)
	}
	got, _ := read(t, dir)
	if s := l.Stats(); s.Dropped < 10 || len(got) != int(s.Written) {
		t.Errorf("%+v, %d read", s, len(got))
	}
}

func TestFilesAreDeletedInTime(t *testing.T) {
	set, dir := rules(t), t.TempDir()
	all := questions(set, 500, 4)
	for range 4 {
		record(t, dir, Options{}, "r", set, all)
	}
	names, err := files(dir)
	if err != nil || len(names) != 4 {
		t.Fatal(names, err)
	}
	info, _ := os.Stat(names[0])
	long := time.Now().Add(-40 * 24 * time.Hour)
	if err := os.Chtimes(names[0], long, long); err != nil {
		t.Fatal(err)
	}
	record(t, dir, Options{}, "r", set, all)
	if left, _ := files(dir); len(left) != 4 || left[0] != names[1] {
		t.Errorf("an old file is still there: %v", left)
	}
	record(t, dir, Options{KeepBytes: 2*info.Size() + 1000}, "r", set, all)
	if left, _ := files(dir); len(left) != 3 { // two, and the one that was being written
		t.Errorf("%d files", len(left))
	}
}

func TestDamageIsPassedOver(t *testing.T) {
	set, dir := rules(t), t.TempDir()
	record(t, dir, Options{Buffer: 1}, "r", set, questions(set, 300, 5))
	names, _ := files(dir)
	good, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(good); i += 97 {
		bad := slices.Clone(good)
		bad[i] ^= 0x10
		if err := os.WriteFile(names[0], bad, 0o600); err != nil {
			t.Fatal(err)
		}
		got, _ := read(t, dir)
		if len(got) == 300 && i != len(good)-1 {
			t.Errorf("byte %d: nothing was missed", i)
		}
		if err := os.WriteFile(names[0], good[:i], 0o600); err != nil { // a crash
			t.Fatal(err)
		}
		if got, r := read(t, dir); len(got) >= 300 || r.Damaged > 0 && i >= len(magic) {
			t.Errorf("cut at %d: %d decisions, %d damaged", i, len(got), r.Damaged)
		}
	}
	if IsLog(filepath.Join(dir, "none")) || IsLog(t.TempDir()) || !IsLog(dir) {
		t.Error("what is a log?")
	}
}

func TestManyLogAtOnce(t *testing.T) {
	set, dir := rules(t), t.TempDir()
	all := questions(set, 200, 6)
	l, err := Open(dir, Options{FlushEvery: time.Millisecond, FileSize: 20 << 10})
	if err != nil {
		t.Fatal(err)
	}
	var done sync.WaitGroup
	for n := range 8 {
		done.Go(func() {
			for i := range all {
				l.Log(day, fmt.Sprint("t", n), fmt.Sprint("r", i/100), set, &all[i].facts, &all[i].d)
			}
		})
	}
	done.Wait()
	if err := l.Close(context.Background()); err != nil {
		t.Fatal(err)
	}
	got, _ := read(t, dir)
	if s := l.Stats(); s.Written+s.Dropped != 1600 || len(got) != int(s.Written) || s.Written == 0 {
		t.Errorf("%+v, %d read", s, len(got))
	}
}

func TestLogAllocatesNothing(t *testing.T) {
	if underRace {
		t.Skip("left out: the race detector allocates itself")
	}
	set := rules(t)
	q := questions(set, 1, 7)[0]
	l, err := Open(t.TempDir(), Options{Buffer: 8 << 20, FlushEvery: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close(context.Background())
	l.Log(day, "default", "r", set, &q.facts, &q.d)
	if n := testing.AllocsPerRun(1000, func() { l.Log(day, "default", "r", set, &q.facts, &q.d) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkLog(b *testing.B) {
	set := rules(b)
	all := questions(set, 1000, 8)
	l, err := Open(b.TempDir(), Options{Buffer: 8 << 20, FlushEvery: time.Hour})
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close(context.Background())
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		q := &all[i%len(all)]
		l.Log(day, "default", "r", set, &q.facts, &q.d)
		if i%20_000 == 0 { // room for more, so that nothing is dropped
			l.mu.Lock()
			l.filling.bytes, l.filling.records = l.filling.bytes[:0], 0
			l.mu.Unlock()
		}
	}
	if l.Stats().Dropped > 0 {
		b.Error("some were dropped")
	}
}

func BenchmarkReplay(b *testing.B) {
	live, draft, dir := rules(b), rules(b, shorter...), b.TempDir()
	record(b, dir, Options{}, "r", live, questions(live, 200_000, 17))
	for b.Loop() {
		replay(b, dir, live, draft, ReplayOptions{})
	}
}

// FuzzRecords reads and replays records of any bytes.
func FuzzRecords(f *testing.F) {
	set := rules(f)
	p, err := newPlan(1, "r", set)
	if err != nil {
		f.Fatal(err)
	}
	s, err := parseSchema(p.definition)
	if err != nil {
		f.Fatal(err)
	}
	for range s.Topics {
		s.names = append(s.names, 0)
	}
	file := &definitions{schemas: map[uint64]*Schema{1: s}, tenants: []tenantName{{"default", 0}}}
	for _, q := range questions(set, 5, 21) {
		f.Add(p.appendRecord(nil, day, 0, &q.facts, &q.d))
	}
	tally := newTally(set, set, ReplayOptions{})
	f.Fuzz(func(_ *testing.T, data []byte) {
		c, d := cursor{rest: data}, &Decision{}
		for len(c.rest) > 0 && d.decode(&c, file) {
			tally.add(d)
			d.factsByName()
		}
	})
}

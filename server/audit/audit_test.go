package audit

import (
	"crypto/ed25519"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

func entry(i int) Entry {
	return Entry{Kind: Change, Actor: fmt.Sprintf("author%d", i%3), Tenant: "default", Action: "draft.edit",
		Objects: []Object{{"draft", fmt.Sprintf("d-%d", i)}, {"digest", strings.Repeat("a", 64)}}, Outcome: Done}
}

func open(t testing.TB, dir string, o Options) *Log {
	t.Helper()
	l, err := Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

func add(t testing.TB, l *Log, n int) {
	t.Helper()
	for i := range n {
		if _, err := l.Append(entry(i)); err != nil {
			t.Fatal(err)
		}
	}
}

// keys reads what an auditor needs.
func keys(t testing.TB, dir string) (ed25519.PublicKey, *Checkpoint) {
	t.Helper()
	key, err := ReadPublicKey(PublicKeyFile(dir))
	if err != nil {
		t.Fatal(err)
	}
	c, err := ReadCheckpoint(CheckpointFile(dir))
	if err != nil {
		t.Fatal(err)
	}
	return key, c
}

func verify(t testing.TB, dir string, key ed25519.PublicKey, c *Checkpoint) *Report {
	t.Helper()
	r, err := Verify(dir, key, c)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestWhatWasWrittenIsReadAndWhole(t *testing.T) {
	dir := t.TempDir()
	o := Options{CheckpointEvery: 5, SegmentSize: 1000}
	for range 3 {
		l := open(t, dir, o)
		add(t, l, 7)
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
	}
	key, c := keys(t, dir)
	r := verify(t, dir, key, c)
	if len(r.Findings) > 0 || r.Records != c.Seq || r.Signed != c.Seq || r.Segments < 3 || r.Records < 21+3 {
		t.Errorf("%+v against %d", r, c.Seq)
	}
	all, err := List(dir, Filter{Kinds: []Kind{Change}})
	if err != nil || len(all) != 21 || all[0].Seq < all[20].Seq || all[0].Objects[0].ID != "d-6" {
		t.Errorf("%d records %v", len(all), err)
	}
	if info, err := os.Stat(filepath.Join(dir, keyFile)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key: %v %v", info.Mode(), err)
	}
}

func TestEntriesThatAreNone(t *testing.T) {
	l := open(t, t.TempDir(), Options{})
	for name, change := range map[string]func(*Entry){
		"kind of the log": func(e *Entry) { e.Kind = Checkpointed },
		"no kind":         func(e *Entry) { e.Kind = 0 },
		"no outcome":      func(e *Entry) { e.Outcome = 0 },
		"no actor":        func(e *Entry) { e.Actor = "" },
		"a sentence":      func(e *Entry) { e.Action = "the canary said so" },
		"no reason":       func(e *Entry) { e.Outcome = Refused },
		"reason for done": func(e *Entry) { e.Reason = "WHY" },
		"a long id":       func(e *Entry) { e.Objects[0].ID = strings.Repeat("canary", 100) },
		"a line break":    func(e *Entry) { e.Tenant = "canary\n" },
		"many objects":    func(e *Entry) { e.Objects = make([]Object, MaxObjects+1) },
	} {
		e := entry(1)
		change(&e)
		if _, err := l.Append(e); err == nil || strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if seq, _ := l.Head(); seq != 1 {
		t.Errorf("%d records", seq)
	}
}

// TestManyShareOneFsync counts how often records reached the disk by the times
// at which appends returned together.
func TestManyShareOneFsync(t *testing.T) {
	dir := t.TempDir()
	l := open(t, dir, Options{CheckpointEvery: 1 << 20})
	var done sync.WaitGroup
	batches := sync.Map{}
	for i := range 64 {
		done.Go(func() {
			for range 20 {
				l.mu.Lock()
				b := l.add(&Record{Entry: entry(i)})
				l.signal()
				l.mu.Unlock()
				<-b.done
				batches.Store(b, true)
			}
		})
	}
	done.Wait()
	n := 0
	batches.Range(func(any, any) bool { n++; return true })
	if n > 64*20/4 {
		t.Errorf("%d batches for %d records", n, 64*20)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	key, c := keys(t, dir)
	if r := verify(t, dir, key, c); len(r.Findings) > 0 || r.Records != 64*20+2 {
		t.Errorf("%+v", r)
	}
}

func TestListChooses(t *testing.T) {
	dir := t.TempDir()
	clock := time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	var mu sync.Mutex
	l := open(t, dir, Options{SegmentSize: 2000, Now: func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		clock = clock.Add(time.Minute)
		return clock
	}})
	add(t, l, 30)
	refused := Entry{Kind: Access, Actor: "eve", Tenant: "other", Action: "revision.publish", Objects: []Object{{"revision", "d-4"}}, Outcome: Refused, Reason: "PERMISSION_DENIED"}
	if _, err := l.Append(refused); err != nil {
		t.Fatal(err)
	}
	all, err := l.List(Filter{})
	if err != nil || len(all) < 32 {
		t.Fatal(len(all), err)
	}
	mid := all[10]
	for name, try := range map[string]struct {
		f    Filter
		want int
	}{
		"object":          {Filter{Object: Object{ID: "d-4"}}, 2},
		"object of kind":  {Filter{Object: Object{"draft", "d-4"}}, 1},
		"actor":           {Filter{Actor: "author1"}, 10},
		"tenant":          {Filter{Tenant: "other"}, 1},
		"action":          {Filter{Actions: []string{"revision.publish", "x"}}, 1},
		"outcome":         {Filter{Outcome: Refused}, 1},
		"until":           {Filter{Until: mid.At}, len(all) - 11},
		"from":            {Filter{From: mid.At}, 11},
		"before":          {Filter{Before: mid.Seq}, len(all) - 11},
		"limit":           {Filter{Limit: 7}, 7},
		"nobody":          {Filter{Actor: "nobody"}, 0},
		"page, then rest": {Filter{Before: mid.Seq, Limit: 3}, 3},
	} {
		got, err := l.List(try.f)
		if err != nil || len(got) != try.want {
			t.Errorf("%s: %d records, want %d %v", name, len(got), try.want, err)
		}
	}
}

func TestCheckpointsComeInTime(t *testing.T) {
	dir := t.TempDir()
	seen := make(chan Checkpoint, 10)
	l := open(t, dir, Options{CheckpointAfter: 20 * time.Millisecond, OnCheckpoint: func(c Checkpoint) { seen <- c }})
	add(t, l, 1)
	select {
	case c := <-seen:
		if !c.Genuine(l.PublicKey()) || c.Seq < 2 {
			t.Errorf("%+v", c)
		}
	case <-time.After(10 * time.Second):
		t.Error("no checkpoint")
	}
}

func TestCheckpointsAreReadAsWritten(t *testing.T) {
	_, key, _ := ed25519.GenerateKey(nil)
	public := key.Public().(ed25519.PublicKey)
	c := sign(key, [16]byte{1}, 42, [32]byte{2}, time.Now())
	text := c.String()
	got, err := ParseCheckpoint(text)
	if err != nil || got.String() != text || !got.Genuine(public) {
		t.Fatalf("%v %v", got, err)
	}
	for i := range text {
		bad := text[:i] + string(text[i]^1) + text[i+1:]
		if c, err := ParseCheckpoint(bad); err == nil && c.Genuine(public) {
			t.Errorf("another checkpoint is genuine: %q", bad)
		}
	}
	for _, bad := range []string{"", text + "\n", text + text, " " + text, strings.ToUpper(text)} {
		if c, err := ParseCheckpoint(bad); err == nil && c.Genuine(public) {
			t.Errorf("%q", bad)
		}
	}
}

func TestTwoProcessesCannotWriteOneLog(t *testing.T) {
	dir := t.TempDir()
	l := open(t, dir, Options{})
	if _, err := Open(dir, Options{}); !errors.Is(err, ErrInUse) {
		t.Errorf("opened twice: %v", err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	open(t, dir, Options{})
}

func TestAfterAFailedWriteNothingIsTaken(t *testing.T) {
	l := open(t, t.TempDir(), Options{})
	l.segment.Close() // the disk is gone
	if _, err := l.Append(entry(1)); err == nil {
		t.Error("recorded without a disk")
	}
	if _, err := l.Append(entry(2)); err == nil {
		t.Error("went on after a failed write")
	}
	if err := l.Close(); err == nil {
		t.Error("closed as if all were well")
	}
	if _, err := l.Append(entry(3)); !errors.Is(err, ErrClosed) {
		t.Error(err)
	}
}

func TestAKeyThatOthersCanReadIsRefused(t *testing.T) {
	dir := t.TempDir()
	open(t, dir, Options{}).Close()
	if err := os.Chmod(filepath.Join(dir, keyFile), 0o640); err != nil {
		t.Fatal(err)
	}
	if l, err := Open(dir, Options{}); err == nil {
		l.Close()
		t.Error("accepted")
	}
}

// TestNumbersAreBelievedOnlySoFar gives a record a number beyond all reason.
func TestNumbersAreBelievedOnlySoFar(t *testing.T) {
	dir := t.TempDir()
	open(t, dir, Options{}).Close()
	key, c := keys(t, dir)
	file := filepath.Join(dir, segmentName(1))
	data, _ := os.ReadFile(file)
	r := Record{Seq: 1 << 60, Entry: entry(1)}
	if err := os.WriteFile(file, appendRecord(data, &r), 0o600); err != nil {
		t.Fatal(err)
	}
	if r := verify(t, dir, key, c); r.Whole() || r.Findings[0].Fault != Inserted {
		t.Errorf("%+v", r)
	}
	binary.BigEndian.PutUint64(data[len(magic):], 7)
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if r := verify(t, dir, key, c); r.Whole() || r.Findings[0].Fault != Altered {
		t.Errorf("another number in the head: %+v", r)
	}
}

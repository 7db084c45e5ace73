package audit

import (
	"bufio"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"
)

// unfinished copies the files of a log that is open: what a crash would leave.
func unfinished(t *testing.T) (dir string, data []byte) {
	t.Helper()
	from := t.TempDir()
	l := open(t, from, Options{CheckpointEvery: 1 << 20})
	add(t, l, 3)
	dir = t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Join(dir, keyFile), 0o600); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, segmentName(1)))
	if err != nil {
		t.Fatal(err)
	}
	return dir, data
}

// TestATornTailIsRepaired cuts a log as crashes do, at every byte in a long run.
func TestATornTailIsRepaired(t *testing.T) {
	dir, data := unfinished(t)
	file := filepath.Join(dir, segmentName(1))
	key, err := ReadPublicKey(PublicKeyFile(dir))
	if err != nil {
		t.Fatal(err)
	}
	step := 41
	if testing.Short() {
		step = 149
	}
	if os.Getenv("RIGHTVOICE_SOAK") != "" {
		step = 1
	}
	for n := 0; n <= len(data); n += step {
		for _, zeros := range []int{0, 40} {
			os.Remove(CheckpointFile(dir))
			if err := os.WriteFile(file, append(slices.Clone(data[:n]), make([]byte, zeros)...), 0o600); err != nil {
				t.Fatal(err)
			}
			before := verify(t, dir, key, nil)
			l, err := Open(dir, Options{})
			if zeros > 0 && errors.Is(err, ErrTampered) { // zeros in the middle of a record may look like anything
				continue
			}
			if err != nil {
				t.Fatalf("cut at %d: %v", n, err)
			}
			add(t, l, 1)
			if err := l.Close(); err != nil {
				t.Fatal(err)
			}
			after := verify(t, dir, key, nil)
			repaired, _ := List(dir, Filter{Kinds: []Kind{Repaired}})
			tail := len(before.Findings) > 0
			if !before.Whole() || len(after.Findings) > 0 || tail != (len(repaired) == 1) && n+zeros > segmentHead {
				t.Fatalf("cut at %d, %d zeros: before %v, after %v, %d repairs", n, zeros, before.Findings, after.Findings, len(repaired))
			}
		}
	}
}

// TestDamageIsNoTornTail: what no crash leaves is not repaired.
func TestDamageIsNoTornTail(t *testing.T) {
	dir, data := unfinished(t)
	file := filepath.Join(dir, segmentName(1))
	for i := segmentHead; i < len(data); i++ {
		bad := slices.Clone(data)
		bad[i] ^= 4
		if err := os.WriteFile(file, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		if l, err := Open(dir, Options{}); !errors.Is(err, ErrTampered) {
			if err == nil {
				l.Close()
			}
			t.Fatalf("byte %d: %v", i, err)
		}
		if after, _ := os.ReadFile(file); !slices.Equal(after, bad) {
			t.Fatalf("byte %d: the evidence was changed", i)
		}
	}
}

const crashDir = "RIGHTVOICE_AUDIT_CRASH"

// TestMain is also the process that TestNoAcknowledgedRecordIsLost kills.
func TestMain(m *testing.M) {
	if dir := os.Getenv(crashDir); dir != "" {
		os.Exit(appendForever(dir))
	}
	os.Exit(m.Run())
}

// appendForever appends from many goroutines and tells what is kept.
func appendForever(dir string) int {
	l, err := Open(dir, Options{CheckpointEvery: 10, SegmentSize: 5000})
	if err != nil {
		fmt.Println(err)
		return 1
	}
	var mu sync.Mutex
	for i := range 8 {
		go func() {
			for {
				r, err := l.Append(entry(i))
				if err != nil {
					return
				}
				mu.Lock()
				fmt.Printf("kept %d %x\n", r.Seq, r.Hash)
				mu.Unlock()
			}
		}()
	}
	time.Sleep(time.Minute) // it is killed long before
	return 1
}

func TestNoAcknowledgedRecordIsLost(t *testing.T) {
	dir := t.TempDir()
	kept := map[uint64]string{}
	rounds := 12
	if testing.Short() {
		rounds = 4
	}
	for range rounds {
		appendUntilKilled(t, dir, kept)
		key, c := keys(t, dir)
		if r := verify(t, dir, key, c); !r.Whole() {
			t.Fatalf("a crash looks like tampering: %v", r.Findings)
		}
		l := open(t, dir, Options{CheckpointEvery: 10, SegmentSize: 5000})
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		key, c = keys(t, dir)
		if r := verify(t, dir, key, c); len(r.Findings) > 0 {
			t.Fatalf("not whole after the repair: %v", r.Findings)
		}
	}
	all, err := List(dir, Filter{Limit: 1 << 30})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range all {
		if hash, ok := kept[r.Seq]; ok && hash == hex.EncodeToString(r.Hash[:]) {
			delete(kept, r.Seq)
		}
	}
	if len(kept) > 0 || len(all) < 100 {
		t.Errorf("%d acknowledged records are gone of %d", len(kept), len(all))
	}
}

// appendUntilKilled runs appendForever in a process, kills it at some time and
// notes what it was told is kept.
func appendUntilKilled(t *testing.T, dir string, kept map[uint64]string) {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), crashDir+"="+dir)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	lines, n, limit := bufio.NewScanner(out), 0, 20+rand.IntN(150)
	for lines.Scan() {
		var seq uint64
		var hash string
		if k, _ := fmt.Sscanf(lines.Text(), "kept %d %s", &seq, &hash); k == 2 {
			kept[seq] = hash
			n++
		}
		if n == limit {
			if err := c.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	c.Wait()
	if n < limit {
		t.Fatalf("it ended by itself after %d records", n)
	}
}

func FuzzRecord(f *testing.F) {
	r := Record{Seq: 1, Entry: entry(1), Detail: []byte("x")}
	f.Add(appendRecord(nil, &r))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		r, size, how := parse(data)
		if how != fits {
			return
		}
		if again := appendRecord(nil, &r); !slices.Equal(again, data[:size]) {
			t.Errorf("read %+v, which is written otherwise", r)
		}
	})
}

// FuzzBody makes the hashes of any body fit.
func FuzzBody(f *testing.F) {
	r := Record{Seq: 1, Entry: entry(1), Detail: []byte("x")}
	whole := appendRecord(nil, &r)
	f.Add(whole[headSize : len(whole)-hashSize])
	f.Fuzz(func(t *testing.T, body []byte) {
		var r Record
		if !r.decode(body) {
			return
		}
		whole := appendRecord(nil, &r)
		if got := whole[headSize : len(whole)-hashSize]; !slices.Equal(got, body) {
			t.Errorf("two bodies of one record: %x and %x", got, body)
		}
	})
}

// TestATailOfZerosIsRepaired: the disk knew the length of a record, and not all
// of what is in it.
func TestATailOfZerosIsRepaired(t *testing.T) {
	dir, data := unfinished(t)
	file := filepath.Join(dir, segmentName(1))
	key, err := ReadPublicKey(PublicKeyFile(dir))
	if err != nil {
		t.Fatal(err)
	}
	for _, zeros := range []int{hashSize, hashSize + 20, 90} {
		bad := slices.Clone(data)
		clear(bad[len(bad)-zeros:])
		os.Remove(CheckpointFile(dir))
		if err := os.WriteFile(file, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		if r := verify(t, dir, key, nil); !r.Whole() || len(r.Findings) != 1 || r.Findings[0].Fault != TornTail {
			t.Errorf("%d zeros: %v", zeros, r.Findings)
		}
		l, err := Open(dir, Options{})
		if err != nil {
			t.Fatalf("%d zeros: %v", zeros, err)
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		if r := verify(t, dir, key, nil); len(r.Findings) > 0 || r.Records != 3+2 { // began, two of three, repaired, checkpoint
			t.Errorf("%d zeros: %d records, %v", zeros, r.Records, r.Findings)
		}
	}
}

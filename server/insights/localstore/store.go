// Package localstore counts feedback in the process, and in a folder if it is
// given one, so that counts survive a restart.
//
// In and out: as feedback.Store. The folder has one journal for each month, of
// records that each tell of one count (journal.go).
package localstore

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/rightvoice/rightvoice/server/insights/feedback"
)

// Options say where to keep counts. The zero value keeps them in the process.
type Options struct {
	Dir  string // made if need be; empty keeps counts in the process only
	Seen int    // events that are remembered, so that they count once; 0 means 1,000,000
	Now  func() time.Time
}

// mark tells events apart. 16 bytes of a hash are enough: among 10^9 events the
// chance that two are equal is 10^-21.
type mark [16]byte

// Store counts feedback. It is safe for concurrent use.
type Store struct {
	o   Options
	key [32]byte // of the marks of members

	mu     sync.Mutex
	months map[string]*month
	seen   map[mark]struct{}
	order  []mark // of seen, a ring once it is full
	oldest int
	closed bool
}

// month is what was counted in one month.
type month struct {
	cells   map[place]*cell
	journal *journal // nil without a folder
}

// place is what is counted, at a tenant.
type place struct {
	tenant string
	about  feedback.About
}

type cell struct {
	number uint64 // in the journal; 0 before it is there
	counts [feedback.Kinds]int
	who    []uint64 // marks of members, no more than feedback.MembersMost
}

// Open makes a Store and reads what its folder has. A journal that ends in the
// middle, as after a crash, is read up to there.
func Open(o Options) (*Store, error) {
	if o.Seen <= 0 {
		o.Seen = 1_000_000
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Store{o: o, months: map[string]*month{}, seen: map[mark]struct{}{}}
	rand.Read(s.key[:])
	if o.Dir == "" {
		return s, nil
	}
	if err := s.openKey(); err != nil {
		return nil, fmt.Errorf("counts of feedback: %w", err)
	}
	if err := sweep(o.Dir); err != nil {
		return nil, fmt.Errorf("counts of feedback: %w", err)
	}
	names, err := filepath.Glob(filepath.Join(o.Dir, prefix+"*"+extension))
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	for _, name := range names {
		if err := s.load(name); err != nil {
			return nil, errors.Join(err, s.Close())
		}
	}
	return s, nil
}

// openKey reads the key of the folder, or gives it one.
func (s *Store) openKey() error {
	if err := os.MkdirAll(s.o.Dir, 0o700); err != nil {
		return err
	}
	name := filepath.Join(s.o.Dir, "key")
	b, err := os.ReadFile(name) //nolint:gosec // the folder is the operator's choice
	if errors.Is(err, fs.ErrNotExist) {
		return os.WriteFile(name, s.key[:], 0o600)
	}
	if err == nil && copy(s.key[:], b) < len(s.key) {
		err = errors.New("the key is cut short")
	}
	return err
}

const prefix, extension = "feedback-", ".log"

func (s *Store) load(name string) error {
	of := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(name), prefix), extension)
	began, err := time.Parse("2006-01", of)
	if err != nil {
		return nil // not ours
	}
	if s.o.Now().Sub(began) > feedback.Keep {
		return os.Remove(name)
	}
	m := &month{cells: map[place]*cell{}}
	if m.journal, err = openJournal(name, m); err != nil {
		return fmt.Errorf("counts of feedback: %w", err)
	}
	s.months[of] = m
	return nil
}

// Close writes what is left.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	var errs []error
	for _, m := range s.months {
		if m.journal != nil {
			errs = append(errs, m.journal.close())
		}
	}
	return errors.Join(errs...)
}

var errClosed = errors.New("counts of feedback: the store is closed")

// Count is part of feedback.Store.
func (s *Store) Count(_ context.Context, events []feedback.Event) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return errClosed
	}
	for i := range events {
		e := &events[i]
		sum := sha256.Sum256(e.Mark())
		k := mark(sum[:16])
		if _, ok := s.seen[k]; ok {
			continue
		}
		if err := s.add(e); err != nil {
			return err
		}
		s.remember(k)
	}
	return s.flush()
}

// remember makes room for one more event by forgetting the one seen first.
func (s *Store) remember(k mark) {
	s.seen[k] = struct{}{}
	if len(s.order) < s.o.Seen {
		s.order = append(s.order, k)
		return
	}
	delete(s.seen, s.order[s.oldest])
	s.order[s.oldest] = k
	s.oldest = (s.oldest + 1) % len(s.order)
}

func (s *Store) add(e *feedback.Event) error {
	m, err := s.month(feedback.Month(e.At))
	if err != nil {
		return err
	}
	at := place{e.Tenant, e.About}
	c := m.cells[at]
	if c == nil {
		c = &cell{}
		m.cells[at] = c
	}
	who := s.who(e.Who())
	if m.journal != nil {
		if err := m.journal.count(at, c, e.Kind, who); err != nil {
			return m.flushed(err)
		}
	}
	c.add(e.Kind, who)
	return nil
}

// who marks a member, so that nobody without the key can tell whom.
func (s *Store) who(name []byte) uint64 {
	mac := hmac.New(sha256.New, s.key[:])
	mac.Write(name)
	return binary.BigEndian.Uint64(mac.Sum(nil))
}

func (c *cell) add(k feedback.Kind, who uint64) {
	c.counts[k]++
	c.join(who)
}

func (c *cell) join(who uint64) {
	if len(c.who) < feedback.MembersMost && !slices.Contains(c.who, who) {
		c.who = append(c.who, who)
	}
}

// month finds a month, or begins it.
func (s *Store) month(name string) (*month, error) {
	m := s.months[name]
	if m != nil {
		return m, nil
	}
	m = &month{cells: map[place]*cell{}}
	if s.o.Dir != "" {
		var err error
		if m.journal, err = openJournal(filepath.Join(s.o.Dir, prefix+name+extension), m); err != nil {
			return nil, err
		}
	}
	s.months[name] = m
	return m, nil
}

func (s *Store) flush() error {
	var errs []error
	for _, m := range s.months {
		if m.journal != nil && m.journal.more > 0 {
			errs = append(errs, m.flushed(m.journal.flush()))
		}
	}
	return errors.Join(errs...)
}

// flushed looks after a journal that could not be written: it goes on from its
// last whole record, and tells anew what its numbers stand for.
func (m *month) flushed(err error) error {
	if err == nil {
		return nil
	}
	for _, c := range m.cells {
		c.number = 0
	}
	return errors.Join(err, m.journal.back())
}

// Read is part of feedback.Store.
func (s *Store) Read(_ context.Context, tenant string, of time.Time) ([]feedback.Counted, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.months[feedback.Month(of)]
	if m == nil {
		return nil, nil
	}
	var out []feedback.Counted
	for at, c := range m.cells {
		if at.tenant == tenant {
			counted := feedback.Counted{About: at.about, Counts: c.counts}
			for _, w := range c.who {
				counted.Who = append(counted.Who, strconv.FormatUint(w, 36))
			}
			out = append(out, counted)
		}
	}
	return out, nil
}

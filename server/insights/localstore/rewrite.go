package localstore

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/rightvoice/rightvoice/server/insights/feedback"
)

// Forget is part of feedback.Store. A journal that has a mark of the member, or
// may have one, is replaced by one that has the same counts and not that mark;
// what a crash leaves is the one or the other. What tells events apart, in the
// process only, is of decisions and stays.
func (s *Store) Forget(_ context.Context, tenant, member string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return errClosed
	}
	who := s.who(feedback.Who(tenant, member))
	for name, m := range s.months {
		if err := s.forget(name, m, who); err != nil {
			return fmt.Errorf("counts of feedback: %w", err)
		}
	}
	return nil
}

// forget takes a mark out of a month: on the disk first, so that what failed is
// done when it is asked for again.
func (s *Store) forget(name string, m *month, who uint64) error {
	if m.journal != nil && (m.journal.told || m.has(who)) {
		if err := s.rewrite(name, m, who); err != nil {
			return err
		}
	}
	for _, c := range m.cells {
		c.who = slices.DeleteFunc(c.who, func(w uint64) bool { return w == who })
	}
	return nil
}

func (m *month) has(who uint64) bool {
	for _, c := range m.cells {
		if slices.Contains(c.who, who) {
			return true
		}
	}
	return false
}

// unfinished begins the names of journals that are not whole yet.
const unfinished = "new-"

// sweep deletes what a crash left of journals that were being written anew: they
// have marks too.
func sweep(dir string) error {
	names, err := filepath.Glob(filepath.Join(dir, unfinished+"*"))
	for _, name := range names {
		err = errors.Join(err, os.Remove(name))
	}
	return err
}

// rewrite puts a journal of the month without a mark in the place of the one it
// has.
func (s *Store) rewrite(name string, m *month, without uint64) error {
	f, err := os.CreateTemp(s.o.Dir, unfinished+"*")
	if err != nil {
		return err
	}
	next := &journal{file: f, out: bufio.NewWriter(f), next: 1}
	numbers, err := next.tell(m, without)
	if err == nil {
		err = errors.Join(next.flush(), f.Sync())
	}
	if err == nil {
		err = os.Rename(f.Name(), filepath.Join(s.o.Dir, prefix+name+extension))
	}
	if err != nil {
		return errors.Join(err, f.Close(), os.Remove(f.Name()))
	}
	// Its name is the new journal's now, whatever comes.
	old := m.journal.file
	m.journal = next
	for c, number := range numbers {
		c.number = number
	}
	return errors.Join(old.Close(), syncDir(s.o.Dir))
}

// tell writes all that was counted in a month and who took part, but for one. It
// returns the numbers it gave. The order is that of what is counted, so that it
// tells nothing either.
func (j *journal) tell(m *month, without uint64) (map[*cell]uint64, error) {
	byName := make(map[string]place, len(m.cells))
	for at := range m.cells {
		name, err := at.about.AppendBinary([]byte(at.tenant + "\x00"))
		if err != nil {
			return nil, err
		}
		byName[string(name)] = at
	}
	numbers := make(map[*cell]uint64, len(m.cells))
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		at := byName[name]
		c := m.cells[at]
		if err := errors.Join(j.name(at, j.next), j.sums(c, without)); err != nil {
			return nil, err
		}
		numbers[c] = j.next
		j.next++
	}
	return numbers, nil
}

func (j *journal) sums(c *cell, without uint64) error {
	for k, n := range c.counts {
		if n == 0 {
			continue
		}
		content := append(binary.AppendUvarint([]byte{'n'}, j.next), byte(k))
		if err := j.write(binary.AppendUvarint(content, uint64(n))); err != nil {
			return err
		}
	}
	for _, who := range c.who {
		if who == without {
			continue
		}
		if err := j.write(binary.BigEndian.AppendUint64(binary.AppendUvarint([]byte{'w'}, j.next), who)); err != nil {
			return err
		}
	}
	return nil
}

// syncDir makes sure that a new name in a folder stays after a crash of the
// machine.
func syncDir(dir string) error {
	d, err := os.Open(dir) //nolint:gosec // the folder is the operator's choice
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

package redisstore

import (
	"context"
	"errors"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/rightvoice/rightvoice/server/memory"
)

const (
	learnBatch   = 2500            // members in one round trip
	learnRounds  = 32              // tries for one member that others write too
	learnTimeout = 2 * time.Second // of one batch
)

// lesson is news of one member on the way. It is written under the name of every
// secret, so that servers that are to change the order of their secrets, and
// those that have done so, see the same.
type lesson struct {
	names  []string // by secret, the newest first
	news   []memory.StoredFact
	before []*memory.Member // what is thought to be stored, by name
	after  []*memory.Member
	asks   []ask
}

func (s *Store) newLesson(names []string) *lesson {
	l := &lesson{names: names, before: make([]*memory.Member, len(names)), after: make([]*memory.Member, len(names)), asks: make([]ask, len(names))}
	for i, name := range names {
		if l.before[i] = s.copies.peek(name); l.before[i] == nil {
			l.before[i] = nobody
		}
	}
	return l
}

// teachAll writes lessons until all that is stored is what they make of it.
func (s *Store) teachAll(ctx context.Context, lessons []*lesson, now time.Time) error {
	for round := 0; len(lessons) > 0; round++ {
		if round == learnRounds {
			return memory.ErrUnavailable
		}
		var again []*lesson
		for rest := lessons; len(rest) > 0; {
			n := min(len(rest), learnBatch)
			late, err := s.teach(ctx, rest[:n], now)
			if err != nil {
				return err
			}
			again, rest = append(again, late...), rest[n:]
		}
		lessons = again
	}
	return nil
}

// teach writes a batch, and returns those of whom something else is stored than
// was thought.
func (s *Store) teach(ctx context.Context, batch []*lesson, now time.Time) (again []*lesson, err error) {
	ctx, cancel := context.WithTimeout(ctx, learnTimeout)
	defer cancel()
	asks := make([]*ask, 0, len(batch))
	for _, l := range batch {
		s.prepareLesson(l, now)
		for i := range l.asks {
			asks = append(asks, &l.asks[i])
		}
	}
	answers := pipelined(ctx, s.client, asks)
	for _, l := range batch {
		n := len(l.names)
		known, err := s.learnt(l, answers[:n], now)
		switch answers = answers[n:]; {
		case err != nil:
			return nil, unavailable(err)
		case !known:
			again = append(again, l)
		}
	}
	return again, nil
}

// learnt takes over what Redis answered, and reports whether all that is
// stored is what the lesson makes of it.
func (s *Store) learnt(l *lesson, answers []*redis.Cmd, now time.Time) (known bool, err error) {
	known, forgotten, changed := true, false, false
	for i, cmd := range answers {
		switch stored, err := cmd.Text(); {
		case err == nil:
			known = false
			forgotten = forgotten || stored == "" && l.before[i].Version != ""
			l.before[i] = s.readMember(l.names[i], stored)
			s.copies.update(l.names[i], l.before[i])
		case errors.Is(err, redis.Nil):
			changed = changed || i == 0 && l.after[i] != l.before[i]
			l.before[i] = l.after[i]
			s.copies.update(l.names[i], l.after[i])
		default:
			return false, err
		}
	}
	if changed {
		s.learned.Add(1)
	}
	if forgotten {
		l.unlearn()
	} else if !known {
		_, known = l.made(now) // others told the same
	}
	return known, nil
}

// made is what is to be stored, under all names, of what is thought to be, and
// whether that is so already.
func (l *lesson) made(now time.Time) (all []memory.StoredFact, done bool) {
	news := l.news
	for _, m := range l.before[1:] {
		news = append(news[:len(news):len(news)], m.Facts...)
	}
	all, done = memory.Learn(l.before[0].Facts, news, now), true
	for _, m := range l.before {
		done = done && memory.Same(all, m.Facts) && (len(all) > 0 || m.Version == "")
	}
	return all, done
}

// unlearn leaves the news alone to be told: the member was forgotten meanwhile,
// and what was read before must not come back.
func (l *lesson) unlearn() {
	for i, m := range l.before {
		l.before[i] = &memory.Member{Version: m.Version}
	}
}

// prepareLesson works out what is to be stored of what is thought to be, under
// all names together.
func (s *Store) prepareLesson(l *lesson, now time.Time) {
	all, same := l.made(now)
	keep := memory.Keep(all, now)
	for i, name := range l.names {
		before := l.before[i]
		version := string(before.Version)
		l.after[i] = before
		switch {
		case memory.Same(all, before.Facts) && (len(all) > 0 || version == ""):
			l.asks[i] = ask{learnScript, []string{name}, []any{version, "keep"}}
			if same && len(l.names) > 1 && keep > 0 {
				l.asks[i].args = append(l.asks[i].args, l.stay(i, keep)...)
			}
		case keep <= 0:
			l.after[i], l.asks[i] = nobody, ask{learnScript, []string{name}, []any{version, "drop"}}
		default:
			sealed := s.keys.Seal(name, memory.AppendMember(nil, all))
			l.after[i] = &memory.Member{Version: versionOf(string(sealed)), Facts: all}
			l.asks[i] = ask{learnScript, []string{name}, []any{version, "set", sealed, keep.Milliseconds()}}
		}
	}
}

// stay is how long what is the same under all names stays: to its end under the
// newest one, and under older ones for as long as servers may still start with
// another secret.
func (l *lesson) stay(i int, keep time.Duration) []any {
	if i == 0 {
		return []any{"GT", keep.Milliseconds()}
	}
	return []any{"LT", min(keep, handover).Milliseconds()}
}

// handover is how long what has been copied to the newest name stays under an
// older one at least.
const handover = 30 * 24 * time.Hour

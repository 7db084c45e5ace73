package revision

import (
	"context"
	"encoding/json"
	"time"
)

// Evidence is what was worked out about a content against the one that it is to
// take the place of, once, when it was submitted. It goes into the record of the
// version as it is: whoever looks at the history sees what those saw who approved,
// whatever was recorded since and however the program tells it by then.
type Evidence struct {
	Before Digest    // the content that it is compared with
	After  Digest    // the content it is about
	At     time.Time // when it was worked out
	Sums   Sums
	Whole  Digest // the stored Assessed.Whole
}

// Sums are the figures of an Evidence.
type Sums struct {
	Changes int // rows and files that differ

	Logged    bool // decisions are recorded here
	Counted   bool // and they were replayed; otherwise the next five are 0
	Recorded  int  // decisions that were replayed
	Changed   int  // of them, answered differently
	Unsettled int  // of them, those that the log knows too little of
	Dropped   int  // decisions that were never written down
	Unseen    int  // regions in which no recorded decision lies

	Regions int  // kinds of members who are answered differently
	Cut     bool // there may be more regions

	Cases   int // examples that were asked; all passed
	Proved  int // guardrails that hold for every member
	Lint    int // guardrails that hold for every word
	RunTime int // guardrails that are kept while answering
}

// Assessment asks what becomes of members if one content takes the place of
// another.
type Assessment struct {
	Tenant        string
	Before, After Digest
	Report        *Report       // of After; it is green
	Within        time.Duration // how long counting may take; what is not counted by then stays uncounted
}

// Assessed is the answer: the figures, and all of it as whoever assessed it reads
// it again.
type Assessed struct {
	Sums  Sums
	Whole []byte
}

// How long it may be counted who is affected: whoever takes something back has no
// time to lose.
const (
	countWithin     = 20 * time.Second
	countWithinBack = 2 * time.Second
)

// evidence assesses a content that passed. It is nil where nobody assesses, and
// where there is nothing to compare with.
func (s *Service) evidence(ctx context.Context, tenant string, before Digest, r *Report, within time.Duration) (*Evidence, error) {
	if s.assess == nil || before == "" {
		return nil, nil
	}
	a, err := s.assess(ctx, Assessment{Tenant: tenant, Before: before, After: r.Digest, Report: r, Within: within})
	if err != nil {
		return nil, err
	}
	e := &Evidence{Before: before, After: r.Digest, At: s.clock(), Sums: a.Sums}
	e.Whole, err = s.store.Put(ctx, a.Whole)
	return e, err
}

// upToDate is the evidence of a draft, worked out anew if it is about another
// content or against another one than what is in force now.
func (s *Service) upToDate(ctx context.Context, d *Draft, was Version, r *Report) (*Evidence, error) {
	before := was.Digest
	if was.Number == 0 {
		before = d.BaseDigest
	}
	if e := d.Evidence; e != nil && e.Before == before && e.After == d.Etag {
		return e, nil
	}
	return s.evidence(ctx, d.Tenant, before, r, countWithin)
}

// Whole is all of an Evidence, as it was kept.
func (s *Service) Whole(ctx context.Context, e *Evidence) ([]byte, error) {
	b, err := s.store.Get(ctx, e.Whole)
	return b, stored(err)
}

// Passed is the report that let a version pass, as it was then. It is nil where
// none was kept.
func (s *Service) Passed(ctx context.Context, v *Version) (*Report, error) {
	r := &Report{}
	ok, err := s.loadJSON(ctx, v.Report, r)
	if !ok {
		return nil, err
	}
	return r, nil
}

// Said is what people said about the draft that a version was, until it was
// published.
func (s *Service) Said(ctx context.Context, v *Version) (all []Comment, err error) {
	_, err = s.loadJSON(ctx, v.Said, &all)
	return all, err
}

// loadJSON reads what saveJSON kept; false for no digest.
func (s *Service) loadJSON(ctx context.Context, d Digest, into any) (ok bool, err error) {
	if d == "" {
		return false, nil
	}
	b, err := s.store.Get(ctx, d)
	if err == nil && json.Unmarshal(b, into) != nil {
		err = errDamaged
	}
	return err == nil, stored(err)
}

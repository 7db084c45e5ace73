package audit

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// Filter chooses records. Fields that are empty choose all.
type Filter struct {
	Object  Object // by id, and by kind if it is given
	Actor   string
	Tenant  string
	Actions []string
	Kinds   []Kind
	Outcome Outcome
	From    time.Time // at or after
	Until   time.Time // before
	Before  uint64    // only records with a lower number: the next page
	Limit   int       // 0 means 100
}

const defaultLimit = 100

func (f *Filter) takes(r *Record) bool {
	return (f.Before == 0 || r.Seq < f.Before) &&
		(f.Actor == "" || r.Actor == f.Actor) &&
		(f.Tenant == "" || r.Tenant == f.Tenant) &&
		(len(f.Actions) == 0 || slices.Contains(f.Actions, r.Action)) &&
		(len(f.Kinds) == 0 || slices.Contains(f.Kinds, r.Kind)) &&
		(f.Outcome == 0 || r.Outcome == f.Outcome) &&
		(f.From.IsZero() || !r.At.Before(f.From)) &&
		(f.Until.IsZero() || r.At.Before(f.Until)) &&
		f.names(r)
}

func (f *Filter) names(r *Record) bool {
	return f.Object.ID == "" || slices.ContainsFunc(r.Objects, func(o Object) bool {
		return o.ID == f.Object.ID && (f.Object.Kind == "" || o.Kind == f.Object.Kind)
	})
}

// List lists records of the log in a folder, the newest first. The log may be
// open elsewhere. Bytes that are no record are passed over: Verify is for them.
func List(dir string, f Filter) ([]Record, error) {
	names, err := segments(dir)
	if err != nil {
		return nil, err
	}
	if f.Limit <= 0 {
		f.Limit = defaultLimit
	}
	var out []Record
	for i := len(names) - 1; i >= 0 && len(out) < f.Limit; i-- {
		if f.Before > 0 && names[i] >= segmentName(f.Before) {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, names[i])) //nolint:gosec // the folder is the caller's choice
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		found := f.among(data)
		slices.Reverse(found)
		out = append(out, found[:min(len(found), f.Limit-len(out))]...)
	}
	return out, nil
}

// among chooses from the records of one segment.
func (f *Filter) among(data []byte) (out []Record) {
	for at := segmentHead; at < len(data); {
		r, size, how := parse(data[at:])
		switch {
		case how == fits && f.takes(&r):
			out = append(out, r)
		case how == torn:
			return out
		case size == 0:
			size = resume(data[at:])
		}
		at += size
	}
	return out
}

// List lists records of the log, the newest first.
func (l *Log) List(f Filter) ([]Record, error) { return List(l.dir, f) }

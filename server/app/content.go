package app

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/rules/proof"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
	"github.com/rightvoice/rightvoice/server/recommend"
	"github.com/rightvoice/rightvoice/server/revision"
)

// keeper holds the content that a server was started with and compiles it anew
// when a day begins, because rules have dates.
type keeper struct {
	files   fs.FS // does not change while the server runs
	service *recommend.Service
	loaded  []prometheus.Counter // by outcome: 0 good, 1 bad
}

// openContent reads the content that the server begins with, and makes the
// service. The built-in content reads questions until a revision is in force.
func (a *App) openContent() error {
	rev, problems := a.loader.Load(content.Default(), a.now().UTC())
	if rev == nil {
		return fmt.Errorf("built-in content: %w", problemsError(problems))
	}
	for _, g := range rev.Set.Guardrails() {
		a.guardrails = append(a.guardrails, g.ID)
	}
	var err error
	if a.base, err = recommend.NewSnapshot(rev); err != nil {
		return fmt.Errorf("built-in content: %w", err)
	}
	a.service = recommend.New(recommend.Options{Store: a.store, StandIn: a.base, Now: a.now, Decisions: a.decisionLog(), Await: a.await,
		Outcomes: a.outcomes.counter, Assign: a.outcomes.assign})
	a.loaded = a.tel.Counters("rightvoice_content_loads_total", "Times that content was compiled, by outcome.", "outcome", "good", "bad")
	a.content = &keeper{files: content.Default(), service: a.service, loaded: a.loaded}
	if a.cfg.Content != "" {
		if a.content.files, err = freeze(os.DirFS(a.cfg.Content)); err != nil {
			return err
		}
	}
	a.published.first, err = revision.ReadFiles(a.content.files)
	return err
}

// beginContent brings into force what the server was started with.
func (a *App) beginContent() error {
	if a.cfg.Content == "" {
		a.service.Use("", a.base)
		return nil
	}
	return a.content.load(a.now().UTC())
}

// load compiles the content for a day and brings it into force if it is good
// and another than before.
func (k *keeper) load(day time.Time) error {
	snap, err := compileProved(k.files, day)
	if err != nil {
		k.loaded[1].Inc()
		return err
	}
	k.loaded[0].Inc()
	if snap.ID() != k.service.Current("").ID() {
		k.service.Use("", snap)
	}
	return nil
}

// compileProved compiles content, and proves the guardrails over the tables if
// that was not done when the program was built.
func compileProved(files fs.FS, day time.Time) (*recommend.Snapshot, error) {
	rev, problems := content.Load(files, day)
	if rev == nil {
		return nil, problemsError(problems)
	}
	for _, g := range proof.Check(rev.Set, proof.DefaultBudget).Guardrails {
		if g.Checked && g.Answer != proof.Proved {
			rail := &rev.Set.Guardrails()[g.Guardrail]
			return nil, fmt.Errorf("%s:%d: %s is not proved for every member; `rightvoice prove` tells why", rail.File, rail.Line, rail.ID)
		}
	}
	return recommend.NewSnapshot(rev)
}

// maxShown bounds how many problems of content an error names; `rightvoice
// check` names all.
const maxShown = 10

func problemsError(problems []strictyaml.Problem) error {
	var errs []error
	for _, p := range problems {
		if p.Severity == strictyaml.Error && len(errs) < maxShown {
			errs = append(errs, errors.New(p.String()))
		}
	}
	return errors.Join(errs...)
}

// keepCurrent loads the content anew when a day (in UTC) begins, until ctx
// ends. Content that turns out bad leaves the last good in force.
func (a *App) keepCurrent(ctx context.Context) {
	for {
		now := a.now().UTC()
		next := now.Truncate(24 * time.Hour).Add(24 * time.Hour)
		timer := time.NewTimer(next.Sub(now))
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-timer.C:
		}
		if err := a.content.load(next); err != nil {
			a.tel.Log.Error("content is not good for the new day; the last good stays in force", "cause", err.Error())
			continue
		}
		a.tel.Log.Info("a day began", "revision", a.service.Current("").ID())
	}
}

// freeze copies the content files of a folder, so that edits come into force when
// the server starts and not when a day begins. Files may be links, as they are
// where a cluster mounts them.
func freeze(dir fs.FS) (fs.FS, error) {
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	err := fs.WalkDir(dir, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !content.Owns(name) {
			return err
		}
		data, err := fs.ReadFile(dir, name)
		if err != nil {
			return err
		}
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err == nil {
			_, err = f.Write(data)
		}
		return err
	})
	if err = errors.Join(err, w.Close()); err != nil {
		return nil, err
	}
	return zip.NewReader(bytes.NewReader(buf.Bytes()), int64(buf.Len()))
}

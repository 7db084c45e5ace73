package main

import (
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
	"github.com/rightvoice/rightvoice/server/recommend"
)

// folder is the content to work on: the one named, or the one that the program
// comes with.
func folder(dir string) (fs.FS, error) {
	if dir == "" {
		return content.Default(), nil
	}
	info, err := os.Stat(dir)
	if err != nil || !info.IsDir() {
		return nil, badArguments("%s is no folder that can be read", dir)
	}
	return os.DirFS(dir), nil
}

// engine answers from one content, at a moment that the caller sets.
type engine struct {
	revision *content.Revision
	snapshot *recommend.Snapshot
	service  *recommend.Service
	at       time.Time
}

// newEngine loads content for use at a moment. Content that can't be used is
// printed and is an exit of its own.
func newEngine(std streams, dir string, at time.Time) (*engine, error) {
	fsys, err := folder(dir)
	if err != nil {
		return nil, err
	}
	rev, problems := content.Load(fsys, at)
	if rev == nil {
		for _, p := range problems {
			fmt.Fprintln(std.err, place(dir, p))
		}
		return nil, &exit{exitCheck, "this content can't be used; run rightvoice check"}
	}
	snap, err := recommend.NewSnapshot(rev)
	if err != nil {
		return nil, err
	}
	e := &engine{revision: rev, snapshot: snap, at: at}
	e.service = recommend.New(recommend.Options{StandIn: snap, Now: func() time.Time { return e.at }})
	e.service.Use("", snap)
	return e, nil
}

// place is a problem with the path of its file as the caller would type it.
func place(dir string, p strictyaml.Problem) strictyaml.Problem {
	if dir != "" {
		p.File = dir + "/" + p.File
	}
	return p
}

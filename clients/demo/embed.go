// Package demo is the pages of the demos as files: a member portal, a provider
// app, and both side by side. They are plain HTML, CSS and JavaScript, sent as
// they lie in pages/, so that what a browser shows as their source is how to
// build on the API. Nothing has to be compiled.
package demo

import (
	"embed"
	"io/fs"
)

//go:embed pages
var pages embed.FS

// Files is the pages and what they load.
func Files() (fs.FS, error) { return fs.Sub(pages, "pages") }

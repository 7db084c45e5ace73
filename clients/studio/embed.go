// Package studio holds the built web page on which content teams change rules.
// `make studio` writes it to dist. Without that there is only an empty folder,
// and the program builds all the same.
package studio

import (
	"embed"
	"io/fs"
)

// all: because .gitkeep, which keeps the folder in the repository, begins with
// a dot.
//
//go:embed all:dist
var dist embed.FS

// Files returns what was built: index.html and assets, or next to nothing if
// the page was not built.
func Files() fs.FS {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		return dist // only for names that are no paths
	}
	return files
}

package content

import (
	"embed"
	"io/fs"
)

//go:embed *.yaml advice/*.yaml cases/*.yaml
var files embed.FS

// Default is the content that the program comes with.
func Default() fs.FS { return files }

//go:build !unix

package dirstore

import (
	"errors"
	"os"
)

// lockFile fails where files have no locks that end with their process: two
// writers would tear the journal.
func lockFile(string) (*os.File, error) { return nil, errors.ErrUnsupported }

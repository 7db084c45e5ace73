//go:build !unix

package audit

import (
	"os"
	"path/filepath"
)

// lockDir can't keep other processes out here: operators must.
func lockDir(dir string) (*os.File, error) {
	return os.OpenFile(filepath.Join(dir, "lock"), os.O_RDWR|os.O_CREATE, 0o600)
}

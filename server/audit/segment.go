package audit

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

const (
	magic       = "RVAUDIT1"
	segmentHead = len(magic) + 8
	extension   = ".audit"
)

func segmentName(first uint64) string { return fmt.Sprintf("%016d%s", first, extension) }

// segments lists the names of the segments of a folder, the oldest first.
func segments(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if number, ok := strings.CutSuffix(e.Name(), extension); ok && e.Type().IsRegular() {
			if first, err := strconv.ParseUint(number, 10, 64); err == nil && segmentName(first) == e.Name() {
				names = append(names, e.Name())
			}
		}
	}
	slices.Sort(names)
	return names, nil
}

// createSegment makes a file that starts with record first, and makes sure that
// the folder knows it.
func createSegment(dir string, first uint64) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(dir, segmentName(first)), os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600) //nolint:gosec // the folder is the operator's choice
	if err != nil {
		return nil, err
	}
	_, err = f.Write(binary.BigEndian.AppendUint64([]byte(magic), first))
	if err = errors.Join(err, f.Sync(), syncDir(dir)); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// headFits reports whether a segment begins as its name says.
func headFits(data []byte, name string) bool {
	return len(data) >= segmentHead && string(data[:len(magic)]) == magic && segmentName(binary.BigEndian.Uint64(data[len(magic):])) == name
}

func syncDir(dir string) error {
	d, err := os.Open(dir) //nolint:gosec // the folder is the operator's choice
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// writeFile replaces a file as a whole: whoever reads it, also after a crash,
// gets the old or the new one.
func writeFile(path string, data []byte, mode fs.FileMode) error {
	temp := path + ".new"
	f, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, mode) //nolint:gosec // the folder is the operator's choice
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(temp, path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

package revision

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/rightvoice/rightvoice/rules/content"
)

// Digest is the SHA-256 of an object in 64 hex digits.
type Digest string

// DigestOf is the digest of bytes.
func DigestOf(b []byte) Digest {
	sum := sha256.Sum256(b)
	return Digest(hex.EncodeToString(sum[:]))
}

// Valid reports whether d has the form of a digest.
func (d Digest) Valid() bool {
	b, err := hex.DecodeString(string(d))
	return err == nil && len(b) == sha256.Size && strings.ToLower(string(d)) == string(d)
}

// Files are the files of one content by path. They are not changed once made.
type Files map[string][]byte

// Limits of one content, far above what people write.
const (
	MaxFiles = 1000
	MaxBytes = 32 << 20
	maxPath  = 200
)

// ReadFiles reads the content files of a folder.
func ReadFiles(dir fs.FS) (Files, error) {
	files := Files{}
	err := fs.WalkDir(dir, ".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case strings.HasPrefix(e.Name(), ".") && name != ".":
			if e.IsDir() {
				return fs.SkipDir
			}
			return nil
		case e.IsDir() || !content.Owns(name):
			return nil
		}
		files[name], err = fs.ReadFile(dir, name)
		return err
	})
	if err != nil {
		return nil, err
	}
	return files, files.check()
}

// check refuses files that no content has.
func (f Files) check() error {
	size := 0
	for name, text := range f {
		hidden := strings.HasPrefix(name, ".") || strings.Contains(name, "/.")
		if !fs.ValidPath(name) || !content.Owns(name) || hidden || len(name) > maxPath || strings.ContainsAny(name, "\\\x00") {
			return invalid("operations", "a content has YAML files, by names such as advice/sleep.yaml, and a table of codes")
		}
		size += len(text)
	}
	if len(f) > MaxFiles || size > MaxBytes {
		return invalid("operations", "a content has at most %d files and %d MiB", MaxFiles, MaxBytes>>20)
	}
	return nil
}

// Digest is the digest of the tree.
func (f Files) Digest() Digest { return DigestOf(f.Tree()) }

// Tree lists the files: each name and the SHA-256 of each text, framed by
// lengths. It is what rules/content digests, so that both name a content alike.
func (f Files) Tree() []byte {
	var b []byte
	for _, name := range f.names() {
		sum := sha256.Sum256(f[name])
		b = frame(frame(b, []byte(name)), sum[:])
	}
	return b
}

func (f Files) names() []string { return slices.Sorted(maps.Keys(f)) }

func frame(to, b []byte) []byte {
	return append(binary.BigEndian.AppendUint64(to, uint64(len(b))), b...)
}

var errDamaged = errors.New("revision: a stored object is damaged")

// readTree reads what Tree wrote: names and digests in order.
func readTree(b []byte) (names []string, digests []Digest, err error) {
	for len(b) > 0 {
		var name, sum []byte
		if name, b, err = unframe(b); err == nil {
			sum, b, err = unframe(b)
		}
		if err != nil || len(sum) != sha256.Size {
			return nil, nil, errDamaged
		}
		names, digests = append(names, string(name)), append(digests, Digest(hex.EncodeToString(sum)))
	}
	return names, digests, nil
}

func unframe(b []byte) (part, rest []byte, err error) {
	if len(b) < 8 {
		return nil, nil, errDamaged
	}
	n := binary.BigEndian.Uint64(b)
	if b = b[8:]; n > uint64(len(b)) {
		return nil, nil, errDamaged
	}
	return b[:n], b[n:], nil
}

// FS is the files as a folder.
func (f Files) FS() (fs.FS, error) {
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for _, name := range f.names() {
		to, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err == nil {
			_, err = to.Write(f[name])
		}
		if err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return zip.NewReader(bytes.NewReader(buf.Bytes()), int64(buf.Len()))
}

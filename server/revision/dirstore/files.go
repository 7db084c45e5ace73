package dirstore

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rightvoice/rightvoice/server/revision"
)

func (s *Store) objectPath(d revision.Digest) string {
	return filepath.Join(s.dir, "objects", string(d[:2]), string(d[2:]))
}

// Put is part of revision.Objects. An object that is damaged is written anew.
func (s *Store) Put(_ context.Context, b []byte) (revision.Digest, error) {
	d := revision.DigestOf(b)
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.writable(); err != nil {
		return "", err
	}
	path := s.objectPath(d)
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, b) {
		return d, s.settle(filepath.Dir(path)) // a crash may have come before its folder was synced
	}
	if err := makeFolder(filepath.Dir(path)); err != nil {
		return "", err
	}
	return d, s.write("object", path, b)
}

// Get is part of revision.Objects.
func (s *Store) Get(_ context.Context, d revision.Digest) ([]byte, error) {
	if !d.Valid() {
		return nil, revision.ErrNotFound
	}
	b, err := os.ReadFile(s.objectPath(d))
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil, revision.ErrNotFound
	case err != nil:
		return nil, err
	case revision.DigestOf(b) != d:
		return nil, errDamaged
	}
	return b, nil
}

var errDamaged = errors.New("dirstore: a stored file is damaged")

// write puts a file in place, whole and to stay; s.mu is held. kind names the
// steps.
func (s *Store) write(kind, path string, b []byte) error {
	if err := s.at(kind + ".create"); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Join(s.dir, "tmp"), kind)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	for _, step := range []func() error{
		func() error { return s.at(kind + ".written") }, f.Sync,
		func() error { return s.at(kind + ".synced") },
	} {
		if err == nil {
			err = step()
		}
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	s.durable[filepath.Dir(path)] = false
	if err := s.at(kind + ".renamed"); err != nil {
		return err
	}
	if err := s.settle(filepath.Dir(path)); err != nil {
		return err
	}
	return s.at(kind + ".settled")
}

// settle syncs a folder unless nothing changed in it since that was last done.
func (s *Store) settle(folder string) error {
	if s.durable[folder] {
		return nil
	}
	if err := syncFolder(folder); err != nil {
		s.fail(err)
		return err
	}
	s.durable[folder] = true
	return nil
}

func (s *Store) documentPath(k revision.Key) string {
	return filepath.Join(s.dir, "documents", k.Tenant, k.Kind, k.ID)
}

// A document's file is a checksum of the rest, its count and its body.
const documentHead = sha256.Size + 8

// Load is part of revision.Documents.
func (s *Store) Load(_ context.Context, k revision.Key) ([]byte, uint64, error) {
	if !k.Valid() {
		return nil, 0, revision.ErrName
	}
	b, err := os.ReadFile(s.documentPath(k))
	if errors.Is(err, os.ErrNotExist) {
		return nil, 0, nil
	} else if err != nil {
		return nil, 0, err
	}
	if len(b) < documentHead {
		return nil, 0, errDamaged
	}
	if sum := sha256.Sum256(b[sha256.Size:]); !bytes.Equal(sum[:], b[:sha256.Size]) {
		return nil, 0, errDamaged
	}
	return b[documentHead:], binary.BigEndian.Uint64(b[sha256.Size:]), nil
}

// Save is part of revision.Documents.
func (s *Store) Save(ctx context.Context, k revision.Key, body []byte, was uint64) error {
	if !k.Valid() {
		return revision.ErrName
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.writable(); err != nil {
		return err
	}
	_, count, err := s.Load(ctx, k)
	if err != nil {
		return err
	}
	if count != was {
		return revision.ErrMoved
	}
	path := s.documentPath(k)
	if err := errors.Join(makeFolder(filepath.Dir(filepath.Dir(path))), makeFolder(filepath.Dir(path))); err != nil {
		return err
	}
	rest := append(binary.BigEndian.AppendUint64(nil, was+1), body...)
	sum := sha256.Sum256(rest)
	return s.write("document", path, append(sum[:], rest...))
}

// List is part of revision.Documents.
func (s *Store) List(_ context.Context, tenant, kind string) ([]string, error) {
	if !revision.ValidName(tenant) || !revision.ValidName(kind) {
		return nil, revision.ErrName
	}
	entries, err := os.ReadDir(filepath.Join(s.dir, "documents", tenant, kind))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	var ids []string
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") {
			ids = append(ids, e.Name())
		}
	}
	slices.Sort(ids)
	return ids, err
}

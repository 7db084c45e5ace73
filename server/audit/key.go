package audit

import (
	"crypto/ed25519"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

const (
	keyFile     = "signing.key"
	publicFile  = "signing.pub" // beside a key file of any name: the name with .pub
	privateType = "PRIVATE KEY"
	publicType  = "PUBLIC KEY"
)

// loadKey reads the key that signs checkpoints and makes it if there is none.
// The public key is written where publicPath says, to be kept elsewhere too.
func loadKey(path, publicPath string) (ed25519.PrivateKey, error) {
	text, err := os.ReadFile(path) //nolint:gosec // the path is the operator's choice
	if errors.Is(err, fs.ErrNotExist) {
		return makeKey(path, publicPath)
	}
	if err != nil {
		return nil, err
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm()&0o077 != 0 {
		return nil, errors.Join(err, fmt.Errorf("audit: %s can be read by others; make it readable by its owner only (chmod 600)", path))
	}
	block, _ := pem.Decode(text)
	if block == nil || block.Type != privateType {
		return nil, fmt.Errorf("audit: %s holds no key", path)
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	key, ok := parsed.(ed25519.PrivateKey)
	if err != nil || !ok {
		return nil, fmt.Errorf("audit: %s holds no Ed25519 key", path)
	}
	return key, nil
}

func makeKey(path, publicPath string) (ed25519.PrivateKey, error) {
	public, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		return nil, err
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	spki, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		return nil, err
	}
	if err := writeFile(publicPath, pem.EncodeToMemory(&pem.Block{Type: publicType, Bytes: spki}), 0o644); err != nil {
		return nil, err
	}
	return key, writeFile(path, pem.EncodeToMemory(&pem.Block{Type: privateType, Bytes: private}), 0o600)
}

// ReadPublicKey reads the key that checks signatures from a PEM file.
func ReadPublicKey(path string) (ed25519.PublicKey, error) {
	text, err := os.ReadFile(path) //nolint:gosec // the path is the caller's choice
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil || block.Type != publicType {
		return nil, fmt.Errorf("audit: %s holds no public key", path)
	}
	parsed, err := x509.ParsePKIXPublicKey(block.Bytes)
	key, ok := parsed.(ed25519.PublicKey)
	if err != nil || !ok {
		return nil, fmt.Errorf("audit: %s holds no Ed25519 key", path)
	}
	return key, nil
}

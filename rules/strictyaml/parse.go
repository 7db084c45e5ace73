package strictyaml

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// Limits of one file. They are far above what people write and keep a hostile
// file from costing much.
const (
	MaxBytes = 16 << 20
	MaxDepth = 24 // mappings and lists inside each other
)

// Decode reads one document into the struct that into points to.
func Decode(file string, src []byte, into any) []Problem {
	var p Problems
	if n, ok := Parse(file, src, &p); ok {
		n.Decode(into)
	}
	return p.List()
}

// ReadFile decodes a file of fsys into the struct that into points to and
// reports whether it added no error to p. A missing file is an error.
func ReadFile(fsys fs.FS, name string, into any, p *Problems) bool {
	before := p.Errors()
	src, err := readBounded(fsys, name)
	if err != nil {
		p.Errorf(Pos{name, 1, 1}, "unreadable-file", "this file is missing or cannot be read")
		return false
	}
	parse := Parse
	if f, ok := fsys.(folder); ok {
		parse = f.documents.parse
	}
	if n, ok := parse(name, src, p); ok {
		n.Decode(into)
	}
	return p.Errors() == before
}

// readBounded reads one byte more than is allowed at most, which Parse refuses.
func readBounded(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, MaxBytes+1))
}

// Parse reads the only document of a file and reports whether it is well formed
// and plain. Problems go to p, also those found later through the Node.
func Parse(file string, src []byte, p *Problems) (Node, bool) {
	before := p.Errors()
	if len(src) > MaxBytes {
		p.Errorf(Pos{file, 1, 1}, "too-large", "this file is larger than %d MiB", MaxBytes>>20)
		return Node{}, false
	}
	if !utf8.Valid(src) {
		// The parser would take a file in UTF-16 and count its lines wrongly.
		at := Pos{File: file}
		at.Line, at.Col = firstNotText(src)
		p.Errorf(at, "not-utf8", "the file holds signs that are not UTF-8 text")
		return Node{}, false
	}
	dec := yaml.NewDecoder(bytes.NewReader(src))
	var doc, second yaml.Node
	if err := dec.Decode(&doc); errors.Is(err, io.EOF) {
		p.Errorf(Pos{file, 1, 1}, "empty-file", "this file is empty")
		return Node{}, false
	} else if err != nil {
		syntaxProblem(file, src, err, p)
		return Node{}, false
	}
	if err := dec.Decode(&second); err == nil {
		p.Errorf(Pos{file, second.Line, second.Column}, "second-document", "the file goes on after its end; remove the line with three dashes")
	} else if !errors.Is(err, io.EOF) {
		syntaxProblem(file, src, err, p)
	}
	n := Node{doc.Content[0], file, p}
	n.refuseUnplain(1)
	return n, p.Errors() == before
}

// firstNotText is the place of the first bytes that are no UTF-8.
func firstNotText(src []byte) (line, col int) {
	line, col = 1, 1
	for len(src) > 0 {
		r, n := utf8.DecodeRune(src)
		switch {
		case r == utf8.RuneError && n == 1:
			return line, col
		case r == '\n':
			line, col = line+1, 1
		default:
			col++
		}
		src = src[n:]
	}
	return line, col
}

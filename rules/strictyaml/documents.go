package strictyaml

import (
	"crypto/sha256"
	"io/fs"
	"sync"

	"go.yaml.in/yaml/v3"
)

// Documents remembers what files were parsed to, by name and bytes, so that to
// read a folder again after one file changed costs little more than that file.
// It is bounded, and safe for concurrent use.
type Documents struct {
	most int

	mu   sync.Mutex
	kept map[documentKey]*document
	size int    // bytes of the files that are kept
	now  uint64 // counts uses
}

type documentKey struct {
	file string
	sum  [sha256.Size]byte
}

// document is what Parse made of a file. Nobody changes it.
type document struct {
	root  *yaml.Node
	ok    bool
	found Problems
	size  int
	used  uint64
}

// documentCost is what a file counts beside its bytes, so that empty ones are not
// kept without end.
const documentCost = 256

// NewDocuments makes Documents that remember files of that many bytes together.
// Parsed files take about ten times as much memory.
func NewDocuments(bytes int) *Documents {
	return &Documents{most: bytes, kept: map[documentKey]*document{}}
}

// folder is a folder whose files ReadFile need not parse twice.
type folder struct {
	fs.FS
	documents *Documents
}

// Over is fsys, of which ReadFile remembers what it parses. Nil Documents
// remember nothing.
func (d *Documents) Over(fsys fs.FS) fs.FS {
	if d == nil {
		return fsys
	}
	if f, ok := fsys.(folder); ok {
		fsys = f.FS
	}
	return folder{fsys, d}
}

// parse is Parse, of which the answers are kept. What is wrong with a file is
// told again each time.
func (d *Documents) parse(file string, src []byte, p *Problems) (Node, bool) {
	key := documentKey{file, sha256.Sum256(src)}
	x := d.find(key)
	if x == nil {
		x = &document{size: len(src) + documentCost}
		var n Node
		n, x.ok = Parse(file, src, &x.found)
		x.root = n.n
		d.keep(key, x)
	}
	p.addAll(&x.found)
	if !x.ok {
		return Node{}, false
	}
	return Node{x.root, file, p}, true
}

func (d *Documents) find(key documentKey) *document {
	d.mu.Lock()
	defer d.mu.Unlock()
	x := d.kept[key]
	if x != nil {
		d.now++
		x.used = d.now
	}
	return x
}

// keep forgets the documents that were not used for longest until the new one
// has room.
func (d *Documents) keep(key documentKey, x *document) {
	if x.size > d.most {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.kept[key] != nil {
		return // somebody else was quicker
	}
	for d.size+x.size > d.most {
		var oldest documentKey
		for k, y := range d.kept {
			if z := d.kept[oldest]; z == nil || y.used < z.used {
				oldest = k
			}
		}
		d.size -= d.kept[oldest].size
		delete(d.kept, oldest)
	}
	d.now++
	x.used = d.now
	d.kept[key] = x
	d.size += x.size
}

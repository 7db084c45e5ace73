package strictyaml

import "go.yaml.in/yaml/v3"

// Kind is the shape of a Node.
type Kind uint8

const (
	Nothing Kind = iota // no value was written
	Scalar              // a single value
	List
	Mapping
)

func (k Kind) String() string {
	return [...]string{"nothing", "a single value", "a list", "a mapping of names to values"}[k]
}

// Node is one value of a document, for types that decode themselves. It is a
// small value; copy it. Problems reported through it land where Parse was told.
type Node struct {
	n    *yaml.Node
	file string
	p    *Problems
}

// Entry is one name and value of a mapping.
type Entry struct {
	Key   string
	At    Pos // of the key
	Value Node
}

// NodeDecoder is implemented by types that decode themselves, on the pointer.
type NodeDecoder interface{ DecodeNode(n Node) }

// Pos is where the node begins.
func (n Node) Pos() Pos {
	if n.n == nil {
		return Pos{File: n.file, Line: 1, Col: 1}
	}
	return Pos{n.file, n.n.Line, n.n.Column}
}

// Kind is the shape of the node.
func (n Node) Kind() Kind {
	switch {
	case n.n == nil, n.n.Kind == yaml.ScalarNode && n.n.ShortTag() == "!!null":
		return Nothing
	case n.n.Kind == yaml.MappingNode:
		return Mapping
	case n.n.Kind == yaml.SequenceNode:
		return List
	}
	return Scalar
}

// Text is a single value as it was written, without its quotes.
func (n Node) Text() string {
	if n.Kind() != Scalar {
		return ""
	}
	return n.n.Value
}

// Quoted reports whether a single value was written in quotes, or as a block.
func (n Node) Quoted() bool { return n.Kind() == Scalar && n.n.Style != 0 }

// Items are the elements of a list.
func (n Node) Items() []Node {
	if n.Kind() != List {
		return nil
	}
	out := make([]Node, len(n.n.Content))
	for i, c := range n.n.Content {
		out[i] = Node{c, n.file, n.p}
	}
	return out
}

// Entries are the names and values of a mapping, in the order written.
func (n Node) Entries() []Entry {
	if n.Kind() != Mapping {
		return nil
	}
	out := make([]Entry, 0, len(n.n.Content)/2)
	for i := 0; i+1 < len(n.n.Content); i += 2 {
		k := Node{n.n.Content[i], n.file, n.p}
		out = append(out, Entry{k.n.Value, k.Pos(), Node{n.n.Content[i+1], n.file, n.p}})
	}
	return out
}

// Problems is where the node's problems go.
func (n Node) Problems() *Problems { return n.p }

// Errorf keeps an error at the node.
func (n Node) Errorf(code, format string, args ...any) { n.p.Errorf(n.Pos(), code, format, args...) }

const noAlias = "shorthand with * is not allowed; write the value out"

// refuseUnplain reports everything beyond plain YAML in n and below it.
func (n Node) refuseUnplain(depth int) {
	switch {
	case depth > MaxDepth:
		n.Errorf("too-deep", "this is nested more than %d deep", MaxDepth)
		return
	case n.n.Kind == yaml.AliasNode:
		n.Errorf("alias", noAlias)
		return
	case n.n.Anchor != "":
		n.Errorf("anchor", "a name with & is not allowed; remove it")
	case n.n.Style&yaml.TaggedStyle != 0:
		n.Errorf("tag", "a type with ! is not allowed; remove it")
	}
	if n.n.Kind == yaml.MappingNode {
		n.checkKeys()
	}
	for i, c := range n.n.Content {
		if n.n.Kind == yaml.MappingNode && i%2 == 0 {
			continue
		}
		Node{c, n.file, n.p}.refuseUnplain(depth + 1)
	}
}

// checkKeys reports keys that are no plain words or that come twice.
func (n Node) checkKeys() {
	seen := make(map[string]Pos, len(n.n.Content)/2)
	for i := 0; i+1 < len(n.n.Content); i += 2 {
		k := Node{n.n.Content[i], n.file, n.p}
		switch {
		case k.n.Kind != yaml.ScalarNode:
			k.Errorf("key-type", "a name is expected before the colon")
			continue
		case k.n.ShortTag() == "!!merge":
			k.Errorf("merge-key", "merging with << is not allowed; write the values out")
			continue
		case k.n.Anchor != "" || k.n.Style&yaml.TaggedStyle != 0:
			k.Errorf("anchor", "a name must be a plain word, without & or !")
			continue
		case k.n.ShortTag() != "!!str":
			k.Errorf("key-type", "the name %q must be in quotes", k.n.Value)
			continue
		}
		if first, twice := seen[k.n.Value]; twice {
			k.Errorf("duplicate-key", "%q is here twice; the first one is on line %d", k.n.Value, first.Line)
		}
		seen[k.n.Value] = k.Pos()
	}
}

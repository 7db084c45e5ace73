package memory

import "encoding/binary"

// frame is a list of fields as bytes, such that two different lists never give
// the same bytes: each field starts with what it is and how long it is. An
// absent field differs from an empty one.
type frame []byte

const (
	frameAbsent byte = iota
	frameText
	frameList
)

func (f frame) absent() frame { return append(f, frameAbsent) }

func (f frame) text(s string) frame {
	f = append(f, frameText)
	f = binary.AppendUvarint(f, uint64(len(s)))
	return append(f, s...)
}

// bytes adds a field that is absent if b is nil.
func (f frame) bytes(b []byte) frame {
	if b == nil {
		return f.absent()
	}
	f = append(f, frameText)
	f = binary.AppendUvarint(f, uint64(len(b)))
	return append(f, b...)
}

func (f frame) list(items []string) frame {
	f = append(f, frameList)
	f = binary.AppendUvarint(f, uint64(len(items)))
	for _, item := range items {
		f = f.text(item)
	}
	return f
}

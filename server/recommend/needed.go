package recommend

import (
	"encoding/binary"
	"sync"
	"sync/atomic"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/ruleset"
)

// neededMemo remembers which facts would settle a question. Finding out takes a
// hundred times as long as deciding, and the questions of members of whom little
// is known are much alike: a portal's first page asks them for everyone. What is
// remembered follows from its key alone, and nothing of a member but which
// facts are known, and between which constants of the rules they lie, is in it.
type neededMemo struct {
	answers sync.Map // string → []fact.ID
	n       atomic.Int64
}

// maxMemo bounds the memory: about 1 MiB for each revision.
const maxMemo = 4096

func (m *neededMemo) needed(set *ruleset.Set, f *fact.Facts, topic uint16) []fact.ID {
	var buf [256]byte
	key := string(set.AppendCells(appendKnown(buf[:0], f, topic), f, topic))
	if ids, ok := m.answers.Load(key); ok {
		return ids.([]fact.ID)
	}
	facts := *f // a copy, so that only this path keeps facts beyond the stack
	ids := set.Needed(&facts, topic)
	if m.n.Load() < maxMemo {
		if _, had := m.answers.LoadOrStore(key, ids); !had {
			m.n.Add(1)
		}
	}
	return ids
}

// appendKnown adds the topic and which facts are known: rules that can't tell a
// value from an unknown one still differ in what is worth asking for.
func appendKnown(dst []byte, f *fact.Facts, topic uint16) []byte {
	dst = binary.BigEndian.AppendUint16(dst, topic)
	for id := fact.ID(0); id < fact.MaxFacts; id += 8 {
		var b byte
		for i := fact.ID(0); i < 8; i++ {
			if f.Known(id + i) {
				b |= 1 << i
			}
		}
		dst = append(dst, b)
	}
	return dst
}

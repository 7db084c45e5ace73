package intake

import (
	"io/fs"
	"sync"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
)

// File is the lexicon's name in a content directory.
const File = "lexicon.yaml"

// Lexicon is the compiled lexicon of one revision: immutable and safe for
// concurrent use.
type Lexicon struct {
	words    vocabulary
	patterns []pattern
	idioms   index // patterns looked for first, whose words then say nothing else
	phrases  index
	together []together
	topics   []topic
	slots    map[uint16]int8 // topic position → slot

	symptom, chronicCare, preventive, emergency, none int8 // slots
	mixed, crisis                                     int  // positions in text_intent

	callReasons map[int64]int8
	pages       []page
	codes       codes

	readers *sync.Pool
}

// topic is one topic the lexicon speaks of.
type topic struct {
	id     uint16 // position in the catalogue
	kind   kind
	intent int // position in text_intent
}

// together is a red flag that several signals raise only together.
type together struct {
	signals signalSet
	flag    uint8
}

// page is a page group and the topic a visit suggests.
type page struct {
	position int
	topic    int8
}

// LoadLexicon reads and compiles lexicon.yaml against the vocabularies of a
// revision, and the table of diagnosis codes if the revision has its own. The
// lexicon is nil if any problem is an error.
func LoadLexicon(fsys fs.FS, c *fact.Catalogue) (*Lexicon, []strictyaml.Problem) {
	var p strictyaml.Problems
	var f file
	if !strictyaml.ReadFile(fsys, File, &f, &p) {
		return nil, p.List()
	}
	l := compile(&f, c, loadCodes(fsys, &p), &p)
	if p.Failed() {
		return nil, p.List()
	}
	return l, p.List()
}

// KindOf is the kind that the lexicon takes a topic to be of, or "" for a topic
// it does not speak of. Whoever loads a revision checks it against topics.yaml.
func (l *Lexicon) KindOf(topic uint16) string {
	if s, ok := l.slots[topic]; ok {
		return kindNames[l.topics[s].kind]
	}
	return ""
}

// reading is the answer with up to two topics.
func (l *Lexicon) reading(first, second int8) Reading {
	if first == noTopic {
		return Reading{}
	}
	a := l.topics[first]
	if second == noTopic {
		return Reading{Topics: []uint16{a.id}, Intent: a.intent}
	}
	b := l.topics[second]
	out := Reading{Topics: []uint16{a.id, b.id}, Intent: a.intent}
	if (a.kind == kindCoverage) != (b.kind == kindCoverage) && (a.kind.clinical() || b.kind.clinical()) {
		out.Intent = l.mixed
	}
	return out
}

// alarm is the answer to a text that raises red flags or asks for help at once.
func (l *Lexicon) alarm(flags int64) Reading {
	out := Reading{Topics: []uint16{l.topics[l.emergency].id}, RedFlags: flags, Intent: l.topics[l.symptom].intent}
	if flags&crises != 0 {
		out.Intent = l.crisis
	}
	return out
}

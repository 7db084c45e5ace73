package icd10

import (
	_ "embed"
	"slices"
	"sync"
)

//go:embed icd10cm.txt
var builtin string

// Default returns the built-in table.
func Default() *Table { return readBuiltin() }

var readBuiltin = sync.OnceValue(func() *Table {
	t, err := parse(builtin)
	if err != nil {
		return &Table{} // a test keeps the embedded text readable; a table that knows no code errs on the safe side
	}
	return t
})

// Classify returns what the built-in table says of a code. It is total, does
// not allocate, and may be called from many goroutines.
func Classify(code string) Class { return Default().Classify(code) }

// Table is an immutable set of classes for codes, safe for concurrent use. The
// zero Table knows no code.
type Table struct {
	// cells[i] holds for the keys from starts[i] up to, not including, starts[i+1].
	starts []key
	cells  []cell
	// What an imported file says otherwise of single codes, by ascending key.
	told []verdict
}

// cell is a run of codes that are taken alike.
type cell struct {
	class  Class
	visits visits // how the visit decides the Chronicity
	intent int    // place of the character for the intent, 0 for none
}

// visits is how the seventh character, the kind of visit, decides Chronicity.
type visits uint8

const (
	anyVisit    visits = iota // it does not
	underCare                 // acute under active care, neither afterwards
	lastingHarm               // chronic at the first visit, then as underCare
	firstVisit                // acute at the first visit, else neither
)

type verdict struct {
	key        key
	chronicity Chronicity
}

// Classify returns what the table says of a code, the zero Class if nothing.
func (t *Table) Classify(code string) Class {
	k, ok := keyOf(code)
	if !ok || t == nil {
		return Class{}
	}
	return t.class(k)
}

func (t *Table) class(k key) Class {
	var class Class
	if i, exact := slices.BinarySearch(t.starts, k); exact {
		class = t.cells[i].at(k)
	} else if i > 0 {
		class = t.cells[i-1].at(k)
	}
	if i, told := slices.BinarySearchFunc(t.told, k, verdict.compare); told {
		class.Chronicity = t.told[i].chronicity
	}
	if class.Groups == 0 && class.Chronic() {
		class.Groups = groupOther
	}
	return class
}

func (v verdict) compare(k key) int {
	switch {
	case v.key < k:
		return -1
	case v.key > k:
		return 1
	}
	return 0
}

// at resolves a cell for one of its codes.
func (c *cell) at(k key) Class {
	class, visit := c.class, k.at(maxLength)
	class.Symptom = class.Known() && k.at(1) == 'R'
	aftercare := visit > 'C' // A, B and C are visits for active care; other letters come after it
	switch {
	case c.visits == firstVisit && visit != 'A', c.visits != anyVisit && aftercare:
		class.Chronicity = Neither
	case c.visits == lastingHarm && visit != 'A':
		class.Chronicity = Acute
	}
	if c.intent > 0 {
		class.intend(k.at(c.intent))
	}
	if aftercare {
		class.Injury, class.Flags = false, 0
	}
	return class
}

// intend applies the character that says what a poisoning was meant to be.
func (c *Class) intend(intent byte) {
	switch intent {
	case '2':
		c.Override = OverrideCrisis
		c.Flags |= flagSuicide
	case '1', '3', '4':
	default: // a right dose that did harm, too little of a drug, or not said
		if intent == '6' && c.Flags&flagOverdose != 0 { // poisons have no dose to miss
			c.Chronicity, c.Injury = Neither, false
		}
		c.Flags &^= flagOverdose
	}
}

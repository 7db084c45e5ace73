package edit

import "fmt"

// Kind is what an operation does.
type Kind string

const (
	SetValue        Kind = "set_value"        // Values of the comparison At
	SetCondition    Kind = "set_condition"    // Condition in place of that At
	AddCondition    Kind = "add_condition"    // Condition at the end of the group At; "" is the list under when
	RemoveCondition Kind = "remove_condition" // that At, and a group that would be empty
	SetGroup        Kind = "set_group"        // Value (all or any) of the group At
	SetKey          Kind = "set_key"          // Key (then, tier, rank, until …) to Value; "" removes it
	SetWords        Kind = "set_words"        // Key (because, title, text …) in Language to Text; "" removes it
	Pause           Kind = "pause"            // out of force after the day Value
	Resume          Kind = "resume"           // in force again
	Duplicate       Kind = "duplicate"        // as a row with the id Value, behind the first
	Move            Kind = "move"             // to Place
	Delete          Kind = "delete"           //
	Insert          Kind = "insert"           // Text, the YAML of one row, at Place of List (and File, where a list has several)
	WriteFile       Kind = "write_file"       // Text as the whole File
	RemoveFile      Kind = "remove_file"      //
	SetLines        Kind = "set_lines"        // Lines in place of lines From to before Until of File, as a proof's fixes say
)

// Op is one operation. Which fields count depends on Do.
type Op struct {
	Do   Kind
	List string // of rows: mindset, sender, advice, cases, guardrails or topics
	Row  string // id of a row

	At        string     // place of a condition under when, as sentence tokens tell it: "0", "2.1"
	Values    []string   // constants as content spells them: "14 days", "sleep"
	Condition *Condition //

	Key, Language string
	Value         string
	Text          string
	Place         Place

	File        string
	From, Until int
	Lines       []string
}

// Condition is one comparison, or a group of conditions.
type Condition struct {
	Fact     string
	Operator string // is, at_most, includes_any_of …
	Values   []string
	All, Any []Condition // of groups; Fact is empty then
}

// Place is where in its list a row goes: beside another row, or first or last.
type Place struct {
	Before, After string // id of the other row
	Top           bool   // first; without any of these, last
}

// field is the one that names the other row.
func (p Place) field() string {
	if p.Before != "" {
		return "before"
	}
	return "after"
}

// String says what an operation does, without the words or values it brings.
func (o Op) String() string {
	switch o.Do {
	case WriteFile, RemoveFile, SetLines:
		return fmt.Sprintf("%s %s", o.Do, o.File)
	case Insert:
		return fmt.Sprintf("%s into %s", o.Do, o.List)
	case SetKey:
		return fmt.Sprintf("%s %s of %s", o.Do, o.Key, o.Row)
	case SetWords:
		return fmt.Sprintf("%s %s (%s) of %s", o.Do, o.Key, o.Language, o.Row)
	}
	return fmt.Sprintf("%s of %s", o.Do, o.Row)
}

// Error is an operation that can't be done. Op is its number, from 0.
type Error struct {
	Op      int
	Field   string // of the Op
	Message string
}

func (e *Error) Error() string { return e.Message }

func bad(field, format string, args ...any) error {
	return &Error{Field: field, Message: fmt.Sprintf(format, args...)}
}

// Change is a row, or a whole file, that differs between two contents.
type Change struct {
	File          string
	List, ID      string // of the row; empty for a whole file
	Before, After string // its text; empty where it is not there
}

// Clash is a row or file that two contents changed differently.
type Clash struct {
	File         string
	List, ID     string // of the row; empty for a whole file
	Base         string // its text as both found it
	Theirs, Mine string
}

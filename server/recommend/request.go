package recommend

import (
	"time"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/intake"
)

// Asker is the side that asks. It chooses the words and never the sender.
type Asker uint8

const (
	NotSaid Asker = iota
	Insurer
	Provider
	Integrated // one organisation that is both: it gets everything
)

var askers = [...]string{"", "insurer", "provider", "integrated"}

func (a Asker) String() string { return askers[a] }

// ParseAsker finds the side of that name.
func ParseAsker(name string) (Asker, bool) { return parse(name, Insurer, Provider, Integrated) }

// Consistency says whether an earlier answer to the same facts may be given again.
type Consistency uint8

const (
	Cached Consistency = iota
	Fresh              // read nothing that was shared; both sides get the new decision from now on
)

// Request is one question about one member. Its facts and topic are positions
// in the Snapshot that it is asked of.
type Request struct {
	RequestID   string // the caller's own, echoed in batches and streams
	Tenant      string // whose members these are; empty means "default"
	MemberRef   string // opaque; empty means that nothing is shared or remembered
	Asker       Asker
	Topic       uint16 // what the caller says this is about, if HasTopic
	HasTopic    bool
	Text        string // the member's own words: read once, then taken out of the Request
	Language    string // BCP-47 tag of the words wanted; empty means English
	Facts       fact.Facts
	Diagnoses   []intake.Diagnosis
	Consistency Consistency
}

// ExplainRequest asks for the whole trace of a decision that is neither stored
// nor counted.
type ExplainRequest struct {
	Request
	Revision string    // a revision by name; empty means the one in force
	Now      time.Time // the moment to decide at; zero means now
}

package revision

import "time"

// Version is one published content of a tenant. Records of versions are
// immutable; all that was true when it was published is kept in them.
type Version struct {
	Tenant   string
	Number   uint64 // counts up from 1 by one
	Digest   Digest // of the content
	Revision string // its id on the day of publishing: "r-" and 16 hex digits
	Parent   Digest `json:",omitempty"` // record of the version before
	Draft    string `json:",omitempty"` // that it was
	Title    string `json:",omitempty"`
	Authors  []string
	Reviews  []Review `json:",omitempty"` // that approved it
	By       string   // who published
	With     string   `json:",omitempty"` // if it was asked for before the approval: the other one of whoever asked and whoever's approval was the last
	Note     string   `json:",omitempty"`
	At       time.Time
	For      time.Time `json:",omitzero"`  // of scheduled ones, the time asked for
	Restores uint64    `json:",omitempty"` // of roll backs, the version whose content it is
	Under    *Under    `json:",omitempty"` // of tenants with a base
	Report   Digest    `json:",omitempty"` // the stored Report that let it pass
	Evidence *Evidence `json:",omitempty"` // whom it answers differently from the one before
	Said     Digest    `json:",omitempty"` // the stored Comments of its draft
	Request  string    `json:",omitempty"` // id of the request

	record Digest // its own
}

// Settings are what a tenant lays down about publishing. They change no answer.
type Settings struct {
	Required []Requirement // nil: one approval by anyone who may
	Base     string        // tenant whose content this one's stands on; empty: none
	Guardian string        `json:",omitempty"` // capacity that must approve what is guarded; empty: DefaultGuardian
}

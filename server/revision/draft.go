package revision

import (
	"slices"
	"time"
)

// State is the stage of a draft.
type State string

const (
	Drafting  State = "draft"
	InReview  State = "in_review"
	Approved  State = "approved"
	Scheduled State = "scheduled"
	Published State = "published"
	Archived  State = "archived" // published, and another version since
	Rejected  State = "rejected"
	Withdrawn State = "withdrawn"
)

// Draft is content on its way. A value is one moment of it.
type Draft struct {
	Tenant, ID string
	Title      string
	State      State
	Base       uint64 // version of the tenant that it began from; 0: none
	BaseDigest Digest `json:",omitempty"` // of that version's content
	Under      *Under `json:",omitempty"` // of tenants with a base
	Etag       Digest // of the content as it is now
	Authors    []string
	CreatedAt  time.Time
	UpdatedAt  time.Time
	Steps      []Step // every content it had, the present one last
	Comments   []Comment
	Reviews    []Review
	Required   []Requirement // as told when it was submitted
	Checks     []Outcome     // of the present content
	Evidence   *Evidence     `json:",omitempty"` // as reviewers were shown it
	At         time.Time     // of scheduled ones, when
	By         string        // of scheduled ones, who asked for it
	Note       string        // of scheduled and published ones
	OnApproval *OnApproval   `json:",omitempty"` // that it is to be published then
	With       string        `json:",omitempty"` // of those, beside By: see Version.With
	Failure    Code          `json:",omitempty"` // why a publish that was asked for before did not happen
	Version    uint64        `json:",omitempty"` // as which it was published
	Requests   []Request     `json:",omitempty"` // lately done, so that one sent twice is done once
	Guarded    []string      `json:"-"`          // what it changes that a guardian must approve

	count uint64 // of the stored document
}

// Under is the version of the base tenant below an overlay.
type Under struct {
	Tenant string
	Number uint64
	Digest Digest // of its content
}

// Step is one edit.
type Step struct {
	Etag Digest // after it
	By   string
	At   time.Time
	Says []string // each operation in words
}

// Comment is what someone says about a draft. On names a rule or file; often
// empty.
type Comment struct {
	By   string
	At   time.Time
	On   string `json:",omitempty"`
	Text string
	Etag Digest // what they looked at
}

// Review is a verdict about one content.
type Review struct {
	By       string
	As       string `json:",omitempty"` // the capacity: clinical, legal …
	At       time.Time
	Etag     Digest // what it is about
	Approves bool
	Text     string `json:",omitempty"`
	Void     bool   `json:",omitempty"` // the draft was edited since
}

// Requirement is how many people must approve in a capacity; empty is anyone
// who may approve. One person counts once.
type Requirement struct {
	As    string `json:",omitempty"`
	Count int
}

// Outcome is how a check of a content ended.
type Outcome struct {
	Etag   Digest
	Day    string // of use, 2026-03-01
	Green  bool
	Report Digest // the stored Report
}

// Request is one that was done, and the etag it led to.
type Request struct {
	ID   string
	Etag Digest
}

const maxRequests = 32

func (d *Draft) done(request string) bool {
	return request != "" && slices.ContainsFunc(d.Requests, func(r Request) bool { return r.ID == request })
}

func (d *Draft) remember(request string) {
	if request == "" {
		return
	}
	d.Requests = append(d.Requests, Request{request, d.Etag})
	d.Requests = d.Requests[max(0, len(d.Requests)-maxRequests):]
}

// missing is what of some requirements the valid approvals of the present
// content leave open. People fill the capacity they approved in first, then
// those open to anyone.
func (d *Draft) missing(required []Requirement) []Requirement {
	left := map[string]int{}
	people := map[string]bool{}
	for _, r := range d.Reviews {
		if r.Approves && !r.Void && r.Etag == d.Etag && !people[r.By] && !slices.Contains(d.Authors, r.By) {
			people[r.By] = true
			left[r.As]++
		}
	}
	spare := len(people)
	var open []Requirement
	for _, r := range required {
		if r.As != "" {
			have := min(left[r.As], r.Count)
			spare -= have
			left[r.As] -= have
			if have < r.Count {
				open = append(open, Requirement{r.As, r.Count - have})
			}
		}
	}
	for _, r := range required {
		if r.As == "" {
			have := min(spare, r.Count)
			spare -= have
			if have < r.Count {
				open = append(open, Requirement{"", r.Count - have})
			}
		}
	}
	return open
}

package redisstore

import (
	"sync"
	"time"

	"github.com/maypok86/otter/v2"

	"github.com/rightvoice/rightvoice/server/memory"
)

// copies are what this server last saw of members. A claim says which version it
// was made with, so that an old copy costs a second look and never a wrong
// answer; while Redis is away they are all there is.
type copies struct {
	members *otter.Cache[string, *memory.Member]
	tenants sync.Map // with facts, as far as this server has seen
}

const (
	maxCopies = 20_000
	copyAge   = time.Hour // without having been seen again
)

func newCopies() (*copies, error) {
	c := &copies{}
	var err error
	c.members, err = otter.New(&otter.Options[string, *memory.Member]{
		MaximumSize: maxCopies, ExpiryCalculator: otter.ExpiryWriting[string, *memory.Member](copyAge),
	})
	return c, err
}

func (c *copies) fed(tenant string) bool {
	_, ok := c.tenants.Load(tenant)
	return ok
}

func (c *copies) feed(tenant string) {
	if !c.fed(tenant) {
		c.tenants.Store(tenant, true)
	}
}

// get is what is assumed of a member of a tenant with feeds.
func (c *copies) get(name string) memory.Assumed {
	m, ok := c.members.GetIfPresent(name)
	return memory.Assumed{Member: m, Known: ok, Fed: true}
}

func (c *copies) peek(name string) *memory.Member {
	m, _ := c.members.GetIfPresent(name)
	return m
}

// put keeps what was seen of a member.
func (c *copies) put(tenant, name string, m *memory.Member) {
	if len(m.Facts) > 0 {
		c.feed(tenant)
	}
	c.members.Set(name, m)
}

// nothing notes that nothing is stored of a member, if the tenant has feeds.
func (c *copies) nothing(tenant, name string) {
	if c.fed(tenant) && c.peek(name) == nil {
		c.members.Set(name, nobody)
	}
}

// update keeps what was written of a member that this server has seen: a feed of
// many members would push out those that are asked about.
func (c *copies) update(name string, m *memory.Member) {
	if c.peek(name) != nil {
		c.members.Set(name, m)
	}
}

func (c *copies) forget(name string) { c.members.Invalidate(name) }

func (c *copies) close() { c.members.StopAllGoroutines() }

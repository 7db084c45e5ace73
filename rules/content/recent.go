package content

import (
	"slices"
	"sync"
)

// recent remembers what was made of the last few different keys. Whoever asks
// for what is being made waits for it. The zero value remembers nothing.
type recent[K comparable, V any] struct {
	most int

	mu   sync.Mutex
	made []*made[K, V] // the one used last is last
}

type made[K comparable, V any] struct {
	key   K
	once  sync.Once
	value V
}

// get is what make makes of a key, or made of it before.
func (r *recent[K, V]) get(key K, make func() V) V {
	x := r.at(key)
	x.once.Do(func() { x.value = make() })
	return x.value
}

func (r *recent[K, V]) at(key K) *made[K, V] {
	r.mu.Lock()
	defer r.mu.Unlock()
	i := slices.IndexFunc(r.made, func(x *made[K, V]) bool { return x.key == key })
	if i < 0 {
		r.made = append(r.made, &made[K, V]{key: key})
		r.made = slices.Delete(r.made, 0, max(0, len(r.made)-max(r.most, 1)))
		return r.made[len(r.made)-1]
	}
	x := r.made[i]
	r.made = append(slices.Delete(r.made, i, i+1), x)
	return x
}

package insights

// Floor is the least of a group that is shown.
const Floor = 11

// amount is what is counted of a cell.
type amount[A any] interface {
	plus(A) A
	safe() bool // enough to be shown
}

// groups puts cells together until each may be shown. Each step makes a cell's
// key coarser; a group that a step makes and that is safe is final. Cells that
// are in no safe group after the last step are left out.
//
// The keys of steps may meet: a coarse group whose key another step made too is
// added to it, and both were safe.
func groups[K comparable, A amount[A]](cells map[K]A, steps ...func(K) K) map[K]A {
	done := map[K]A{}
	for _, step := range steps {
		made := map[K]A{}
		for k, n := range cells {
			made[step(k)] = made[step(k)].plus(n)
		}
		rest := map[K]A{}
		for k, n := range cells {
			if !made[step(k)].safe() {
				rest[k] = n
			}
		}
		for k, n := range made {
			if n.safe() {
				done[k] = done[k].plus(n)
			}
		}
		cells = rest
	}
	return done
}

// sum adds up what a key says about groups, where it says it.
func sum[K, B comparable, A amount[A]](all map[K]A, by func(K) (B, bool)) map[B]A {
	out := map[B]A{}
	for k, n := range all {
		if b, ok := by(k); ok {
			out[b] = out[b].plus(n)
		}
	}
	return out
}

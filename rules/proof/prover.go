package proof

// prover asks one question after another about a growing list of forbidden
// cubes. It says Proved only of what the second engine, or the check of the
// written proof, confirms.
type prover struct {
	space  *Space
	solver *Solver
	cubes  []Cube
	steps  *Budget // left for everything; each question spends from it
	tally  *Tally
}

// Tally counts how proofs were confirmed.
type Tally struct {
	Split    int // by the second engine
	Replayed int // by the check of the written proof, where splitting takes too long
	Rejected int // by neither; the answer was undetermined
}

func newProver(s *Space, steps *Budget, tally *Tally, cubes ...Cube) *prover {
	p := &prover{space: s, solver: NewSolver(s), steps: steps, tally: tally}
	for _, c := range cubes {
		p.forbid(c)
	}
	return p
}

// forbid excludes a cube from all later questions.
func (p *prover) forbid(c Cube) {
	p.solver.Forbid(c, len(p.cubes))
	p.cubes = append(p.cubes, c)
}

// find looks for a point of a cube that no forbidden cube holds.
func (p *prover) find(cube Cube, budget Budget) (Answer, []int) {
	given := min(budget, *p.steps)
	if given <= 0 {
		return Undetermined, nil
	}
	answer := p.solver.Find(cube, given)
	*p.steps -= given - max(p.solver.steps, 0)
	if answer == Proved && !p.confirmed(cube) {
		answer = Undetermined
	}
	return answer, p.solver.Point()
}

// splits is how many parts the second engine may look at before the written
// proof is checked instead. Proofs that people can follow need few.
const splits = 2000

func (p *prover) confirmed(cube Cube) bool {
	var core []Cube
	for _, id := range p.solver.Core() {
		core = append(core, p.cubes[id])
	}
	a, _ := Split(p.space, cube, core, splits)
	switch {
	case a == Proved:
		p.tally.Split++
	case a == Undetermined && Replay(p.space, cube, func(id int) Cube { return p.cubes[id] }, p.solver.Log(cube)):
		p.tally.Replayed++
	default:
		p.tally.Rejected++
		return false
	}
	return true
}

package rulebook

import (
	"context"
	"slices"

	"github.com/rightvoice/rightvoice/rules/casefile"
	"github.com/rightvoice/rightvoice/rules/strictyaml"
	"github.com/rightvoice/rightvoice/server/revision"
)

// Runs is how contents answer the scenarios of one content.
type Runs struct {
	Digests   []revision.Digest
	Scenarios []string               // their ids, in the order of the files
	Results   [][]casefile.Result    // by content, in the order of Scenarios; none where it can't answer
	Problems  [][]strictyaml.Problem // by content: why it can't answer
}

// Run answers the scenarios of a content by several ones; ids chooses among
// them, none being all.
func (b *Book) Run(ctx context.Context, tenant string, of Ref, by []Ref, ids []string) (*Runs, error) {
	c, err := b.open(ctx, tenant, of)
	if err != nil {
		return nil, err
	}
	want := func(id string) bool { return len(ids) == 0 || slices.Contains(ids, id) }
	out := &Runs{}
	if c.set != nil {
		cases, _ := casefile.Load(c.folder, c.set)
		for i := range cases {
			if want(cases[i].ID) {
				out.Scenarios = append(out.Scenarios, cases[i].ID)
			}
		}
	}
	for _, ref := range by {
		d, err := b.digest(ctx, tenant, ref)
		if err != nil {
			return nil, err
		}
		results, problems, err := b.o.Revisions.Cases(ctx, c.digest, d, want)
		if err != nil {
			return nil, err
		}
		out.Digests = append(out.Digests, d)
		out.Results = append(out.Results, results)
		out.Problems = append(out.Problems, errorsOf(ctx, problems))
	}
	return out, nil
}

package wire

import (
	"fmt"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/rules/proof/finding"
	"github.com/rightvoice/rightvoice/server/revision/edit"
)

// maxDepth bounds how deep conditions nest; content allows less.
const maxDepth = 8

// Operations reads edit operations. The error is Invalid.
func Operations(all []*pb.EditOperation) ([]edit.Op, error) {
	out := make([]edit.Op, len(all))
	for i, m := range all {
		path := fmt.Sprintf("operations[%d]", i)
		if m == nil {
			return nil, Invalid{{Field: path, Message: "is empty"}}
		}
		c, ok := editCondition(m.Condition, 0)
		if !ok {
			return nil, Invalid{{Field: path + ".condition", Message: fmt.Sprintf("conditions nest at most %d deep, and none is empty", maxDepth)}}
		}
		out[i] = edit.Op{Do: edit.Kind(m.Do), List: m.List, Row: m.Row, At: m.At, Values: m.Values, Condition: c, Key: m.Key, Language: m.Language,
			Value: m.Value, Text: m.Text, Place: edit.Place{Before: m.Before, After: m.After, Top: m.Top},
			File: m.File, From: int(m.FromLine), Until: int(m.UntilLine), Lines: m.Lines}
	}
	return out, nil
}

// editCondition reads a condition; nil is nil.
func editCondition(m *pb.Condition, depth int) (*edit.Condition, bool) {
	if m == nil {
		return nil, depth == 0
	}
	if depth > maxDepth {
		return nil, false
	}
	out := &edit.Condition{Fact: m.Fact, Operator: m.Operator, Values: m.Values}
	for _, side := range []struct {
		from []*pb.Condition
		to   *[]edit.Condition
	}{{m.All, &out.All}, {m.Any, &out.Any}} {
		for _, x := range side.from {
			c, ok := editCondition(x, depth+1)
			if !ok {
				return nil, false
			}
			*side.to = append(*side.to, *c)
		}
	}
	return out, true
}

// fixOperations are the edits of a fix as operations, to be done in order.
func fixOperations(f *finding.Fix) []*pb.EditOperation {
	var out []*pb.EditOperation
	for _, e := range f.Edits {
		out = append(out, &pb.EditOperation{Do: string(edit.SetLines), File: e.File, FromLine: int32(e.From), UntilLine: int32(e.Until), Lines: e.Lines})
	}
	return out
}

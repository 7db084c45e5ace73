package wire

import (
	"testing"

	"google.golang.org/protobuf/proto"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/rules/proof/finding"
	"github.com/rightvoice/rightvoice/server/revision/edit"
)

// FuzzOperations reads operations of any form: what is refused is Invalid, and
// what is taken can be tried on files without harm.
func FuzzOperations(f *testing.F) {
	for _, m := range []*pb.EditDraftRequest{
		{Operations: []*pb.EditOperation{{Do: "set_value", List: "mindset", Row: "a", At: "0", Values: []string{"7 days"}}}},
		{Operations: []*pb.EditOperation{{Do: "add_condition", List: "mindset", Row: "a", Condition: &pb.Condition{Any: []*pb.Condition{{Fact: "topic", Operator: "is", Values: []string{"sleep"}}}}}}},
		{Operations: []*pb.EditOperation{{Do: "set_lines", File: "mindset.yaml", FromLine: 2, UntilLine: 1 << 30, Lines: []string{"x"}}, {Do: "move", List: "mindset", Row: "a", Top: true}}},
		{Operations: []*pb.EditOperation{{Do: "write_file", File: "cases/x.yaml", Text: "cases: []"}, {Do: "insert", List: "cases", Text: "- id: a"}}},
	} {
		data, err := proto.Marshal(m)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	files := map[string][]byte{"mindset.yaml": []byte("rules:\n  - id: a\n    when:\n      - topic: {is: sleep}\n    then: patient\n")}
	v := NewValidator()
	f.Fuzz(func(t *testing.T, data []byte) {
		m := &pb.EditDraftRequest{}
		if proto.Unmarshal(data, m) != nil {
			return
		}
		_ = v.Check(m) // whatever it says, reading must hold
		ops, err := Operations(m.Operations)
		if err != nil {
			if _, ok := err.(Invalid); !ok {
				t.Errorf("%T", err)
			}
			return
		}
		if len(ops) != len(m.Operations) {
			t.Errorf("%d of %d operations", len(ops), len(m.Operations))
		}
		_, _ = edit.Apply(files, ops)
	})
}

func TestFixesBecomeOperationsInTheirOrder(t *testing.T) {
	fix := finding.Fix{Edits: []finding.Edit{{File: "b.yaml", From: 9, Until: 11, Lines: []string{"x", "y"}}, {File: "a.yaml", From: 1, Until: 1}}}
	ops, err := Operations(fixOperations(&fix))
	if err != nil || len(ops) != 2 {
		t.Fatal(ops, err)
	}
	for i, e := range fix.Edits {
		if o := ops[i]; o.Do != edit.SetLines || o.File != e.File || o.From != e.From || o.Until != e.Until || len(o.Lines) != len(e.Lines) {
			t.Errorf("%+v is %+v", e, o)
		}
	}
	deep := &pb.Condition{Fact: "topic"}
	for range maxDepth + 1 {
		deep = &pb.Condition{All: []*pb.Condition{deep}}
	}
	for _, c := range []*pb.Condition{deep, {Any: []*pb.Condition{nil}}} {
		if _, err := Operations([]*pb.EditOperation{{Condition: c}}); err == nil {
			t.Errorf("taken: %v", c)
		}
	}
	if _, err := Operations([]*pb.EditOperation{nil}); err == nil {
		t.Error("no operation is taken for one")
	}
}

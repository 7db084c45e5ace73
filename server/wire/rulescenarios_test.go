package wire

import (
	"testing"
	"time"

	"google.golang.org/protobuf/proto"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/rules/casefile"
	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/server/rulebook"
)

// TestScenariosCanBeAsked holds that the request of every scenario is valid and
// says all that the scenario says.
func TestScenariosCanBeAsked(t *testing.T) {
	rev, problems := content.Load(content.Default(), time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC))
	if rev == nil {
		t.Fatal(problems)
	}
	cases, problems := casefile.Load(content.Default(), rev.Set)
	if len(problems) > 0 || len(cases) == 0 {
		t.Fatal(problems)
	}
	validator := NewValidator()
	for i := range cases {
		c := &cases[i]
		m := scenario(&rulebook.Scenario{Case: c})
		if err := validator.Check(m.Request); err != nil {
			t.Errorf("%s: %v", c.ID, err)
			continue
		}
		q, err := Request(m.Request, rev.Set.Catalogue())
		if err != nil {
			t.Errorf("%s: %v", c.ID, err)
		}
		if q.Facts != c.Ask.Facts || q.Text != c.Ask.Text || q.HasTopic != (c.Ask.Topic != "") || len(q.Diagnoses) != len(c.Ask.Diagnoses) || q.Language != c.Ask.Language {
			t.Errorf("%s: the request says something else: %v", c.ID, m.Request)
		}
		if len(m.Expect) != len(c.Expect) || m.Id != c.ID || !m.At.AsTime().Equal(c.At) {
			t.Errorf("%s: %v", c.ID, m)
		}
		if proto.Equal(m.Request, &pb.RecommendRequest{}) {
			t.Errorf("%s: an empty question", c.ID)
		}
	}
}

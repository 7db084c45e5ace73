package cdshooks

import (
	"strings"
	"testing"
)

func TestERVisitIsTheProviders(t *testing.T) {
	b := newBench(t, nil)
	cards := b.invoke(t, call("patient-view", m{"patient": patient("m-1"), "encounters": bundle(erVisit(48)), "conditions": nil}))
	for _, c := range cards {
		t.Logf("%+v\n%s", c, c.Detail)
	}
	_ = strings.Join
}

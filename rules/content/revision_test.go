package content

import (
	"testing"
	"time"
)

var today = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)

func TestDefaultContentIsClean(t *testing.T) {
	r, problems := Load(Default(), today)
	for _, p := range problems {
		t.Error(p)
	}
	if r == nil {
		t.Fatal("no revision")
	}
}

package revisiontest_test

import (
	"context"
	"testing"
	"time"

	"github.com/rightvoice/rightvoice/server/revision"
	"github.com/rightvoice/rightvoice/server/revision/dirstore"
	"github.com/rightvoice/rightvoice/server/revision/revisiontest"
)

func TestSmallIsGreen(t *testing.T) {
	store, err := dirstore.Open(t.TempDir(), dirstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	s, err := revision.New(revision.Options{Store: store, Guardrails: []string{}})
	if err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	v, err := s.Seed(context.Background(), "ana", "default", revisiontest.Small(), "")
	if err != nil {
		t.Fatalf("%v: %+v", err, err.(*revision.Error).Report)
	}
	t.Logf("%+v in %v", v, time.Since(begun))
}

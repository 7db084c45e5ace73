package app

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rightvoice/rightvoice/server/audit"
	"github.com/rightvoice/rightvoice/server/auth"
	"github.com/rightvoice/rightvoice/server/revision"
)

// TestChangesAndRefusalsAreRecorded in a log that verifies.
func TestChangesAndRefusalsAreRecorded(t *testing.T) {
	c := testConfig()
	c.DataDir = t.TempDir()
	var log bytes.Buffer
	a := build(t, c, Options{LogTo: &log})
	ctx, digest := context.Background(), revision.DigestOf([]byte("x"))
	for _, e := range []revision.Event{
		{Action: revision.ActCreate, By: "ann@login.example", Tenant: "default", Draft: "d1", Digest: digest},
		{Action: revision.ActApprove, By: "ann@login.example", Tenant: "default", Draft: "d1", Digest: digest, Refused: revision.OwnDraft},
		{Action: revision.ActPublish, By: "ben@login.example", Tenant: "default", Draft: "d1", Digest: digest, Version: 2},
	} {
		if err := a.record(ctx, e); err != nil {
			t.Fatal(err)
		}
	}
	who := &auth.Principal{Name: "portal"}
	a.denied(who, rulesMethods+"PublishDraft", "east", &auth.Refusal{Reason: auth.OtherTenant})
	a.denied(who, rulesMethods+"PublishDraft", "canary canary", &auth.Refusal{Reason: auth.OtherTenant})
	a.denied(who, "/rightvoice.v1.RecommendationService/Recommend", "east", &auth.Refusal{Reason: auth.OtherSide}) // counted only
	second := build(t, c, Options{})
	if err := second.record(ctx, revision.Event{Action: revision.ActCreate, By: "ann", Tenant: "default"}); err == nil {
		t.Error("a server that can't record a change lets it be made")
	}
	if err := a.record(ctx, revision.Event{Action: revision.ActCreate, By: "a b", Tenant: "default"}); err == nil {
		t.Error("a name that can't be recorded does not keep a change from being made")
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(c.DataDir, "audit")
	all, err := audit.List(dir, audit.Filter{Kinds: []audit.Kind{audit.Change, audit.Approval, audit.Publish, audit.Access}})
	if err != nil || len(all) != 5 {
		t.Fatalf("%d records %v", len(all), err)
	}
	if r := all[3]; r.Kind != audit.Approval || r.Outcome != audit.Refused || r.Reason != "OWN_DRAFT" || r.Objects[1].ID != string(digest) {
		t.Errorf("%+v", r)
	}
	if r := all[1]; r.Action != "rules.PublishDraft" || r.Actor != "portal" || r.Tenant != "east" || r.Reason != "TENANT_NOT_ALLOWED" || all[0].Tenant != "" {
		t.Errorf("%+v", r)
	}
	key, err := audit.ReadPublicKey(audit.PublicKeyFile(dir))
	if err != nil {
		t.Fatal(err)
	}
	checkpoint, err := audit.ReadCheckpoint(audit.CheckpointFile(dir))
	if err != nil {
		t.Fatal(err)
	}
	if r, err := audit.Verify(dir, key, checkpoint); err != nil || len(r.Findings) > 0 || r.Signed != r.Records {
		t.Errorf("%+v %v", r, err)
	}
	if !strings.Contains(log.String(), "audit checkpoint") || strings.Contains(log.String(), "canary") {
		t.Error("the checkpoint is not in the log of the server, or more than that is")
	}
}

// TestWhatIsKeptUntilTheEndEndsWhole: without a data directory drafts and the
// change log are in one folder, which is there until both have ended.
func TestWhatIsKeptUntilTheEndEndsWhole(t *testing.T) {
	a := build(t, testConfig(), Options{})
	if _, err := a.published.store.Put(context.Background(), []byte("x")); err != nil {
		t.Fatal(err)
	}
	dir := a.published.workshop.dir
	if err := a.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder is still there: %v", err)
	}
}

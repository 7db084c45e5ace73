package app

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

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
	a.denied(who, apiMethods+rulesMethods+"PublishDraft", "east", &auth.Refusal{Reason: auth.OtherTenant})
	a.denied(who, apiMethods+rulesMethods+"PublishDraft", "canary canary", &auth.Refusal{Reason: auth.OtherTenant})
	a.denied(who, "/rightvoice.v1.RecommendationService/Recommend", "east", &auth.Refusal{Reason: auth.OtherSide})
	a.denied(who, "/rightvoice.v1.RecommendationService/Recommend", "east", &auth.Refusal{Reason: auth.TooMany}) // counted only
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
	if err != nil || len(all) != 7 || all[6].Actor != program || all[6].Kind != audit.Publish { // the first version
		t.Fatalf("%d records %v", len(all), err)
	}
	if r := all[4]; r.Kind != audit.Approval || r.Outcome != audit.Refused || r.Reason != "OWN_DRAFT" || r.Objects[1].ID != string(digest) {
		t.Errorf("%+v", r)
	}
	if r := all[0]; r.Action != "RecommendationService.Recommend" || r.Reason != "SIDE_NOT_ALLOWED" {
		t.Errorf("%+v", r)
	}
	if r := all[2]; r.Action != "rules.PublishDraft" || r.Actor != "portal" || r.Tenant != "east" || r.Reason != "TENANT_NOT_ALLOWED" || all[1].Tenant != "" {
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

// TestRefusalsDoNotFillTheChangeLog: of one caller so many are recorded in a
// minute, and that there were more.
func TestRefusalsDoNotFillTheChangeLog(t *testing.T) {
	c := testConfig()
	c.DataDir = t.TempDir()
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	a := build(t, c, Options{Now: func() time.Time { return now }})
	loud, quiet := &auth.Principal{Name: "loud"}, &auth.Principal{Name: "quiet"}
	no := &auth.Refusal{Reason: auth.RoleMissing}
	for range 3 * maxDenied {
		a.denied(loud, apiMethods+rulesMethods+"EditDraft", "east", no)
	}
	a.denied(quiet, apiMethods+rulesMethods+"EditDraft", "east", no)
	count := func(actor string) int {
		t.Helper()
		all, err := a.audited(audit.Filter{Actor: actor, Limit: 10 * maxDenied})
		if err != nil {
			t.Fatal(err)
		}
		if len(all) > 1 && len(all)%maxDenied == 0 && (all[0].Reason != deniedShort || all[1].Reason != "ROLE_MISSING") {
			t.Errorf("%+v", all[0])
		}
		return len(all)
	}
	if l, q := count("loud"), count("quiet"); l != maxDenied || q != 1 {
		t.Errorf("%d and %d recorded", l, q)
	}
	now = now.Add(deniedFor)
	a.denied(loud, apiMethods+rulesMethods+"EditDraft", "east", no)
	if l := count("loud"); l != maxDenied+1 {
		t.Errorf("%d recorded a minute later", l)
	}
}

// The client against rightvoice itself, with its default content.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { itemError, RightvoiceClient, RightvoiceError } from "../dist/index.js";
import { startRightvoice } from "./server.js";

let server, client;
before(async () => {
  server = await startRightvoice("--request-timeout", "5s");
  client = new RightvoiceClient({ baseUrl: server.url });
});
after(() => server?.stop());

const failure = (promise) => promise.then(() => assert.fail("did not fail"), (error) => error);
const er = { hoursSinceAcuteCare: 216, coverageStatus: "COVERAGE_STATUS_ACTIVE", benefitAvailable: ["gym"] };

test("both sides get one decision, each its words, and can tell what became of it", async () => {
  const ask = (asker) => client.recommend({ asker, memberRef: "m-1", topic: "activity", context: er });
  const insurer = await ask("ASKER_INSURER");
  const provider = await ask("ASKER_PROVIDER");
  assert.equal(insurer.decisionId, provider.decisionId);
  assert.equal(insurer.recommendations[0].sender, "SENDER_PROVIDER");
  assert.equal(insurer.recommendations[0].advice.length, 0);
  assert.ok(provider.recommendations[0].advice.length > 0);

  const again = await client.getDecision(insurer.decisionId, { asker: "ASKER_INSURER", language: "es" });
  assert.equal(again.decisionId, insurer.decisionId);
  assert.notEqual(again.recommendations[0].handoff, insurer.recommendations[0].handoff);
  const { decisions } = await client.listDecisions({ memberRef: "m-1" });
  assert.deepEqual(decisions.map((d) => d.decisionId), [insurer.decisionId]);
  const told = { asker: "ASKER_INSURER", kind: "FEEDBACK_KIND_SHOWN" };
  assert.equal(await client.feedback(insurer.decisionId, told), true);
  assert.equal(await client.feedback(insurer.decisionId, told), false);
});

test("explains", async () => {
  const why = await client.explain({ asker: "ASKER_INSURER", topic: "activity", context: er }, { now: "2026-03-01T10:00:00Z" });
  assert.ok(JSON.stringify(why).includes("left-acute-care"));
});

test("answers each of a batch by itself", async () => {
  const results = await client.batch([
    { requestId: "a", asker: "ASKER_INSURER", topic: "sleep" },
    { requestId: "b", asker: "ASKER_INSURER", topic: "no-such-topic" },
  ]);
  assert.deepEqual(results.map((r) => r.requestId), ["a", "b"]);
  assert.equal(itemError(results[0]), undefined);
  const error = itemError(results[1]);
  assert.ok(error instanceof RightvoiceError);
  assert.deepEqual([error.code, error.requestId], ["INVALID_ARGUMENT", "b"]);
});

test("what feeds and members tell counts, and is forgotten", async () => {
  const asOf = new Date(Date.now() - 60_000).toISOString();
  const who = { asker: "ASKER_PROVIDER", memberRef: "m-2" };
  const recorded = await client.members.recordFacts({
    asker: "ASKER_PROVIDER",
    events: [{ memberRef: "m-2", source: "adt", asOf, context: { hoursSinceAcuteCare: 2 } }, { memberRef: "", source: "adt", asOf }],
  });
  assert.equal(itemError(recorded.results[0]), undefined);
  assert.equal(itemError(recorded.results[1]).code, "INVALID_ARGUMENT");
  const bundle = { resourceType: "Bundle", type: "collection", entry: [{ resource: { resourceType: "Patient", id: "p", birthDate: "1980-02-03" } }] };
  const imported = await client.members.importFhir({ ...who, source: "ehr", bundle });
  assert.ok(JSON.stringify(imported).includes("Patient/p"));
  await client.members.setChoice({ ...who, source: "app", view: { choice: "MEMBER_CHOICE_PATIENT" } });
  const known = JSON.stringify(await client.members.get(who));
  assert.ok(known.includes("hours_since_acute_care"), known);
  await client.members.forget(who);
  assert.ok(!JSON.stringify(await client.members.get(who)).includes("hours_since_acute_care"));
});

test("errors are typed, name the field and nothing that was sent", async () => {
  const error = await failure(client.recommend({ asker: "ASKER_INSURER", topic: "secret-topic" }, { requestId: "r-1" }));
  assert.ok(error instanceof RightvoiceError);
  assert.deepEqual([error.code, error.httpStatus, error.requestId, error.fieldViolations[0].field], ["INVALID_ARGUMENT", 400, "r-1", "topic"]);
  assert.ok(error.fieldViolations[0].description);
  assert.doesNotMatch(error.message, /secret/);
  const unknown = await failure(client.getDecision("01900000-0000-7000-8000-000000000000"));
  assert.deepEqual([unknown.code, unknown.httpStatus], ["NOT_FOUND", 404]);
});

test("rules: meta, a draft, its proof and the versions in force", async () => {
  let live;
  for await (const { version } of client.watch()) {
    live = version; // the first comes into force soon after the start
    if (version.number > 0) break;
  }
  const meta = await client.call("get", "/v1/meta");
  assert.deepEqual([meta.version, meta.revision], [live.number, live.revision]);
  const draft = await client.call("post", "/v1/drafts", { body: { title: "From a test", requestId: "t-1" } });
  const twice = await client.call("post", "/v1/drafts", { body: { title: "From a test", requestId: "t-1" } });
  assert.equal(twice.draftId, draft.draftId);
  let last;
  for await (const told of client.prove(draft.draftId)) last = told;
  assert.ok(last, "a proof tells something");
  const error = await failure(client.call("get", "/v1/drafts/{draft_id}", { path: { draft_id: "no-such-draft" } }));
  assert.equal(error.code, "NOT_FOUND");
});

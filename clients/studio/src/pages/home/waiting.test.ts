import { describe, expect, test } from "vitest";
import type { Draft, Report } from "../../api/types";
import { waitingFor } from "./waiting";

const draft = (over: Partial<Draft>, can: string[] = []): Draft =>
  ({ draftId: "d", title: "", state: "DRAFT", etag: "e", baseVersion: 1, liveVersion: 1, authors: ["ada"], reviews: [], failure: "", permissions: can.map((action) => ({ action, allowed: true, whyNot: "" })), ...over }) as unknown as Draft;
const report = (over: object) => new Map([["e", { findings: [], failedCases: [], problems: [], green: true, ...over } as unknown as Report]]);
const whys = (me: string, ...drafts: Draft[]) => waitingFor(me, drafts, new Map()).map((w) => w.why);

describe("waitingFor", () => {
  test("asks those who may approve, until they did", () => {
    const d = draft({ state: "IN_REVIEW" }, ["approve"]);
    expect(whys("ben", d)).toEqual(["review"]);
    expect(whys("ben", { ...d, reviews: [{ by: "ben", as: "", at: "", etag: "", approves: true, text: "", void: false }] })).toEqual([]);
    expect(whys("ada", draft({ state: "IN_REVIEW" }))).toEqual([]);
  });

  test("counts what authors have to fix in exactly this content", () => {
    expect(waitingFor("ada", [draft({})], report({ green: false, failedCases: [{}], findings: [{}, {}] }))).toMatchObject([{ why: "fix", count: 3 }]);
    expect(waitingFor("ben", [draft({})], report({ green: false, failedCases: [{}] }))).toEqual([]);
    expect(waitingFor("ada", [draft({ etag: "other" })], report({ failedCases: [{}] }))).toEqual([]);
  });

  test("says when a draft is ready, behind, sent back, approved or scheduled", () => {
    expect(waitingFor("ada", [draft({}, ["submit"])], report({})).map((w) => w.why)).toEqual(["ready"]);
    expect(whys("ada", draft({ liveVersion: 2 }))).toEqual(["behind"]);
    expect(whys("ada", draft({ state: "REJECTED" }))).toEqual(["rejected"]);
    expect(whys("ben", draft({ state: "APPROVED" }, ["publish"]))).toEqual(["publish"]);
    expect(whys("ben", draft({ state: "SCHEDULED" }))).toEqual(["scheduled"]);
    expect(whys("ada", draft({ state: "APPROVED", failure: "not_green" }))).toEqual(["failed"]);
  });

  test("leaves out what came to an end, and puts what others wait for first", () => {
    expect(whys("ada", draft({ state: "PUBLISHED" }), draft({ state: "WITHDRAWN" }))).toEqual([]);
    expect(whys("ada", draft({ state: "REJECTED" }), draft({ state: "IN_REVIEW", authors: ["ben"] }, ["approve"]))).toEqual(["review", "rejected"]);
  });
});

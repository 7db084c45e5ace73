import { expect, test } from "vitest";
import { nobody } from "./person";
import { addScenario, expected, fileFor, newId, replaceScenario, rowOf } from "./scenario";
import type { Content, Scenario, ScenarioAnswer } from "./types";

const answer = (over: Partial<ScenarioAnswer> = {}): ScenarioAnswer => ({ topic: "sleep", mindset: "consumer", sender: "insurer", notice: "", advice: ["sleep_help"], adviceCounts: true, held: [], heldCounts: false, ...over });
const example = { id: "a-b", about: 'Says "hi": no.', person: { ...nobody, topic: "none", facts: { n: 2, words: ["no", "gym"], gone: null, yes: true, blank: [] } }, expect: [answer()] };

test("a scenario is written so that YAML reads the same words", () => {
  expect(rowOf(example)).toBe(
    'id: a-b\nabout: "Says \\"hi\\": no."\nask: {topic: "none", context: {n: 2, words: ["no", gym], yes: true, blank: []}}\nexpect: [{topic: sleep, mindset: consumer, sender: insurer, advice: [sleep_help]}]\n',
  );
});

test("moment, side, words and diagnoses are kept, and the usual moment is left out", () => {
  const p = { ...nobody, asker: "insurer" as const, text: "a: b", at: "2026-05-01T10:00:00.000Z", diagnoses: [{ system: "SNOMED" as const, code: "1", onset: "2026-01-02" }] };
  const row = rowOf({ ...example, person: p, expect: [answer({ adviceCounts: false, heldCounts: true, held: [{ id: "gym", code: "OPTED_OUT" }] })] });
  expect(row).toContain("at: 2026-05-01T10:00:00Z\n");
  expect(row).toContain('ask: {asker: insurer, text: "a: b", diagnoses: [{system: snomed, code: "1", onset: 2026-01-02}]}');
  expect(row).toContain("suppressed: [{id: gym, code: OPTED_OUT}]");
  expect(row).not.toContain("advice");
  expect(rowOf({ ...example, person: { ...nobody, at: "2026-03-01T12:00:00Z" } })).not.toContain("at:");
});

test("a decision becomes what is expected; an emergency expects its notice alone", () => {
  const d = { recommendations: [{ topic: "sleep", mindset: "MINDSET_PATIENT", sender: "SENDER_SAFETY", advice: [{ id: "crisis_988" }], suppressed: [], handoff: "", reasons: [] }] };
  expect(expected(d as never)).toEqual([{ topic: "", mindset: "patient", sender: "safety", notice: "crisis_988", advice: [], adviceCounts: false, held: [], heldCounts: false }]);
});

test("ids are words, and new", () => {
  expect(newId("María pregunta: ¿dormir?", new Set())).toBe("maria-pregunta-dormir");
  expect(newId("maria pregunta dormir", new Set(["maria-pregunta-dormir"]))).toBe("maria-pregunta-dormir-2");
  expect(newId("…", new Set())).toBe("scenario");
});

const scenario = (id: string, file: string, topic: string): Scenario => ({ id, about: id, file, line: 1, text: "", request: { asker: "ASKER_INTEGRATED", topic }, at: "", expect: [] });
const content = { files: ["cases/one.yaml"], scenarios: [scenario("x", "cases/one.yaml", "sleep"), scenario("y", "cases/one.yaml", "food")] } as unknown as Content;

test("a new one goes to those like it, or to its origin's file, which is made", () => {
  expect(fileFor(content, "sleep", "")).toBe("cases/one.yaml");
  expect(addScenario(content, example, "counterexample").map((o) => [o.do, o.file])).toEqual([["write_file", "cases/counterexamples.yaml"], ["insert", "cases/counterexamples.yaml"]]);
  expect(addScenario(content, { ...example, person: { ...nobody, topic: "food" } })).toHaveLength(1);
});

test("a changed one keeps its place", () => {
  expect(replaceScenario(content, content.scenarios[1]!, { ...example, id: "y" })).toMatchObject([{ do: "delete", row: "y" }, { do: "insert", after: "x" }]);
  expect(replaceScenario(content, content.scenarios[0]!, { ...example, id: "x" })).toMatchObject([{ do: "delete", row: "x" }, { do: "insert", before: "y" }]);
});

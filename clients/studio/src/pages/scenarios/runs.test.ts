import { expect, test } from "vitest";
import type { Content, Scenario, ScenarioAnswer, ScenarioRun } from "../../api/types";
import { accepted, countStates, groupOf, stateOf, unseenRules } from "./runs";

const result = (holds: boolean, rules: string[] = []) => ({ holds, wrong: [], answers: [], rules: rules.map((id) => ({ table: "sender", id })) });
const run = (id: string, ...results: ReturnType<typeof result>[]): ScenarioRun => ({ id, results });

test("a scenario passes, is changed by the draft, or fails", () => {
  expect(stateOf(run("a", result(true)))).toBe("pass");
  expect(stateOf(run("a", result(false)))).toBe("fail");
  expect(stateOf(run("a", result(false), result(true)))).toBe("pass");
  expect(stateOf(run("a", result(true), result(false)))).toBe("change");
  expect(stateOf(run("a", result(false), result(false)))).toBe("fail");
  expect(stateOf(undefined)).toBe("open");
});

const scenario = (id: string, file = "cases/a.yaml"): Scenario => ({ id, about: id, file, line: 1, text: "", request: { asker: "ASKER_INTEGRATED", topic: "sleep" }, at: "", expect: [] });

test("states are counted", () => {
  const runs = new Map([["a", run("a", result(true))], ["b", run("b", result(false))]]);
  expect(countStates([scenario("a"), scenario("b"), scenario("c")], runs)).toEqual({ pass: 1, change: 0, fail: 1, open: 1 });
});

test("only rules in force that the worked-on content never used are unseen", () => {
  const rule = (id: string, inForce = true) => ({ table: "sender", id, inForce });
  const content = { rules: [rule("x"), rule("y"), rule("paused", false)] } as unknown as Content;
  expect(unseenRules(content, new Map([["a", run("a", result(true, ["y"]), result(true, ["x"]))]])).map((r) => r.id)).toEqual(["y"]);
});

test("scenarios stand by topic, file, origin or state", () => {
  expect(groupOf(scenario("a"), "topic", "pass")).toBe("sleep");
  expect(groupOf(scenario("a"), "file", "pass")).toBe("cases/a.yaml");
  expect(groupOf(scenario("a", "cases/traffic.yaml"), "origin", "pass")).toBe("traffic");
  expect(groupOf(scenario("a", "cases/counterexamples.yaml"), "origin", "pass")).toBe("counterexample");
  expect(groupOf(scenario("a"), "state", "fail")).toBe("fail");
});

const answer = (over: Partial<ScenarioAnswer>): ScenarioAnswer => ({ topic: "sleep", mindset: "patient", sender: "nobody", notice: "", advice: [], adviceCounts: true, held: [], heldCounts: true, ...over });

test("an accepted answer compares what was compared before", () => {
  const old = [answer({ topic: "", adviceCounts: false, heldCounts: false })];
  expect(accepted(old, [answer({ sender: "insurer", advice: ["gym"], held: [{ id: "x", code: "Y" }] })])).toEqual([answer({ topic: "", sender: "insurer", advice: ["gym"], adviceCounts: false, held: [], heldCounts: false })]);
});

test("an emergency expects its notice and nothing else", () => {
  const [a] = accepted([answer({})], [answer({ sender: "safety", notice: "crisis_988", advice: ["crisis_988"] })]);
  expect(a).toMatchObject({ sender: "safety", notice: "crisis_988", advice: [], adviceCounts: false });
});

import { expect, test } from "vitest";
import type { Condition, Content, Fact, Operator, Report, Rule, Token } from "../../api/types";
import { entriesOf, filtered, findingsBy, noFilters } from "./entries";
import { factItems } from "./FactPicker";
import { sorted } from "./Findings";
import { conditions, duplicate, freeId, group, leaf, pause, step } from "./operations";
import { depth, isGroup, leafText, piecesByPath, treeOf, type Leaf } from "./tree";
import { amount, firstValues, spelled, withOperator, wrong } from "./values";

const token = (text: string, kind: Token["kind"] = "PLAIN", ref = "", path = ""): Token => ({ text, kind, ref, path });

const rule = (id: string, o: Partial<Rule> = {}): Rule =>
  ({ id, table: "mindset", position: 1, tier: "clinical", title: id, because: "", outcome: "patient", facts: [], from: "", until: "", file: "mindset.yaml", line: 1, isDefault: false, inForce: true, sentence: [token(`If ${id}.`)], ...o }) as Rule;

const fact = (name: string, o: Partial<Fact> = {}): Fact =>
  ({ name, type: "int", group: "acute", label: name, description: "", synonyms: [], unit: "days", min: "0", max: "3650", values: [], operators: [op("at_most"), op("between", 2, 2), op("known")], readers: ["mindset"], privacy: "phi", maxAge: "", own: false, ...o }) as unknown as Fact;

const op = (id: string, minValues = 1, maxValues = 1): Operator => ({ id, label: id, minValues, maxValues });

const content = (rules: Rule[], o: Partial<Content> = {}): Content =>
  ({ digest: "", rules, advice: [], guardrails: [], topics: [{ id: "sleep", kind: "lifestyle", label: "sleep", benefits: [] }], scenarios: [], files: [], problems: [], ...o }) as unknown as Content;

test("rules are found by titles, sentences, synonyms of their facts and words of advice", () => {
  const c = content([rule("left-er", { title: "Left the hospital", facts: ["hours"] }), rule("habits", { title: "Habits", sentence: [token("If the topic is "), token("about daily habits", "VALUE", "lifestyle", "0")] })], {
    advice: [{ id: "gym", sender: "insurer", topics: ["sleep"], benefitId: "gym", sentence: [token("“"), token("Gym pass", "NAME", "gym")], words: { es: { title: "Gimnasio", text: "Muévase con el pase de gimnasio", grade: 0 } }, variants: [], file: "", line: 1, rank: 1 } as never],
  });
  const entries = entriesOf(c, [fact("hours", { label: "time since", synonyms: ["emergency room"] })]);
  const find = (query: string, o = {}) => filtered(entries, { ...noFilters, query, ...o }, new Set(["mindset/habits"])).map((e) => e.key);
  expect(find("emergency")).toEqual(["mindset/left-er"]);
  expect(find("muevase")).toEqual(["advice/gym"]);
  expect(find("gym sleep")).toEqual(["advice/gym"]);
  expect(find("", { topic: "sleep" })).toEqual(["mindset/habits", "advice/gym"]);
  expect(find("", { sender: "insurer" })).toEqual(["advice/gym"]);
  expect(find("", { changed: true })).toEqual(["mindset/habits"]);
  expect(find("", { kind: "advice" })).toEqual(["advice/gym"]);
  expect(find("nowhere")).toEqual([]);
});

test("what fits a title comes before what fits a sentence", () => {
  const entries = entriesOf(content([rule("a", { sentence: [token("about sleep")] }), rule("b", { title: "Sleep" })]), []);
  expect(filtered(entries, { ...noFilters, query: "sleep" }, new Set()).map((e) => e.id)).toEqual(["b", "a"]);
});

test("a thousand rules are filtered within a frame or two", () => {
  const entries = entriesOf(content(Array.from({ length: 1000 }, (_, i) => rule(`r-${i}`, { title: `Rule ${i}`, sentence: Array.from({ length: 20 }, (_, j) => token(`word${(i * j) % 97} `)) }))), []);
  expect(filtered(entries, { ...noFilters, query: "word5 rule" }, new Set()).length).toBeGreaterThan(0);
});

test("findings are counted for the rules they name, and for no others", () => {
  const entries = entriesOf(content([rule("new-drug"), rule("new-drug-2"), rule("injury")]), []);
  const finding = (o: object) => ({ code: "guardrail-broken", id: "G05", table: "", others: [], stories: [], fixes: [], concerns: [], title: "", message: "", day: "", file: "", line: 1, ...o });
  const report = { findings: [finding({ concerns: ["mindset/new-drug-2"] }), finding({ code: "dead-rule", id: "injury", table: "mindset", concerns: ["mindset/injury"], fixes: [{ changes: ["mindset/new-drug"] }] }), finding({ id: "injury", table: "sender", concerns: ["sender/injury"] })] } as unknown as Report;
  expect([...findingsBy(report, entries)]).toEqual([["mindset/new-drug-2", 1], ["mindset/new-drug", 1], ["mindset/injury", 1]]);
  expect(sorted([finding({ code: "never-given" }), finding({})] as never).map((f) => f.code)).toEqual(["guardrail-broken", "never-given"]);
});

const nested = rule("n", {
  when: group("all", [leaf("a", "is", ["x"]), group("any", [leaf("b", "at_most", ["14"]), group("all", [leaf("c", "is", ["true"])])])]),
  sentence: [
    token("If "), token("the a ", "FACT", "a", "0"), token("is", "OPERATOR", "is", "0"), token(" ", "PLAIN", "", "0"), token("x", "VALUE", "x", "0"), token(", ", "PLAIN", "", "0"), token("y", "VALUE", "y", "0"), token(" or ", "PLAIN", "", "0"), token("z", "VALUE", "z", "0"),
    token(", and either "), token("", "OPERATOR", "known", "1.0"), token("b", "FACT", "b", "1.0"), token(" ago", "PLAIN", "", "1.0"), token(", or "), token("c holds", "FACT", "c", "1.1.0"), token("."),
  ],
});

test("the tree has each condition at its place, with the server's words", () => {
  const tree = treeOf(nested);
  expect(tree.children.map((n) => [n.path, isGroup(n) ? n.how : leafText(n)])).toEqual([["0", "the a is x, y or z"], ["1", "any"]]);
  const any = tree.children[1]!;
  if (!isGroup(any)) throw new Error("no group");
  expect((any.children[0] as Leaf).pieces).toEqual([{ kind: "fact", text: "b" }, { kind: "plain", text: " ago" }]);
  expect(any.children[1]!.path).toBe("1.1");
  expect(depth("1.1.0")).toBe(3);
  expect(piecesByPath(nested.sentence).get("0")!.at(-1)).toEqual({ kind: "value", text: "x, y or z" });
  expect(treeOf(rule("always")).children).toEqual([]);
  expect(treeOf(rule("one", { when: leaf("a", "is", ["x"]) })).children[0]!.path).toBe("0");
});

test("values that are not next to each other stay apart", () => {
  const pieces = piecesByPath([token("1", "VALUE", "1", "0"), token("is", "OPERATOR", "", "0"), token("2", "VALUE", "2", "0")]).get("0");
  expect(pieces!.map((p) => p.kind)).toEqual(["value", "operator", "value"]);
});

test("operations name the row and the place", () => {
  const ops = conditions({ kind: "mindset", id: "n" });
  expect(ops.setValues("1.0", ["7 days"])).toEqual({ do: "set_value", list: "mindset", row: "n", at: "1.0", values: ["7 days"] });
  expect(ops.setGroup("1", "all")).toMatchObject({ do: "set_group", at: "1", value: "all" });
  expect(ops.rootToAny([leaf("a", "is", ["x"]), leaf("b", "is", ["y"])]).map((o) => [o.do, o.at])).toEqual([["add_condition", ""], ["remove_condition", "0"], ["remove_condition", "0"]]);
});

test("a copy gets an id of its own and its titles", () => {
  expect(freeId("new-drug", new Set(["new-drug-2"]))).toBe("new-drug-3");
  expect(freeId("new-drug-3", new Set(["new-drug-3"]))).toBe("new-drug-2");
  expect(freeId("sleep_help", new Set())).toBe("sleep_help_2");
  const [e] = entriesOf(content([rule("a")]), []);
  expect(duplicate(e!, "a-2", { en: "A (copy)", es: "" }).map((o) => [o.do, o.row, o.value ?? o.text])).toEqual([["duplicate", "a", "a-2"], ["set_words", "a-2", "A (copy)"]]);
});

test("a step moves past the neighbour, and not past an end or the default", () => {
  const all = entriesOf(content([rule("a"), rule("b"), rule("c", { isDefault: true })]), []);
  expect(step(all[1]!, all, -1)).toMatchObject({ do: "move", row: "b", before: "a" });
  expect(step(all[0]!, all, 1)).toMatchObject({ do: "move", row: "a", after: "b" });
  expect(step(all[0]!, all, -1)).toBeNull();
  expect(step(all[1]!, all, 1)).toBeNull();
  expect(step(all[2]!, all, -1)).toBeNull();
});

test("a pause ends yesterday, also on the first of a month", () => {
  const [e] = entriesOf(content([rule("a")]), []);
  expect(pause(e!, new Date(2026, 2, 1)).value).toBe("2026-02-28");
});

test.each([
  ["720", "hours", { number: "30", unit: "days" }, "30 days"],
  ["36", "hours", { number: "36", unit: "hours" }, "36 hours"],
  ["14 days", "days", { number: "14", unit: "days" }, "14 days"],
  ["2 weeks", "days", { number: "2", unit: "weeks" }, "2 weeks"],
  ["1 day", "hours", { number: "1", unit: "days" }, "1 days"],
  ["5.4", "percent", { number: "5.4", unit: "" }, "5.4"],
  ["0", "hours", { number: "0", unit: "hours" }, "0 hours"],
])("%s of a fact in %s is typed as %j", (value, unit, typed, back) => {
  expect(amount(value, fact("f", { unit }))).toEqual(typed);
  expect(spelled(typed)).toBe(back);
});

test.each([
  ["", "notNumber"], ["x", "notNumber"], ["1.5", "notWhole"], ["-1", "tooSmall"], ["600", "tooLarge"], ["500", ""], ["7", ""],
])("%s weeks: %s", (number, want) => expect(wrong({ number, unit: "weeks" }, fact("f", { max: "3650" }))).toBe(want === "" ? "" : want));

test("a comparison keeps the constants that fit another one", () => {
  const c = (values: string[], operator = "at_most") => leaf("f", operator, values) as Condition;
  const f = fact("f");
  expect(withOperator(c(["7"]), f, op("at_least"))).toMatchObject({ operator: "at_least", values: ["7"] });
  expect(withOperator(c(["7"]), f, op("between", 2, 2))!.values).toHaveLength(2);
  expect(withOperator(c(["7", "9"], "between"), f, op("at_most"))!.values).toEqual(["7"]);
  expect(withOperator(c(["false"], "known"), f, op("at_most"))!.values).toEqual(["14 days"]);
  expect(withOperator(c(["true"], "known"), fact("e", { type: "enum" }), op("is_any_of", 1, 20))).toBeNull();
  expect(firstValues(fact("b", { type: "bool" }), op("is"))).toEqual(["true"]);
});

test("values of facts are found as whole conditions, but do not fill the list", () => {
  const items = factItems([fact("benefit", { type: "set", values: [{ id: "gym", label: "gym pass" }], synonyms: ["covered"] })], (g) => g);
  expect(items.map((i) => [i.id, i.searched ?? false])).toEqual([["benefit", false], ["benefit\ngym", true]]);
});

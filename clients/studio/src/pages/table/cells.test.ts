import { expect, test } from "vitest";
import type { Condition, Fact, Rule, Token } from "../../api/types";
import { cellsOf, cellText, columnsOf, fromTSV, moveRule, parseCell, setCell, toTSV } from "./cells";

const op = (id: string, label: string, minValues = 1, maxValues = 1) => ({ id, label, minValues, maxValues });
const fact = (name: string, type: string, ids: string[] = []): Fact => ({
  name, type, group: "", label: name, description: "", synonyms: [], unit: "", min: "", max: "", own: false, readers: [], privacy: "", maxAge: "",
  values: ids.map((id) => ({ id, label: `the ${id}` })),
  operators: type === "int" ? [op("at_most", "at most"), op("between", "between", 2, 2)] : [op("is_any_of", "is any of", 1, 64), op("is", "is")],
});
const topic = fact("topic", "enum", ["sleep", "food"]);
const hours = fact("hours", "int");
const sender = fact("sender", "enum", ["insurer", "nobody"]);

const leaf = (fact: string, operator: string, ...values: string[]): Condition => ({ fact, operator, values });
const token = (text: string, kind: string, path: string): Token => ({ text, kind, ref: "", path }) as Token;

function rule(id: string, when: Condition | undefined, facts: string[], over: Partial<Rule> = {}): Rule {
  return { id, table: "sender", position: 1, tier: "", title: id.toUpperCase(), sentence: [token("hours ", "FACT", "0"), token("at most ", "OPERATOR", "0"), token("7", "VALUE", "0"), token("x", "VALUE", "1.0")], because: "", outcome: "insurer", when, facts, from: "", until: "", file: "", line: 1, isDefault: false, inForce: true, ...over };
}

const plain = rule("a", { all: [leaf("hours", "at_most", "7"), leaf("topic", "is", "sleep")] }, ["hours", "topic"]);
const nested = rule("b", { all: [leaf("hours", "at_most", "7"), { any: [leaf("topic", "is", "sleep")] }] }, ["hours", "topic"]);

test("cells are the comparisons at the top; what lies in a group is not edited here", () => {
  expect(cellsOf(plain).get("hours")).toMatchObject({ text: "at most 7", path: "0", editable: true });
  expect(cellsOf(nested).get("topic")).toMatchObject({ text: "x", editable: false, condition: null });
  expect(columnsOf([plain], [topic, hours, sender]).map((f) => f.name)).toEqual(["topic", "hours"]);
});

test("a cell is added, changed and emptied by one operation, and not touched for nothing", () => {
  const cell = cellsOf(plain).get("hours")!;
  expect(setCell(plain, cell, leaf("hours", "at_most", "7"))).toEqual([]);
  expect(setCell(plain, cell, leaf("hours", "at_most", "9"))).toMatchObject([{ do: "set_condition", at: "0", row: "a" }]);
  expect(setCell(plain, cell, null)).toMatchObject([{ do: "remove_condition", at: "0" }]);
  expect(setCell(plain, { text: "", condition: null, path: "", editable: true }, leaf("x", "is", "y"))).toMatchObject([{ do: "add_condition", at: "" }]);
});

test("what is copied is pasted as no change", () => {
  const tsv = toTSV([plain], [hours, topic], sender);
  expect(tsv).toBe("A\tat most: 7\tis: the sleep\tthe insurer");
  expect(fromTSV(tsv, [plain], 0, [hours, topic], sender)).toEqual({ operations: [], refused: [] });
});

test("comparisons that read alike stay what they are", () => {
  const set: Fact = { ...fact("set", "set", ["gym", "food"]), operators: [op("includes_any_of", "include", 1, 64), op("includes_all_of", "include", 1, 64)] };
  const kind: Fact = { ...topic, operators: [op("is_any_of", "is", 1, 64), op("is", "is")] };
  for (const [f, c] of [[set, leaf("set", "includes_any_of", "gym")], [set, leaf("set", "includes_all_of", "gym")], [kind, leaf("topic", "is", "food")], [kind, leaf("topic", "is_any_of", "food")], [kind, leaf("topic", "is_any_of", "food", "sleep")]] as const)
    expect(parseCell(f, cellText(f, c), c.operator)).toEqual(c);
  expect(parseCell(set, cellText(set, leaf("set", "includes_any_of", "gym")), "includes_all_of")).toMatchObject({ operator: "includes_any_of" });
});

test("a pasted row makes typed edits; removals come last and from the end", () => {
  const { operations, refused } = fromTSV("A\t\t\tnobody", [plain], 0, [hours, topic], sender);
  expect(refused).toEqual([]);
  expect(operations.map((o) => [o.do, o.at ?? o.value])).toEqual([["remove_condition", "1"], ["remove_condition", "0"], ["set_key", "nobody"]]);
});

test("what cannot be read is refused with its cell", () => {
  const r = (line: string) => fromTSV(line, [plain, nested], 0, [hours, topic], sender).refused;
  expect(r("A\tsoon: 7\tis: the sleep\tthe insurer")).toEqual([{ rule: "A", column: "hours", text: "soon" }]);
  expect(r("A\tat most: x\tis: tea\tsomeone").map((x) => [x.column, x.text])).toEqual([["hours", "x"], ["topic", "tea"], ["sender", "someone"]]);
  expect(r("A\tat most: 7")).toHaveLength(1);
  expect(fromTSV("B\tat most: 7\tis: the food\tthe insurer", [nested], 0, [hours, topic], sender).refused).toEqual([{ rule: "B", column: "topic", text: "is: the food" }]);
  expect(parseCell(hours, "between: 1")).toBe("between: 1");
});

test("rules move past each other, not past the default", () => {
  const last = rule("z", undefined, [], { isDefault: true });
  expect(moveRule([plain, nested, last], "b", -1)).toMatchObject([{ do: "move", before: "a" }]);
  expect(moveRule([plain, nested, last], "a", 1)).toMatchObject([{ do: "move", after: "b" }]);
  expect(moveRule([plain, nested, last], "b", 1)).toEqual([]);
  expect(moveRule([plain, nested, last], "z", -1)).toEqual([]);
});

import { expect, test } from "vitest";
import { lineChanges, wordChanges } from "./textdiff";

test("words that changed stand between those that did not", () => {
  expect(wordChanges("Call your doctor today.", "Call your care team today.")).toEqual([
    { how: "same", text: "Call your " },
    { how: "removed", text: "doctor " },
    { how: "added", text: "care team " },
    { how: "same", text: "today." },
  ]);
  expect(wordChanges("", "New.")).toEqual([{ how: "added", text: "New." }]);
});

test("of lines only those near a change are shown", () => {
  const before = Array.from({ length: 40 }, (_, i) => `line ${i}`);
  const after = before.with(20, "other");
  expect(lineChanges(before.join("\n"), after.join("\n")).map((l) => `${l.how} ${l.text}`)).toEqual([
    "left-out …",
    "same line 18",
    "same line 19",
    "removed line 20",
    "added other",
    "same line 21",
    "same line 22",
    "left-out …",
  ]);
});

test("a text that is new is all added", () => {
  expect(lineChanges("", "a\nb").filter((l) => l.how === "added").map((l) => l.text)).toEqual(["a", "b"]);
});

test("both sides can be put together again", () => {
  const before = "a\nb\nc\nd", after = "b\nc\nx\nd\ne";
  const lines = lineChanges(before, after);
  const side = (leave: string) => lines.filter((l) => l.how !== leave).map((l) => l.text).join("\n");
  expect(side("added")).toBe(before);
  expect(side("removed")).toBe(after);
});

test("long files are compared at once", () => {
  const before = Array.from({ length: 20_000 }, (_, i) => `line ${i}`);
  expect(lineChanges(before.join("\n"), before.with(10_000, "x").join("\n")).filter((l) => l.how === "added")).toHaveLength(1);
});

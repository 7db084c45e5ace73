import { expect, test } from "vitest";
import { changes } from "./diff";

const words = (s: string) => s.split(/(?<= )/);
const say = (before: string, after: string) =>
  changes(words(before), words(after)).map(({ how, text }) => (how === "same" ? text : how === "added" ? `[+${text}]` : `[-${text}]`)).join("");

test.each([
  ["the same", "the same", "the same"],
  ["at most 14 days ago", "at most 7 days ago", "at most [-14 ][+7 ]days ago"],
  ["a b", "a x b", "a [+x ]b"],
  ["a x b", "a b", "a [-x ]b"],
  ["", "all new", "[+all new]"],
  ["all gone", "", "[-all gone]"],
  ["one two", "three four", "[-one two][+three four]"],
])("%s → %s", (before, after, want) => expect(say(before, after)).toBe(want));

test("both sides can be read out of what changed", () => {
  const pick = () => Array.from({ length: 12 }, () => "abcd"[Math.floor(Math.random() * 4)]!);
  for (let n = 0; n < 300; n++) {
    const [before, after] = [pick(), pick()];
    const parts = changes(before, after);
    const side = (not: string) => parts.filter((p) => p.how !== not).map((p) => p.text).join("");
    expect(side("added")).toBe(before.join(""));
    expect(side("removed")).toBe(after.join(""));
  }
});

import { describe, expect, test } from "vitest";
import type { Clash } from "../../api/types";
import { clashId, doAgain, takeBack, type Choice } from "./clash";

const a = "  - id: a\n    then: patient";
const b = "  - id: b\n    then: patient";
const c = "  - id: c\n    then: patient";
const file = (...rows: string[]) => `rules:\n${rows.join("\n")}\ndefault: {id: d}\n`;
const clash = (over: Partial<Clash>): Clash => ({ file: "mindset.yaml", list: "mindset", id: "b", base: b, theirs: b.replace("patient", "theirs"), mine: b.replace("patient", "mine"), ...over });
const files = (text: string) => new Map([["mindset.yaml", text]]);
const keep = (x: Clash, choice: Choice) => new Map([[clashId(x), choice]]);

describe("takeBack", () => {
  test("gives a changed row the text that both sides found", () => {
    const x = clash({});
    expect(takeBack([x], files(file(a, x.mine, c)), files(file(a, b, c)))).toEqual([{ do: "write_file", file: "mindset.yaml", text: file(a, b, c) }]);
  });

  test("puts a deleted row back where it stood, also where the row before it was changed", () => {
    const x = clash({ mine: "" });
    const changed = a.replace("patient", "consumer");
    expect(takeBack([x], files(file(changed, c)), files(file(a, b, c)))).toEqual([{ do: "write_file", file: "mindset.yaml", text: file(changed, b, c) }]);
    const last = clash({ id: "c", base: c, mine: "" });
    expect(takeBack([last], files(file(a, b)), files(file(a, b, c)))[0]!.text).toBe(file(a, b, c));
    const first = clash({ id: "a", base: a, mine: "" });
    expect(takeBack([first], files(file(b, c)), files(file(a, b, c)))[0]!.text).toBe(file(a, b, c));
  });

  test("takes out a row that both added", () => {
    const x = clash({ base: "" });
    expect(takeBack([x], files(file(a, x.mine, c)), files(file(a, c)))[0]!.text).toBe(file(a, c));
  });

  test("writes a file once for all its rows", () => {
    const x = clash({});
    const y = clash({ id: "c", base: c, mine: c.replace("patient", "mine") });
    const out = takeBack([x, y], files(file(a, x.mine, y.mine)), files(file(a, b, c)));
    expect(out).toEqual([{ do: "write_file", file: "mindset.yaml", text: file(a, b, c) }]);
  });

  test("gives back whole files, and removes those that were new", () => {
    expect(takeBack([clash({ id: "", list: "", base: "x\n" })], new Map(), new Map())).toEqual([{ do: "write_file", file: "mindset.yaml", text: "x\n" }]);
    expect(takeBack([clash({ id: "", list: "", base: "" })], new Map(), new Map())).toEqual([{ do: "remove_file", file: "mindset.yaml" }]);
  });
});

describe("doAgain", () => {
  test("does nothing for what is left to the others", () => {
    const x = clash({});
    expect(doAgain([x], keep(x, "theirs"), files(file(a, x.theirs, c)))).toEqual([]);
  });

  test("puts the own row in the place of theirs", () => {
    const x = clash({});
    expect(doAgain([x], keep(x, "mine"), files(file(a, x.theirs, c)))).toEqual([{ do: "write_file", file: "mindset.yaml", text: file(a, x.mine, c) }]);
  });

  test("deletes again, and inserts again what they deleted", () => {
    const gone = clash({ mine: "" });
    expect(doAgain([gone], keep(gone, "mine"), files(""))).toEqual([{ do: "delete", list: "mindset", row: "b" }]);
    const back = clash({ theirs: "" });
    expect(doAgain([back], keep(back, "mine"), files(""))).toEqual([{ do: "insert", list: "mindset", file: "mindset.yaml", text: "id: b\nthen: mine" }]);
  });

  test("does not read dollar signs as places", () => {
    const x = clash({ mine: b.replace("patient", () => "$& $1") });
    expect(doAgain([x], keep(x, "mine"), files(file(x.theirs)))[0]!.text).toContain("$& $1");
  });
});

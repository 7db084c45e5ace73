import { describe, expect, test } from "vitest";
import type { Change, Content } from "../api/types";
import { aspects, kindOfChange, placeOf, sentenceDiffers, titleOf } from "./told";

const token = (text: string) => ({ text, kind: "PLAIN" as const, ref: "", path: "" });
const change = (over: Partial<Change>): Change => ({ file: "mindset.yaml", list: "mindset", id: "new-drug", before: [], after: [], beforeText: "a", afterText: "b", ...over });
const content = (over: object) => ({ digest: "", rules: [], advice: [], guardrails: [], topics: [], scenarios: [], files: [], problems: [], ...over }) as unknown as Content;
const rule = (over: object) => content({ rules: [{ table: "mindset", id: "new-drug", title: "New drug", because: "It is new.", from: "", until: "", tier: "clinical", ...over }] });

describe("aspects", () => {
  test("of a rule are what its sentence does not say", () => {
    expect(aspects(change({}), rule({}), rule({ because: "It is quite new.", until: "2026-12-01" }))).toEqual([
      { what: "because", before: "It is new.", after: "It is quite new." },
      { what: "until", before: "", after: "2026-12-01" },
    ]);
    expect(aspects(change({}), rule({}), rule({}))).toEqual([]);
  });

  test("of advice are its words in each language", () => {
    const item = (es: string) => content({ advice: [{ id: "gym", words: { en: { title: "Gym", text: "Go." }, es: { title: "Gimnasio", text: es } } }] });
    expect(aspects(change({ list: "advice", id: "gym" }), item("Vaya."), item("Vaya hoy."))).toEqual([{ what: "adviceText", language: "es", before: "Vaya.", after: "Vaya hoy." }]);
  });

  test("of a row that is new have nothing before", () => {
    const found = aspects(change({ list: "cases", id: "x" }), content({}), content({ scenarios: [{ id: "x", about: "One." }] }));
    expect(found).toEqual([{ what: "about", before: "", after: "One." }]);
  });

  test("of a whole file are none", () => expect(aspects(change({ list: "", id: "" }), rule({}), rule({ because: "" }))).toEqual([]));
});

test("a row is called by its title, and one that is gone by the one it had", () => {
  expect(titleOf(change({}), rule({}), rule({ title: "Newer" }), "en")).toBe("Newer");
  expect(titleOf(change({}), rule({}), content({}), "en")).toBe("New drug");
  expect(titleOf(change({}), undefined, undefined, "en")).toBe("");
  const item = content({ advice: [{ id: "gym", words: { en: { title: "Gym" } } }] });
  expect(titleOf(change({ list: "advice", id: "gym" }), undefined, item, "es")).toBe("Gym");
});

test("changes are added, removed or changed", () => {
  expect(kindOfChange(change({ beforeText: "" }))).toBe("added");
  expect(kindOfChange(change({ afterText: "" }))).toBe("removed");
  expect(kindOfChange(change({}))).toBe("changed");
  expect(placeOf(change({}))).toBe("mindset/new-drug");
  expect(placeOf(change({ id: "", list: "" }))).toBe("mindset.yaml");
});

test("a sentence differs by its words, not by how it is cut", () => {
  expect(sentenceDiffers(change({ before: [token("a b")], after: [token("a "), token("b")] }))).toBe(false);
  expect(sentenceDiffers(change({ before: [token("a")], after: [token("b")] }))).toBe(true);
});

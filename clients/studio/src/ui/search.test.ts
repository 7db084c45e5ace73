import { expect, test } from "vitest";
import { matches, ranked } from "./search";

test.each([
  ["", ["anything"], true],
  ["gym sleep", ["Sleep tips with the gym benefit"], true],
  ["sueno", ["Consejos para el sueño"], true],
  ["ER", ["after the last ER visit"], true],
  ["er", ["after a member"], false],
  ["visit er", ["ER", "a visit"], true],
  ["gym pool", ["the gym benefit"], false],
  ["  gym  ", ["(gym)"], true],
])("%s in %j: %s", (query, texts, want) => expect(matches(query, texts)).toBe(want));

// Facts and values as editors see them, in the order of the list.
const facts = [
  ["pages seen in the last day", "visited clicked", "This contact"],
  ["pages seen in the last day: gym", "visited clicked", "This contact"],
  ["pages seen in the last day: benefits", "visited clicked", "This contact"],
  ["what the member wrote about: daily habits", "search question", "This contact"],
  ["care going on now: an ER visit", "in hospital admitted", "Acute"],
  ["time since leaving the ER or hospital", "ER hospital emergency room discharge", "Acute"],
  ["time since a new drug", "new prescription", "Acute"],
  ["long-term conditions: high blood pressure", "chronic disease", "Chronic"],
  ["long-term conditions: diabetes", "chronic disease", "Chronic"],
  ["care that is due: eye test for diabetes", "overdue screening HEDIS", "Chronic"],
  ["upper blood pressure number", "blood pressure", "Chronic"],
  ["tobacco use", "smoking vape", "Chronic"],
  ["pregnancy", "pregnant baby birth", "Chronic"],
  ["pregnancy: pregnant", "pregnant baby birth", "Chronic"],
  ["coverage", "plan active insured", "Coverage"],
  ["coverage: active", "plan active insured", "Coverage"],
  ["benefits: gym pass", "covered eligible perk", "Coverage"],
  ["benefits: diabetes prevention class", "covered eligible perk", "Coverage"],
  ["news about a claim", "EOB denial appeal bill", "Coverage"],
  ["news about a claim: a claim not paid", "EOB denial appeal bill", "Coverage"],
  ["topic: sleep", "about", "What was found"],
  ["benefits: sleep class", "covered eligible perk", "Coverage"],
  ["tema: sueño", "sobre", "Hallado"],
].map(([label, words, group]) => ({ label: label!, words: words!.split(" "), group: group! }));

test.each([
  ["gym benefit", "benefits: gym pass"],
  ["benefit gym", "benefits: gym pass"],
  ["gym", "benefits: gym pass"],
  ["er", "care going on now: an ER visit"],
  ["er hospital", "time since leaving the ER or hospital"],
  ["left the hospital", "time since leaving the ER or hospital"],
  ["new drug", "time since a new drug"],
  ["prescription", "time since a new drug"],
  ["blood pressure", "upper blood pressure number"],
  ["diabetes", "long-term conditions: diabetes"],
  ["eye test", "care that is due: eye test for diabetes"],
  ["smoking", "tobacco use"],
  ["pregnant", "pregnancy: pregnant"],
  ["plan active", "coverage: active"],
  ["claim denied", "news about a claim"],
  ["claim not paid", "news about a claim: a claim not paid"],
  ["sleep", "topic: sleep"],
  ["sleep benefit", "benefits: sleep class"],
  ["sueno", "tema: sueño"],
  ["GYM PASS", "benefits: gym pass"],
])("%s finds %s first", (query, want) => expect(ranked(query, facts, (f) => f)[0]?.label).toBe(want));

test("what holds fewer words of a query is left out where something holds more", () => {
  expect(ranked("gym benefit", facts, (f) => f).map((f) => f.label)).toEqual(["benefits: gym pass"]);
  expect(ranked("xyz", facts, (f) => f)).toEqual([]);
  expect(ranked(" ", facts, (f) => f)).toEqual(facts);
});

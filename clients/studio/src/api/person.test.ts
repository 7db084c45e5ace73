import { expect, test } from "vitest";
import { canBeTold, nobody, personOf, requestOf, withFact, type Person } from "./person";
import type { Fact } from "./types";

const fact = (name: string, type: string, ids: string[] = [], own = false): Fact => ({
  name, type, group: "any", label: name, description: "", synonyms: [], unit: "", min: "", max: "",
  values: ids.map((id) => ({ id, label: id })), operators: [], readers: [], privacy: "none", maxAge: "", own,
});

const facts = [
  fact("adt_event", "enum", ["admit", "discharge"]),
  fact("encounter_class_now", "enum", ["EMER", "AMB"]),
  fact("opt_out_channels", "set", ["sms", "phone"]),
  fact("chronic_dx", "set", ["asthma", "copd"]),
  fact("acute_dx_active", "bool"),
  fact("a1c_pct", "decimal"),
  fact("pets", "int", [], true),
  fact("colour", "enum", ["red"], true),
  fact("none_of_it", "set", ["x"], true),
];

const person: Person = {
  ...nobody,
  name: "Someone",
  asker: "provider",
  topic: "sleep",
  text: "hello",
  facts: { adt_event: "discharge", encounter_class_now: "EMER", opt_out_channels: ["sms"], chronic_dx: [], acute_dx_active: false, a1c_pct: 6.1, pets: 2, colour: "red", none_of_it: [] },
};

test("a person becomes a question in the API's own words", () => {
  const q = requestOf(person, facts, "es");
  expect(q).toMatchObject({
    asker: "ASKER_PROVIDER",
    topic: "sleep",
    language: "es",
    context: { adtEvent: "ADT_EVENT_DISCHARGE", encounterClassNow: "ENCOUNTER_CLASS_EMER", optOutChannels: ["OPT_OUT_CHANNEL_SMS"], knownEmpty: ["chronic_dx"], acuteDxActive: false, a1cPct: 6.1 },
    attributes: { pets: { intValue: "2" }, colour: { enumValue: "red" }, none_of_it: { setValue: { values: [] } } },
  });
});

test("a question read back is the same person", () => {
  expect(personOf(requestOf(person, facts, "en"), facts, "Someone")).toEqual({ ...person, language: "en" });
});

test("lists that the server fills in are not taken for known", () => {
  const p = personOf({ asker: "ASKER_INTEGRATED", context: { chronicDx: [], optOutChannels: [], knownEmpty: [] } } as never, facts);
  expect(p.facts).toEqual({});
});

test("what is not known is not told", () => {
  const p = withFact(withFact(person, "adt_event", null), "pets", undefined);
  expect(requestOf(p, facts, "en").context).not.toHaveProperty("adtEvent");
  expect(requestOf(p, facts, "en").attributes).not.toHaveProperty("pets");
  expect(p.facts).toHaveProperty("adt_event", null);
});

test("facts that rules derive cannot be told", () => {
  expect(canBeTold({ ...facts[0]!, group: "derived" })).toBe(false);
  expect(canBeTold({ ...facts[0]!, type: "opaque" })).toBe(false);
  expect(canBeTold(facts[0]!)).toBe(true);
});

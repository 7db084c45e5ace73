import { beforeEach, expect, test } from "vitest";
import { nobody, type Person } from "../../api/person";
import { dropPerson, getTrial, keepPerson, linkOf, personOfLink, setTrial, tryAs } from "./store";

const someone: Person = { ...nobody, name: "Mía 7", topic: "sleep", text: "secret words", facts: { pets: 2, note: null, many: ["á"] } };

beforeEach(() => {
  sessionStorage.clear();
  localStorage.clear();
  dropPerson(someone.name);
});

test("the words of a message are kept nowhere", () => {
  tryAs(someone, "from-here");
  keepPerson(someone);
  expect(getTrial().person.text).toBe("secret words");
  expect(JSON.stringify(sessionStorage) + sessionStorage.getItem("rightvoice.trial")).not.toContain("secret");
  expect(localStorage.getItem("rightvoice.people")).toContain("sleep");
  expect(localStorage.getItem("rightvoice.people")).not.toContain("secret");
});

test("a link brings the same person, without words", () => {
  expect(personOfLink(`#p=${linkOf(someone)}`)).toEqual({ ...someone, text: "" });
  for (const bad of ["", "#p=", "#p=%%%", "#p=AAAA", `#p=${btoa("{}")}`]) expect(personOfLink(bad)).toBeNull();
});

test("a name is kept once", () => {
  keepPerson(someone);
  keepPerson({ ...someone, topic: "food" });
  expect(JSON.parse(localStorage.getItem("rightvoice.people")!)).toHaveLength(1);
});

test("what changes stays with the rest", () => {
  tryAs(someone);
  setTrial({ on: "live" });
  expect(getTrial()).toMatchObject({ on: "live", person: { topic: "sleep" } });
});

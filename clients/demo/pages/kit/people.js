// The made-up people of the demo. The page itself tells the service about them,
// by the same calls that feeds of a plan and of a clinic make.

import { language, state } from "./state.js";

/**
 * @typedef {import("@rightvoice/client").MemberContext} MemberContext
 * @typedef {import("@rightvoice/client").Asker} Asker
 * @typedef {import("../rightvoice.js").Rightvoice} Rightvoice
 * @typedef {Record<"ASKER_INSURER" | "ASKER_PROVIDER", Rightvoice>} Sides
 *
 * @typedef {object} Person
 * @property {string} id
 * @property {string} name
 * @property {number} age
 * @property {Record<string, string>} story
 * @property {string} page     where the member portal opens
 * @property {string} topic
 * @property {string} [language] what they read, if it is not what the page is in
 * @property {boolean} [viewers] whether others may look at their portal
 * @property {Partial<Record<"ASKER_INSURER" | "ASKER_PROVIDER", { context: MemberContext }>>} told
 * @property {any[]} [choices]
 */

/** @type {Person[]} */
export const people = await (await fetch("/demo/people.json")).json();

/** @returns {Person} who the address names */
export function person() {
  return people.find((p) => p.id === state().member) ?? /** @type {Person} */ (people[0]);
}

/** @param {Person} p */
export const memberRef = (p) => `demo-${p.id}`;

let last = 0;

/** Now, and never twice the same: of two words of one source the later counts. */
export function asOf() {
  last = Math.max(last + 1, Date.now());
  return new Date(last).toISOString();
}

/**
 * Tells what both sides know about people, after forgetting what was told
 * before.
 * @param {Sides} sides
 * @param {Person[]} some
 */
export async function reset(sides, some) {
  for (const p of some) {
    await sides.ASKER_INSURER.members.forget({ asker: "ASKER_INSURER", memberRef: memberRef(p) });
    await introduce(sides, p);
    for (const choice of p.choices ?? []) await sides.ASKER_INSURER.members.setChoice({ asker: "ASKER_INSURER", memberRef: memberRef(p), source: "portal", ...choice });
  }
}

/**
 * Tells what both sides know about a person.
 * @param {Sides} sides
 * @param {Person} p
 */
async function introduce(sides, p) {
  for (const asker of /** @type {const} */ (["ASKER_INSURER", "ASKER_PROVIDER"])) {
    const told = p.told[asker];
    if (told) await tell(sides, asker, p, told);
  }
}

/**
 * Tells one event, as a feed of one side does.
 * @param {Sides} sides
 * @param {"ASKER_INSURER" | "ASKER_PROVIDER"} asker
 * @param {Person} p
 * @param {{ context: MemberContext }} event
 */
export async function tell(sides, asker, p, event) {
  const { results } = await sides[asker].members.recordFacts({ asker, events: [{ memberRef: memberRef(p), source: "demo-feed", asOf: asOf(), ...event }] });
  const refused = results.find((r) => "error" in r && r.error);
  if (refused) throw new Error("the event was refused");
}

/**
 * Tells about a person the demo has not told about yet, or so long ago that it no
 * longer counts. What others told stays.
 * @param {Sides} sides
 * @param {Person} p
 */
export async function ensure(sides, p) {
  const { facts } = await sides.ASKER_PROVIDER.members.get({ asker: "ASKER_PROVIDER", memberRef: memberRef(p) });
  if (facts.length === 0) await reset(sides, [p]);
  else if (!facts.some((f) => f.name === "coverage_status")) await introduce(sides, p);
}

/** What a portal knows itself, for the placeholders of texts: here the same for all. @type {Record<string, () => string>} */
const own = {
  appeal_by: () => inDays(180),
  date: () => inDays(14),
  visits_left: () => "4",
  copay: () => "20",
};

/** @param {string} name @returns {string | undefined} */
export const fill = (name) => own[name]?.();

/** @param {number} days */
const inDays = (days) => new Date(Date.now() + days * 86_400_000).toLocaleDateString(language(), { month: "long", day: "numeric", year: "numeric" });

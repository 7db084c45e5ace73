// The member's own choice: whom to hear about a topic, or nobody. It ranks below
// safety and below what is care and what is coverage, above every other rule.

import { h } from "./kit/dom.js";
import { memberRef, person } from "./kit/people.js";
import { milliseconds, moment, t, word } from "./kit/words.js";

/**
 * @typedef {import("@rightvoice/client").Recommendation} Recommendation
 * @typedef {import("./kit/people.js").Sides} Sides
 * @typedef {{ view: object } | { topicOptOut: { topic: string, optedOut: boolean } }} Change
 *
 * @typedef {object} Around  The page that a choice is made on.
 * @property {Sides} sides
 * @property {(text: string) => void} say
 * @property {() => Promise<unknown>} changed  shows the page as it is after the choice
 */

/** Topics that leave a choice. Care is always the provider's, coverage the plan's. */
const choosable = ["activity", "sleep", "stress", "nutrition", "alcohol", "weight"];

/** @param {Around} page @param {Recommendation} r */
export function choiceOf(page, r) {
  if (!choosable.includes(r.topic)) return undefined;
  const button = (/** @type {string} */ key, /** @type {Change} */ change) =>
    h("button", { type: "button", class: "quiet", onclick: () => choose(page, r.topic, change) }, word(key));
  return h("div", { class: "choose", role: "group", "aria-label": t("choice.label") },
    h("span", {}, t("choice.label")),
    button("choice.care", { view: { topic: r.topic, choice: "MEMBER_CHOICE_PATIENT" } }),
    button("choice.plan", { view: { topic: r.topic, choice: "MEMBER_CHOICE_CONSUMER" } }),
    button("choice.none", { topicOptOut: { topic: r.topic, optedOut: true } }));
}

/**
 * Stores a choice, then asks as both sides until both obey it, to show how long
 * that takes. A portal only stores it: the next answer to either side obeys.
 * @param {Around} page
 * @param {string} topic
 * @param {Change} change
 */
async function choose({ sides, say, changed }, topic, change) {
  const began = performance.now();
  try {
    await sides.ASKER_INSURER.members.setChoice(/** @type {any} */ ({ asker: "ASKER_INSURER", memberRef: memberRef(person()), source: "portal", ...change }));
    const silence = "topicOptOut" in change && change.topicOptOut.optedOut;
    const ask = async (/** @type {"ASKER_INSURER" | "ASKER_PROVIDER"} */ asker) => {
      const decision = await sides[asker].recommend({ asker, memberRef: memberRef(person()), topic, context: { direction: "DIRECTION_INBOUND", viewerRole: "VIEWER_ROLE_SELF" } });
      return { id: decision.decisionId, silent: decision.recommendations.every((r) => r.advice.length === 0), ms: performance.now() - began };
    };
    while (performance.now() - began < 5000) {
      const [plan, care] = await Promise.all([ask("ASKER_INSURER"), ask("ASKER_PROVIDER")]);
      if (plan.id !== care.id || (silence && !(plan.silent && care.silent))) continue;
      await changed();
      say(t("choice.obeyed", { plan: milliseconds(plan.ms), care: milliseconds(care.ms) }));
      return;
    }
    await changed();
  } catch {
    say(t("failed"));
  }
}

/**
 * What the member chose, each with a way back.
 * @param {Around} page
 */
export async function choicesOf(page) {
  const { choices } = await page.sides.ASKER_INSURER.members.get({ asker: "ASKER_INSURER", memberRef: memberRef(person()) });
  const undo = (/** @type {string} */ about, /** @type {Change} */ change) =>
    h("button", { type: "button", class: "quiet", onclick: () => choose(page, about || "activity", change) }, t("choice.undo"), h("span", { class: "hidden" }, ` ${word(`topic.${about}`)}`));
  return [
    ...choices.views.map((v) => h("li", {}, t(v.choice === "MEMBER_CHOICE_PATIENT" ? "choice.is.care" : "choice.is.plan", { topic: word(`topic.${v.topic}`) || t("choice.all"), time: moment(v.expiresAt) }), undo(v.topic, { view: { topic: v.topic, undo: true } }))),
    ...choices.optOutTopics.map((about) => h("li", {}, t("choice.is.none", { topic: word(`topic.${about}`) }), undo(about, { topicOptOut: { topic: about, optedOut: false } }))),
  ];
}

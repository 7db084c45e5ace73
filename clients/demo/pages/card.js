// The advice card of a member portal. In: a decision, as the service answered.
// Out: what the member sees of it, which may be nothing.

import { h, icon, icons } from "./kit/dom.js";
import { language } from "./kit/state.js";
import { t, word } from "./kit/words.js";

/**
 * @typedef {import("@rightvoice/client").Decision} Decision
 * @typedef {import("@rightvoice/client").Recommendation} Recommendation
 * @typedef {import("@rightvoice/client").Advice} Advice
 *
 * @typedef {object} Actions  What the page does when the member uses the card.
 * @property {(advice: Advice, url: string) => void} open
 * @property {(r: Recommendation) => HTMLElement} why
 * @property {(r: Recommendation) => HTMLElement | undefined} choice
 * @property {(r: Recommendation) => HTMLElement} feedback
 * @property {(name: string) => string | undefined} fill  what the portal knows for a placeholder
 */

/**
 * An emergency notice comes with nothing beside it: show it alone on the page.
 * @param {Decision} decision
 */
export function emergency(decision) {
  return decision.recommendations.find((r) => r.sender === "SENDER_SAFETY")?.advice[0];
}

/** @param {Advice} notice */
export function emergencyNotice(notice) {
  return h("div", { class: "emergency", role: "alert", lang: notice.language },
    icon(icons.alarm),
    h("h1", { tabindex: -1 }, notice.title),
    h("p", {}, ...notice.text.split(/\b(911|988|1-800-222-1222)\b/).map((part, i) => (i % 2 ? h("a", { href: `tel:${part}` }, part) : part))));
}

/**
 * The cards of a decision: one for each topic, the main one first, and none
 * where nobody should speak. Leave no gap there: a gap asks what is missing.
 * @param {Decision} decision
 * @param {Actions} actions
 */
export function cards(decision, actions) {
  return decision.recommendations.map((r) => card(r, actions)).filter((c) => c !== undefined);
}

/** @param {Recommendation} r @param {Actions} actions */
function card(r, actions) {
  if (r.advice.length === 0 && !r.handoff) return undefined;
  const ours = r.advice.length > 0;
  return h("article", { class: ours ? "card ours" : "card handoff" },
    h("p", { class: "voice" }, icon(ours ? icons.plan : icons.care), t(ours ? "card.from.plan" : "card.from.care"), word(`topic.${r.topic}`) && h("span", { class: "topic" }, word(`topic.${r.topic}`))),
    ours ? r.advice.map((a, i) => words(a, i, actions)) : h("p", { class: "text", lang: language() }, r.handoff),
    h("div", { class: "card-foot" }, actions.why(r), actions.feedback(r)),
    actions.choice(r));
}

/** @param {Advice} a @param {number} i @param {Actions} actions */
function words(a, i, actions) {
  // What still stands in braces is for the portal to fill. An item that it
  // can't fill is better left out than shown with a hole.
  const text = a.text.replace(/\{(\w+)\}/g, (whole, name) => actions.fill(name) ?? whole);
  if (/\{\w+\}/.test(text)) return undefined;
  return h("div", { class: i === 0 ? "advice first" : "advice", lang: a.language },
    a.title && h("h2", {}, a.title),
    h("p", { class: "text" }, text),
    a.links.length > 0 && h("p", { class: "links" }, ...a.links.map((l) => h("button", { type: "button", class: i === 0 ? "primary" : "secondary", onclick: () => actions.open(a, l.url) }, l.label))));
}

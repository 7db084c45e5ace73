// Tells what became of a decision: that it was shown, taken up, declined, or
// that the other side should have spoken. Those who work on the rules learn from
// it, and caps count it. Telling the same twice counts once.

import { h, icon, icons, show } from "./kit/dom.js";
import { t } from "./kit/words.js";

/**
 * @typedef {import("@rightvoice/client").Decision} Decision
 * @typedef {import("@rightvoice/client").Recommendation} Recommendation
 * @typedef {import("@rightvoice/client").Schema<"FeedbackKind">} Kind
 * @typedef {import("./rightvoice.js").Rightvoice} Rightvoice
 * @typedef {"ASKER_INSURER" | "ASKER_PROVIDER"} Asker
 */

/**
 * @param {Rightvoice} rightvoice
 * @param {Asker} asker
 * @param {Decision} decision
 * @param {Kind} kind
 * @param {{ topic?: string, adviceId?: string, reason?: string }} [about]
 * @returns {Promise<boolean>} whether it was told
 */
export async function feedback(rightvoice, asker, decision, kind, about = {}) {
  // The member came by themselves: what they are shown then is no message that a cap counts.
  const direction = "DIRECTION_INBOUND";
  try {
    await rightvoice.feedback(decision.decisionId, { asker, kind, direction, topic: decision.recommendations[0]?.topic ?? "", ...about });
    return true;
  } catch {
    return false; // takes nothing from the member
  }
}

/**
 * Two buttons: helpful, and "the other side should tell me this".
 * @param {Rightvoice} rightvoice
 * @param {Asker} asker
 * @param {Decision} decision
 * @param {Recommendation} r
 */
export function helpful(rightvoice, asker, decision, r) {
  const row = h("div", { class: "helpful", role: "group", "aria-label": t("feedback.label") });
  const press = (/** @type {Kind} */ kind) => async () => {
    const told = await feedback(rightvoice, asker, decision, kind, { topic: r.topic, ...(r.advice[0] && { adviceId: r.advice[0].id }) });
    show(row, h("span", { class: "done", tabindex: -1 }, told && icon(icons.one), t(told ? "feedback.thanks" : "failed")));
    row.querySelector("span")?.focus();
  };
  const wrong = asker === "ASKER_PROVIDER" ? "feedback.wrong" : r.sender === "SENDER_INSURER" ? "feedback.wrong.plan" : "feedback.wrong.care";
  show(row,
    h("button", { type: "button", class: "quiet", onclick: press("FEEDBACK_KIND_ACCEPTED") }, t("feedback.helpful")),
    h("button", { type: "button", class: "quiet", onclick: press("FEEDBACK_KIND_WRONG_SENDER") }, t(wrong)));
  return row;
}

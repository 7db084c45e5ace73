// Advice that a clinician may send to a patient. The words can be edited before
// they go; what is sent stays with the clinic. The service is told that it was
// taken up, or declined and why, as a code: no patient's words, no clinician's.

import { feedback } from "./feedback.js";
import { h, icon, icons, show } from "./kit/dom.js";
import { language } from "./kit/state.js";
import { t, word } from "./kit/words.js";

/**
 * @typedef {import("@rightvoice/client").Decision} Decision
 * @typedef {import("@rightvoice/client").Recommendation} Recommendation
 * @typedef {import("@rightvoice/client").Advice} Advice
 * @typedef {import("./rightvoice.js").Rightvoice} Rightvoice
 */

const reasons = ["clinical_judgement", "already_discussed", "not_for_this_patient"];

/**
 * What the clinic sees of a decision: advice to send where it has the word, what
 * it may say where the plan has it.
 * @param {Rightvoice} rightvoice
 * @param {Decision} decision
 */
export function clinicCards(rightvoice, decision) {
  return decision.recommendations.map((r) => {
    if (r.sender === "SENDER_SAFETY") return h("article", { class: "card alarm", role: "alert" }, h("p", { class: "voice" }, icon(icons.alarm), t("clinic.alarm")), ...r.advice.map((a) => h("p", { class: "text" }, a.text)));
    const about = word(`topic.${r.topic}`);
    if (r.advice.length > 0) return h("article", { class: "card ours" }, voice("clinic.you", about), ...r.advice.map((a, i) => sendable(rightvoice, decision, r, a, i === 0)));
    if (r.handoff) return h("article", { class: "card handoff" }, voice("clinic.plan", about), h("p", { class: "text" }, t("clinic.say"), " ", h("q", { lang: language() }, r.handoff)));
    return h("p", { class: "nothing" }, t(r.sender === "SENDER_PROVIDER" ? "clinic.own.words" : "clinic.nothing"));
  });
}

/** @param {"clinic.you" | "clinic.plan"} key @param {string} about */
function voice(key, about) {
  return h("p", { class: "voice" }, icon(key === "clinic.you" ? icons.care : icons.plan), t(key), about && h("span", { class: "topic" }, about));
}

/** @param {Rightvoice} rightvoice @param {Decision} decision @param {Recommendation} r @param {Advice} a @param {boolean} first */
function sendable(rightvoice, decision, r, a, first) {
  const id = `words-${a.id}`;
  const box = h("textarea", { id, rows: 3, lang: a.language }, a.text);
  const select = h("select", { "aria-label": t("clinic.why") }, h("option", { value: "" }, t("clinic.decline")), ...reasons.map((x) => h("option", { value: x }, word(`clinic.${x}`))));
  const form = h("form", { class: "advice" }, h("label", { for: id, lang: a.language }, a.title), box,
    h("div", { class: "row" }, h("button", { type: "submit", class: first ? "primary" : "secondary" }, t("clinic.send")), h("span", { class: "decline" }, select)));
  const done = async (/** @type {import("./feedback.js").Kind} */ kind, /** @type {string} */ reason, /** @type {string} */ text) => {
    const told = await feedback(rightvoice, "ASKER_PROVIDER", decision, kind, { topic: r.topic, adviceId: a.id, ...(reason && { reason }) });
    const line = h("p", { class: "done", tabindex: -1 }, told && icon(icons.one), h("strong", {}, a.title), told ? text : t("failed"));
    show(form, line);
    line.focus();
  };
  form.addEventListener("submit", (e) => {
    e.preventDefault();
    void done("FEEDBACK_KIND_ACCEPTED", "", t(box.value.trim() === a.text ? "clinic.sent" : "clinic.sent.edited"));
  });
  select.addEventListener("change", () => select.value && done("FEEDBACK_KIND_OVERRIDDEN", select.value, `${t("clinic.declined")} ${word(`clinic.${select.value}`)}`));
  return form;
}

// A clinic day: 200 patients, asked about in one call, the ones who need a word
// from the clinic first. One bad question never fails the others: each result is
// a decision or its own error.

import { h, show } from "./kit/dom.js";
import { language } from "./kit/state.js";
import { milliseconds, moment, t, word } from "./kit/words.js";

/**
 * @typedef {import("@rightvoice/client").RecommendRequest} RecommendRequest
 * @typedef {import("@rightvoice/client").RecommendResult} RecommendResult
 * @typedef {import("@rightvoice/client").Decision} Decision
 * @typedef {{ n: number, request: RecommendRequest, decision: Decision | undefined, group: Group }} Patient
 * @typedef {"you" | "plan" | "nobody" | "held" | "error"} Group
 */

const count = 200;
/** @type {Group[]} */
const groups = ["you", "held", "plan", "nobody", "error"];

/**
 * Made-up patients, the same every day: a reason to come, a benefit, and a wish
 * each. The questions have no memberRef, because a list to look at is no message:
 * asked about a member, what could be sent takes a place under the caps for some
 * minutes. Ask with the memberRef when one is about to be sent.
 * @param {number} n
 * @returns {RecommendRequest}
 */
function patient(n) {
  const pick = (/** @type {any[]} */ list, /** @type {number} */ salt) => list[Math.floor(Math.abs(Math.sin(n * 12.9898 + salt) * 43758.5453)) % list.length];
  return {
    asker: "ASKER_PROVIDER",
    requestId: String(n),
    language: language(),
    context: {
      ...pick([{ hoursSinceAcuteCare: 30 }, { hoursSinceAcuteCare: 400 }, { newRxDays: 3 }, { abnormalResultDays: 2 }, { surgeryPhase: "SURGERY_PHASE_PLANNED_30D" }, { claimEvent: "CLAIM_EVENT_DENIED" }, {}, {}, { daysSinceProblemVisit: 5 }], 1),
      ...pick([{ chronicDx: ["diabetes"] }, { chronicDx: ["hypertension"] }, {}, {}, {}], 2),
      ...pick([{ benefitAvailable: ["gym"] }, { benefitAvailable: ["diabetes_class", "home_bp_cuff"] }, { knownEmpty: ["benefit_available"] }], 3),
      ...pick([{ optOutChannels: ["OPT_OUT_CHANNEL_PUSH"] }, { confidentialChannel: true }, { localHour: 6 }, {}, {}, {}, {}, {}], 4),
      coverageStatus: "COVERAGE_STATUS_ACTIVE",
      channel: "CHANNEL_PUSH",
      direction: "DIRECTION_OUTBOUND", // the clinic begins: consent, caps and hours count
      ...pick([{ localHour: 10 }], 5),
      ...(n % 9 === 0 && { localHour: 6 }),
    },
  };
}

/** @param {RecommendResult} result @returns {Decision | undefined} */
const decisionOf = (result) => ("decision" in result ? result.decision : undefined);

/** @param {Decision | undefined} d @returns {Group} */
function groupOf(d) {
  if (!d) return "error";
  if (d.recommendations.some((r) => r.sender === "SENDER_PROVIDER" && r.advice.length > 0)) return "you";
  if (d.recommendations.some((r) => r.suppressed.length > 0 || r.reasons.some((x) => x.code === "CONSENT_MISSING"))) return "held";
  return d.recommendations.some((r) => r.sender === "SENDER_INSURER") ? "plan" : "nobody";
}

/**
 * @param {import("./rightvoice.js").Rightvoice} rightvoice
 * @param {HTMLElement} main
 */
export async function showDay(rightvoice, main) {
  const told = h("p", { class: "lead", role: "status" }, t("day.asking", { count }));
  const filter = h("div", { class: "topics", role: "group", "aria-label": t("day.show") });
  const list = h("div", { class: "day", tabindex: 0, role: "region", "aria-label": t("clinic.day") });
  show(main, h("h1", { id: "title", tabindex: -1 }, t("clinic.day")), told, filter, list);
  try {
    const requests = Array.from({ length: count }, (_, i) => patient(i + 1));
    const began = performance.now();
    const results = await rightvoice.batch(requests);
    const ms = performance.now() - began;
    const patients = results.map((result, i) => {
      const decision = decisionOf(result);
      return { n: i + 1, request: /** @type {RecommendRequest} */ (requests[i]), decision, group: groupOf(decision) };
    });
    const number = (/** @type {Group} */ g) => patients.filter((p) => p.group === g).length;
    show(told, t("day.answered", { count, time: milliseconds(ms), you: number("you"), held: number("held") }));
    /** @param {Group | ""} only */
    const draw = (only) => {
      const has = filter.contains(document.activeElement);
      show(filter, ...["", ...groups.filter((g) => number(g) > 0)].map((g) => h("button", { type: "button", class: "tab", "aria-pressed": String(g === only), onclick: () => draw(/** @type {Group | ""} */ (g)) }, word(`day.${g || "all"}`), h("span", { class: "count" }, g ? number(/** @type {Group} */ (g)) : count))));
      if (has) filter.querySelector(/** @type {"button"} */ ('[aria-pressed="true"]'))?.focus();
      const rows = groups.flatMap((g) => patients.filter((p) => p.group === g && (!only || g === only)));
      show(list, h("table", {}, h("caption", { class: "hidden" }, t("clinic.day")), h("thead", {}, h("tr", {}, ...["day.patient", "day.word", "day.message"].map((k) => h("th", { scope: "col" }, word(k))))), h("tbody", {}, ...rows.map(row))));
    };
    draw("");
  } catch {
    show(told, t("failed"));
  }
}

/** @param {Patient} p */
function row(p) {
  const rs = p.decision?.recommendations ?? [];
  const advice = rs.flatMap((r) => r.advice);
  const held = rs.flatMap((r) => r.suppressed);
  return h("tr", {}, h("th", { scope: "row" }, t("day.n", { n: p.n })),
    h("td", {}, h("span", { class: `who ${p.group}` }, word(`day.${p.group}`))),
    h("td", {}, advice.length > 0 && h("p", {}, advice[0]?.title),
      held.length > 0 && h("p", { class: "fine" }, t("day.held.because"), " ", [...new Set(held.map((s) => word(`code.${s.code}`) || s.code))].join(", "), held[0]?.retryAt && ` · ${t("day.retry", { time: moment(held[0].retryAt) })}`),
      advice.length === 0 && held.length === 0 && h("p", { class: "fine" }, rs[0]?.reasons.at(-1)?.text)));
}

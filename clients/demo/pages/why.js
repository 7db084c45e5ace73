// "Why am I seeing this?" The reasons come with the decision; the rules in full,
// and what they looked at, are asked for when somebody wants to know.

import { h, show } from "./kit/dom.js";
import { moment, t } from "./kit/words.js";

/**
 * @typedef {import("@rightvoice/client").Decision} Decision
 * @typedef {import("@rightvoice/client").Recommendation} Recommendation
 * @typedef {import("@rightvoice/client").RecommendRequest} RecommendRequest
 */

/**
 * @param {import("./rightvoice.js").Rightvoice} rightvoice
 * @param {RecommendRequest} question
 * @param {Decision} decision
 * @param {Recommendation} r
 */
export function why(rightvoice, question, decision, r) {
  const more = h("div", { class: "why-body" });
  const details = h("details", { class: "why" }, h("summary", {}, t("why.title")), more);
  details.addEventListener("toggle", async () => {
    if (!details.open) return;
    const reasons = h("ul", {}, ...r.reasons.map((reason) => h("li", {}, reason.title && [h("strong", {}, reason.title), ". "], reason.text)));
    const fine = h("p", { class: "fine" }, t("why.until", { time: moment(decision.validUntil) }), " ", t("why.revision"), " ", h("code", {}, decision.revision), ".");
    show(more, reasons, fine);
    try {
      // A side is shown its own rules and facts: of what the other side told it learns the outcome alone.
      const { topics, factsRead } = await rightvoice.explain(question);
      const rules = topics.filter((x) => x.topic === r.topic).flatMap((x) => x.rows).filter((row) => row.verdict === "DECIDED" && row.sentence && row.table !== "advice");
      const known = factsRead.filter((f) => f.value);
      show(more, reasons,
        rules.length > 0 && [h("h3", {}, t("why.rules")), h("div", {}, ...rules.map((row) => h("p", { class: "rule" }, row.sentence)))],
        known.length > 0 && h("p", {}, t("why.known"), " ", known.map((f) => `${f.label}: ${f.value}`).join("; "), "."),
        fine);
    } catch {
      // The reasons are there; the rest is for the curious.
    }
  });
  return details;
}

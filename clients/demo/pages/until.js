// "How long does this hold?" The service decides for any time that is given, so
// that the day on which an answer changes can be looked for. Only the side that
// may see all facts can ask this way: the others would learn from it what they
// may not see.

import { h, show } from "./kit/dom.js";
import { t, word } from "./kit/words.js";

/**
 * @typedef {import("@rightvoice/client").Decision} Decision
 * @typedef {import("@rightvoice/client").RecommendRequest} RecommendRequest
 */

const day = 86_400_000;
const probes = [1, 2, 3, 7, 14, 21, 30, 45, 60, 90, 180, 365];

/**
 * @param {import("./rightvoice.js").Rightvoice} rightvoice
 * @param {() => RecommendRequest} question
 * @param {Decision} decision
 */
export function untilWhen(rightvoice, question, decision) {
  const said = h("div", { class: "why-body" });
  const details = h("details", { class: "why" }, h("summary", {}, t("until.title")), said);
  const who = (/** @type {Decision} */ d) => d.recommendations[0]?.sender ?? "";
  const at = async (/** @type {number} */ days) => who((await rightvoice.explain(question(), { now: new Date(Date.now() + days * day).toISOString() })).decision);
  details.addEventListener("toggle", async () => {
    if (!details.open) return;
    show(said, h("p", {}, "…"));
    try {
      const now = who(decision);
      const then = await Promise.all(probes.map(at));
      const i = then.findIndex((x) => x !== now);
      if (i < 0) return show(said, h("p", {}, t("until.never")));
      let [low, high, next] = [probes[i - 1] ?? 0, probes[i] ?? 0, then[i] ?? ""];
      while (high - low > 1) {
        const middle = Math.floor((low + high) / 2);
        const there = await at(middle);
        if (there === now) low = middle;
        else [high, next] = [middle, there];
      }
      show(said, h("p", {}, t("until.then", { days: high, who: word(`sender.${next}`) })));
    } catch {
      show(said, h("p", {}, t("failed")));
    }
  });
  return details;
}

// What each side may see of what is known: the same question, asked by each.

import { h, show } from "./dom.js";
import { labelOf, valueOf } from "./known.js";
import { memberRef } from "./people.js";
import { t } from "./words.js";

/**
 * @param {import("./people.js").Sides} sides
 * @param {import("./people.js").Person} person
 * @param {HTMLElement} into
 */
export async function seenBySides(sides, person, into) {
  const [plan, clinic] = await Promise.all(/** @type {const} */ (["ASKER_INSURER", "ASKER_PROVIDER"]).map(async (asker) => (await sides[asker].members.get({ asker, memberRef: memberRef(person) })).facts));
  const list = (/** @type {import("./known.js").KnownFact[]} */ facts) => h("ul", {}, ...facts.map((f) => h("li", {}, h("span", {}, labelOf(f)), " ", h("strong", {}, valueOf(f)))));
  show(into, h("h2", {}, t("seen.title")), h("p", { class: "fine" }, t("seen.note")),
    h("div", { class: "seen" }, h("section", { class: "seen-plan" }, h("h3", {}, t("plan.name")), list(plan ?? [])), h("section", { class: "seen-clinic" }, h("h3", {}, t("clinic.name")), list(clinic ?? []))));
}

// What stands above every demo page: that its people are made up, who is
// looked at, and the way to the other pages.

import { byId, h, icon, icons, show } from "./dom.js";
import { people, person, reset } from "./people.js";
import { address, go, language } from "./state.js";
import { t } from "./words.js";

/** @typedef {import("./people.js").Sides} Sides */

const pages = /** @type {const} */ ([["/demo/", "ribbon.both"], ["/demo/member", "ribbon.member"], ["/demo/provider", "ribbon.provider"]]);

/**
 * @param {Sides} sides
 * @param {() => Promise<unknown>} afterReset
 */
export function ribbon(sides, afterReset) {
  document.documentElement.lang = language();
  const here = location.pathname.replace(/split$/, "");
  const other = language() === "es" ? "en" : "es";
  const status = h("span", { role: "status", class: "ribbon-status" });
  const again = h("button", { type: "button", class: "ribbon-button", onclick: renew }, icon(icons.again), t("ribbon.reset"));

  async function renew() {
    again.disabled = true;
    show(status, t("ribbon.resetting"));
    try {
      await reset(sides, people);
      await afterReset();
      show(status, t("ribbon.reset.done"));
    } catch {
      show(status, t("failed"));
    }
    again.disabled = false;
  }

  show(byId("ribbon"),
    h("p", { class: "ribbon-note" }, h("strong", {}, t("ribbon.demo")), " ", t("ribbon.madeup")),
    h("nav", { "aria-label": t("ribbon.pages") }, ...pages.map(([path, key]) => h("a", { href: address({ page: "", topic: "" }, path), "aria-current": path === here && "page" }, t(key)))),
    h("div", { class: "ribbon-tools" }, again, h("a", { href: address({ lang: other === "en" ? "" : other }), lang: other, hreflang: other }, other === "es" ? "Español" : "English"), status),
    h("label", { class: "picker" }, h("span", {}, t("picker.label")),
      h("select", { id: "person", onchange: (/** @type {Event} */ e) => choose(/** @type {HTMLSelectElement} */ (e.target).value) },
        ...people.map((p) => h("option", { value: p.id, selected: p === person() }, `${p.name} – ${p.story[language()]}`)))),
  );
}

/** @param {string} id */
function choose(id) {
  go({ member: id, page: "", topic: "", viewer: "" });
}

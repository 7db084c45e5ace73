// Known facts in words.

import { t, word } from "./words.js";

/** @typedef {import("@rightvoice/client").Schema<"KnownFact">} KnownFact */

/** @param {KnownFact} f */
export function labelOf(f) {
  return word(`fact.${f.name}`) || f.name.replaceAll("_", " ");
}

/** @param {KnownFact} f */
export function valueOf(f) {
  const v = /** @type {any} */ (f.value);
  const raw = v.boolValue ?? v.enumValue ?? v.numberValue ?? v.setValue?.values.map((/** @type {string} */ x) => word(`value.${x}`) || x).join(", ");
  if (raw === true || raw === false) return t(raw ? "yes" : "no");
  return word(`value.${raw}`) || String(raw).replaceAll("_", " ");
}

// The pages' own words. What a card says comes from the service, in the
// language that is asked for.

import { language } from "./state.js";
import { en } from "./words.en.js";
import { es } from "./words.es.js";

const all = { en, es };

/**
 * @param {keyof typeof en} key
 * @param {Record<string, string | number>} [values] for {names} in the words
 */
export function t(key, values = {}) {
  return all[language()][key].replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** The words of a key that is put together, such as "topic." + topic; "" if there are none. @param {string} key */
export function word(key) {
  return /** @type {Record<string, string>} */ (all[language()])[key] ?? "";
}

/** @param {string} time */
export function moment(time) {
  const at = new Date(time);
  const day = { day: /** @type {const} */ ("numeric"), month: /** @type {const} */ ("short") };
  const hour = { hour: /** @type {const} */ ("numeric"), minute: /** @type {const} */ ("2-digit") };
  const today = at.toDateString() === new Date().toDateString();
  const long = Math.abs(at.getTime() - Date.now()) > 300 * 86_400_000;
  return at.toLocaleString(language(), today ? hour : { ...day, ...(long ? { year: "numeric" } : hour) });
}

/** @param {number} ms */
export function milliseconds(ms) {
  return `${ms.toLocaleString(language(), { maximumFractionDigits: 0 })} ms`;
}

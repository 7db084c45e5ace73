// What a demo page shows stands in its address, so that a link shows the same:
// ?member=maria&page=wellness&topic=sleep&lang=es

/** @typedef {{ member?: string, page?: string, topic?: string, viewer?: string, lang?: string }} State */

/** @returns {State} */
export function state() {
  return Object.fromEntries(new URLSearchParams(location.search));
}

/**
 * The address of this page with some of it changed; an empty value is left out.
 * @param {State} change
 * @param {string} [path]
 */
export function address(change, path = location.pathname) {
  const all = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(change)) {
    if (value) all.set(name, value);
    else all.delete(name);
  }
  return path + (all.size ? `?${all}` : "");
}

/** @type {(() => void)[]} */
const watchers = [];

/** Calls render now and whenever the address changes. @param {() => void} render */
export function onState(render) {
  watchers.push(render);
  addEventListener("popstate", render);
  render();
}

/** @param {State} change */
export function go(change) {
  history.pushState(null, "", address(change));
  for (const render of watchers) render();
}

/** @returns {"en" | "es"} the language of the page's own words */
export function language() {
  return state().lang === "es" ? "es" : "en";
}

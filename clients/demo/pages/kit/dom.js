// Makes elements. Nothing is ever parsed as HTML, so that no word of the API or
// of a member can become markup; the page's policy would refuse it as well.

/** @typedef {Node | string | number | false | null | undefined | readonly any[]} Child */

/**
 * h("a", { href: "/x", class: "link", onclick: go }, "words")
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, any>} [props]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === false || value === null) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...nodes(children));
  return element;
}

/** @param {Child[]} children @returns {(Node | string)[]} */
function nodes(children) {
  return children.flat(9).flatMap((c) => (c === false || c === null || c === undefined ? [] : [typeof c === "number" ? String(c) : /** @type {Node | string} */ (c)]));
}

/**
 * Shows children in place of what was there.
 * @param {Element} parent
 * @param {...Child} children
 */
export function show(parent, ...children) {
  parent.replaceChildren(...nodes(children));
}

/** @param {string} id @returns {HTMLElement} */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`#${id} is missing`);
  return found;
}

/**
 * An icon of 24 by 24, drawn with one line.
 * @param {string} path
 */
export function icon(path) {
  const ns = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(ns, "svg");
  for (const [k, v] of Object.entries({ viewBox: "0 0 24 24", "aria-hidden": "true", class: "icon" })) svg.setAttribute(k, v);
  const line = document.createElementNS(ns, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

export const icons = {
  plan: "M12 3l7 3v5c0 4.6-2.9 8-7 10-4.1-2-7-5.4-7-10V6z M9 12l2.2 2.2L15.5 10",
  care: "M6 4v5a4 4 0 0 0 8 0V4 M10 13v2a5 5 0 0 0 10 0v-2 M20 9.5a1.7 1.7 0 1 1 0 3.4a1.7 1.7 0 0 1 0-3.4z",
  alarm: "M12 4l9 16H3z M12 10v4.5 M12 17.3v.2",
  quiet: "M4 12h16",
  one: "M4 12.5l5 5L20 6.5",
  two: "M6 6l12 12 M18 6L6 18",
  again: "M19 8a8 8 0 1 0 1 6 M20 4v4.5h-4.5",
};

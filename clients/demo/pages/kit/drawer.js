// "For developers": every call that the page made, as it went over the wire.

import { h, show } from "./dom.js";
import { t } from "./words.js";

/** @typedef {import("../rightvoice.js").Seen} Seen */

const kept = 30;

/** gRPC names of the paths, for those whose app speaks gRPC. */
const rpc = /** @type {[RegExp, string][]} */ ([
  [/^\/v1\/recommendations$/, "RecommendationService/Recommend"],
  [/:batch$/, "RecommendationService/BatchRecommend"],
  [/:explain/, "RecommendationService/Explain"],
  [/decisions:search$/, "RecommendationService/ListDecisions"],
  [/\/feedback$/, "RecommendationService/RecordFeedback"],
  [/:recordFacts$/, "MemberService/RecordFacts"],
  [/:setChoice$/, "MemberService/SetChoice"],
  [/members:get$/, "MemberService/GetMember"],
  [/:forget$/, "MemberService/ForgetMember"],
]);

/** Makes the panel. Give `seen` to the client and put `element` at the end of the page. */
export function drawer() {
  /** @type {Seen[]} */
  let calls = [];
  /** @type {Seen | undefined} */
  let chosen;
  const list = h("ol", { class: "calls" });
  const detail = h("div", { class: "call" });
  const quiet = h("p", { class: "why-quiet", hidden: true });
  const element = h("details", { class: "drawer" }, h("summary", {}, t("dev.title")), h("div", { class: "drawer-body" }, quiet, h("p", { class: "page-load" }, pageLoad()), list, detail));
  element.addEventListener("toggle", () => draw());

  /** @param {Seen} call */
  const seen = (call) => {
    // Asking the same again and hearing the same is one line, not thirty.
    calls = calls.filter((c) => !(c.path === call.path && c.status === call.status && JSON.stringify(c.request) === JSON.stringify(call.request)));
    calls = [call, ...calls].slice(0, kept);
    if (element.open) draw();
  };
  const draw = () => {
    if (!element.open) return;
    const current = chosen ? calls.find((c) => c.path === chosen?.path && JSON.stringify(c.request) === JSON.stringify(chosen.request)) : calls.find((c) => c.path.startsWith("/v1/recommendations"));
    const focused = document.activeElement?.closest(".calls li");
    const at = focused ? [...list.children].indexOf(focused) : -1;
    show(list, ...calls.map((c) => line(c, c === (current ?? calls[0]))));
    if (at >= 0) list.children[at]?.querySelector("button")?.focus();
    const shown = current ?? calls[0];
    if (shown && detail.dataset.shown !== shown.path + shown.ms) {
      detail.dataset.shown = shown.path + shown.ms;
      show(detail, ...about(shown));
    }
  };
  /** @param {Seen} c @param {boolean} is */
  const line = (c, is) =>
    h("li", {}, h("button", { type: "button", "aria-pressed": String(is), onclick: () => ((chosen = c), draw()) },
      h("code", {}, c.path.replace(/\?.*/, "?…").replace(/[0-9a-f-]{36}/, "…")), h("span", { class: "ms" }, `${c.status || "–"} · ${c.ms.toFixed(0)} ms`)));

  return {
    element,
    seen,
    /** Says why nothing is shown; empty if something is. @param {string} text */
    quiet(text) {
      quiet.hidden = !text;
      show(quiet, text && h("strong", {}, t("dev.quiet")), " ", text);
    },
  };
}

/** @param {Seen} c */
function about(c) {
  const d = c.answer?.decisionId ? c.answer : c.answer?.decision;
  const quoted = (/** @type {unknown} */ value) => `'${JSON.stringify(value).replaceAll("'", "'\\''")}'`;
  const signed = c.signed ? ` -H "Authorization: Bearer $TOKEN"` : "";
  const curl = `curl -s ${location.origin}${c.path}${signed} -H 'Content-Type: application/json' -d ${quoted(c.request)}`;
  const [, name] = rpc.find(([path]) => path.test(c.path)) ?? [];
  const id = /decisions\/([0-9a-f-]{36})/.exec(c.path)?.[1];
  const grpc = `grpcurl -plaintext${signed} -d ${quoted(id ? { decisionId: id, ...Object(c.request) } : c.request)} ${location.hostname}:9090 rightvoice.v1.${name}`;
  return [
    d && h("dl", { class: "facts" }, ...[
      [t("dev.decision"), d.decisionId || "–"],
      [t("dev.revision"), d.revision],
      [t("dev.cache"), d.cache.status + (d.cache.status === "HIT" ? `, ${Number.parseFloat(d.cache.age).toFixed(1)} s` : "")],
      [t("dev.took"), `${c.ms.toFixed(1)} ms`],
    ].map(([k, v]) => h("div", {}, h("dt", {}, k), h("dd", {}, v)))),
    block(t("dev.request"), JSON.stringify(c.request, null, 2)),
    block(t("dev.response"), short(c.answer)),
    block("curl", curl),
    block("gRPC", grpc),
  ];
}

/** @param {string} title @param {string} text */
function block(title, text) {
  const pre = h("pre", { tabindex: 0, role: "region", "aria-label": title }, text);
  return h("section", {}, h("h3", {}, title), pre);
}

/** @param {unknown} answer */
function short(answer) {
  const text = JSON.stringify(answer, null, 2) ?? "";
  return text.length > 12_000 ? text.slice(0, 12_000) + "\n…" : text;
}

/** Whether the browser had this page already: then the server only said that it is the same. */
function pageLoad() {
  const nav = /** @type {PerformanceNavigationTiming | undefined} */ (performance.getEntriesByType("navigation")[0]);
  if (!nav) return "";
  const same = nav.transferSize > 0 && nav.transferSize < nav.encodedBodySize;
  return t(same ? "dev.same" : "dev.sent", { bytes: String(nav.encodedBodySize) });
}

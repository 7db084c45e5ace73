// The app of a clinic. It asks the same question as the plan's portal, for the
// provider's side, and gets the same decision with the same id: the words to send
// where the clinic has the word, and what to say where the plan has it.

import { showDay } from "./day.js";
import { helpful } from "./feedback.js";
import { byId, h, icon, icons, show } from "./kit/dom.js";
import { drawer } from "./kit/drawer.js";
import { follow } from "./kit/follow.js";
import { labelOf, valueOf } from "./kit/known.js";
import { ensure, memberRef, person } from "./kit/people.js";
import { quietBecause } from "./kit/quiet.js";
import { ribbon } from "./kit/ribbon.js";
import { sides as connect } from "./kit/sides.js";
import { address, go, language, onState, state } from "./kit/state.js";
import { moment, t, word } from "./kit/words.js";
import { clinicCards } from "./send.js";
import { untilWhen } from "./until.js";
import { why } from "./why.js";

/** @typedef {import("@rightvoice/client").Decision} Decision */

const developers = drawer();
const sides = await connect(developers.seen);
const rightvoice = sides.ASKER_PROVIDER;

const page = () => (state().page === "day" ? "day" : "patient");
const topic = () => state().topic ?? person().topic;

/** @returns {import("@rightvoice/client").RecommendRequest} */
const question = () => ({
  asker: "ASKER_PROVIDER",
  memberRef: memberRef(person()),
  ...(topic() && topic() !== "none" && { topic: topic() }),
  language: language(),
  context: { direction: "DIRECTION_INBOUND" },
});

/** @param {Decision} decision */
function showDecision(decision) {
  show(byId("send"),
    ...clinicCards(rightvoice, decision),
    ...decision.recommendations.slice(0, 1).map((r) => h("div", { class: "card-foot" }, why(rightvoice, question(), decision, r), untilWhen(rightvoice, question, decision), r.sender !== "SENDER_NOBODY" && helpful(rightvoice, "ASKER_PROVIDER", decision, r))));
  developers.quiet(decision.recommendations.every((r) => r.sender === "SENDER_NOBODY") ? quietBecause(decision) : "");
  void showKnown().catch(() => {});
  void showTimeline().catch(() => {});
}

/** What is known, who told it, and until when it counts. */
async function showKnown() {
  const asked = person();
  const [{ facts, choices }, { factsRead }] = await Promise.all([
    rightvoice.members.get({ asker: "ASKER_PROVIDER", memberRef: memberRef(asked) }),
    rightvoice.explain(question()),
  ]);
  if (asked !== person()) return;
  const read = new Map(factsRead.map((f) => [f.name, f]));
  const rows = facts.map((f) => ({ ...f, label: read.get(f.name)?.label ?? labelOf(f), words: read.get(f.name)?.value || valueOf(f) }));
  show(byId("known"), h("h2", {}, t("clinic.known")),
    h("dl", {}, ...rows.map((f) => h("div", {}, h("dt", {}, f.label), h("dd", {}, f.words, h("span", { class: "fine" }, t(f.toldBy === "ASKER_INSURER" ? "clinic.told.plan" : "clinic.told.clinic", { time: moment(f.asOf) })))))),
    choices.optOutTopics.length + choices.views.length > 0 && h("p", { class: "fine" }, t("clinic.chose")));
}

/** Who had the word about what, the newest first. */
async function showTimeline() {
  const asked = person();
  const { decisions } = await rightvoice.listDecisions({ memberRef: memberRef(asked), asker: "ASKER_PROVIDER", language: language(), pageSize: 8 });
  if (asked !== person()) return;
  show(byId("timeline"), h("h2", {}, t("clinic.timeline")),
    decisions.length === 0 ? h("p", { class: "fine" }, t("clinic.timeline.none")) : h("ol", {}, ...decisions.map((d) => h("li", {},
      h("time", { datetime: d.decidedAt }, moment(d.decidedAt)),
      h("div", {}, ...d.recommendations.map((r) => h("p", {}, h("strong", { class: `who ${r.sender.toLowerCase()}` }, word(`sender.${r.sender}`)), word(`topic.${r.topic}`) && ` · ${word(`topic.${r.topic}`)}`, r.handoff && h("span", { class: "fine" }, r.handoff))))))));
}

/** @type {ReturnType<typeof follow> | undefined} */
let following;

function render() {
  const p = person();
  document.title = `${t(page() === "day" ? "clinic.day" : "clinic.patient")} – ${t("clinic.name")}`;
  show(byId("masthead"),
    h("p", { class: "brand" }, icon(icons.care), t("clinic.name")),
    h("nav", { "aria-label": t("clinic.menu") }, ...["patient", "day"].map((x) => h("a", { href: address({ page: x === "day" ? x : "", topic: "" }), "aria-current": x === page() && "page", onclick: (/** @type {Event} */ e) => (e.preventDefault(), go({ page: x === "day" ? x : "", topic: "" }), byId("title").focus()) }, word(`clinic.${x}`)))));
  following?.stop();
  following = undefined;
  developers.quiet("");
  if (page() === "day") return showDay(rightvoice, byId("main"));
  const topics = ["none", "symptom", "medication", "activity", "sleep", "stress", "alcohol", "claim"];
  show(byId("main"),
    h("div", { class: "banner" }, h("span", { class: "avatar", "aria-hidden": "true" }, p.name.slice(0, 1)), h("div", {}, h("h1", { id: "title", tabindex: -1 }, p.name), h("p", {}, t("clinic.age", { age: p.age }), " · ", h("code", {}, memberRef(p))))),
    h("div", { class: "topics", role: "group", "aria-label": t("clinic.asks") }, h("span", {}, t("clinic.asks")), ...topics.map((x) =>
      h("button", { type: "button", class: "tab", "aria-pressed": String(x === (topic() || "none")), onclick: () => (go({ topic: x }), document.querySelector(/** @type {any} */ ('.topics [aria-pressed="true"]'))?.focus()) }, word(`topic.${x}`)))),
    h("div", { class: "columns" },
      h("section", { class: "first", "aria-labelledby": "send-title" }, h("h2", { id: "send-title" }, t("clinic.may.send")), h("div", { id: "send", "aria-live": "polite" })),
      h("div", { class: "second" }, h("section", { id: "timeline" }), h("section", { id: "known" }))));
  following = follow(() => rightvoice.recommend(question()), showDecision, () => show(byId("send"), h("p", { class: "nothing" }, t("failed"))));
}

byId("developers").append(developers.element);
ribbon(sides, async () => following?.again());
onState(() => {
  const picker = /** @type {HTMLSelectElement | null} */ (document.getElementById("person"));
  if (picker) picker.value = person().id;
  void ensure(sides, person()).then(render, render);
});

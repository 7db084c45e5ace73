// The member portal. It asks, each time a page opens, who should speak about
// what the page is about, and shows the answer; it decides nothing itself.

import { cards, emergency, emergencyNotice } from "./card.js";
import { choiceOf, choicesOf } from "./choice.js";
import { feedback, helpful } from "./feedback.js";
import { byId, h, icon, icons, show } from "./kit/dom.js";
import { drawer } from "./kit/drawer.js";
import { follow } from "./kit/follow.js";
import { ensure, fill, memberRef, person } from "./kit/people.js";
import { quietBecause } from "./kit/quiet.js";
import { ribbon } from "./kit/ribbon.js";
import { sides as connect } from "./kit/sides.js";
import { address, go, language, onState, state } from "./kit/state.js";
import { t, word } from "./kit/words.js";
import { why } from "./why.js";

/**
 * @typedef {import("@rightvoice/client").Decision} Decision
 * @typedef {import("@rightvoice/client").RecommendRequest} RecommendRequest
 */

const developers = drawer();
const sides = await connect(developers.seen);

/** The service, as this portal asks it: for the insurer's side, and for no other. */
const rightvoice = sides.ASKER_INSURER;

/** What each page is about. On the start page nothing is asked: what is known decides. */
const topicOf = { home: "", claims: "claim", care: "network", wellness: "activity", message: "" };
/** @typedef {keyof typeof topicOf} Page */

const page = () => /** @type {Page} */ (Object.hasOwn(topicOf, state().page ?? "") ? state().page : person().page);
const topic = () => (page() === "wellness" ? state().topic || (person().page === "wellness" ? person().topic : topicOf.wellness) : topicOf[page()]);

/** What the member answered on the start page; it counts for this visit. @type {import("@rightvoice/client").MemberContext} */
let answered = {};

/** What the member wrote on the message page. The service reads it and drops it. */
let written = "";

/**
 * The question of the page that is open. Feeds have told what is known about the
 * member, so a portal sends who it is, what they are doing, and who is looking.
 * @returns {RecommendRequest}
 */
function question() {
  return {
    asker: "ASKER_INSURER",
    memberRef: memberRef(person()),
    ...(topic() && { topic: topic() }),
    ...(page() === "message" && { text: written }),
    language: person().language ?? language(),
    context: {
      direction: "DIRECTION_INBOUND",
      viewerRole: state().viewer === "parent" ? "VIEWER_ROLE_PARENT_GUARDIAN" : "VIEWER_ROLE_SELF",
      ...answered,
    },
  };
}

/** What a choice changes here. @type {import("./choice.js").Around} */
const around = {
  sides,
  say: (text) => {
    say(text);
    byId("status").focus();
  },
  changed: () => Promise.all([following?.again(), showChoices()]),
};

async function showChoices() {
  const asked = person();
  const lines = await choicesOf(around);
  if (asked === person()) show(byId("choices"), lines.length > 0 && [h("h2", {}, t("choice.title")), h("ul", {}, ...lines)]);
}

/** Decisions whose cards were shown: each is told once. @type {Set<string>} */
const told = new Set();

/** @param {Decision} decision */
function showDecision(decision) {
  const notice = emergency(decision);
  if (notice) return showEmergency(notice);
  const shown = cards(decision, {
    open: (advice, url) => {
      void feedback(rightvoice, "ASKER_INSURER", decision, "FEEDBACK_KIND_ACCEPTED", { adviceId: advice.id });
      say(t("card.opened", { url }));
    },
    why: (r) => why(rightvoice, question(), decision, r),
    choice: (r) => choiceOf(around, r),
    feedback: (r) => helpful(rightvoice, "ASKER_INSURER", decision, r),
    fill,
  });
  show(byId("advice"), ...shown, oneQuestion(decision));
  developers.quiet(shown.length === 0 ? quietBecause(decision) : "");
  if (shown.length > 0 && !told.has(decision.decisionId)) {
    told.add(decision.decisionId);
    void feedback(rightvoice, "ASKER_INSURER", decision, "FEEDBACK_KIND_SHOWN");
  }
}

/** Whether an emergency notice has taken the page over. */
let alone = false;

/** The notice is all there is: no page, no card, no menu. The browser's Back leads out. @param {import("@rightvoice/client").Advice} notice */
function showEmergency(notice) {
  following?.stop();
  show(document.body, h("main", {}, emergencyNotice(notice)));
  document.title = notice.title;
  document.querySelector("h1")?.focus();
  alone = true;
}

/**
 * Where one known fact would settle what is open, the answer names it. Ask the
 * member only what they can know and want to tell, in words of your own.
 * @param {Decision} decision
 */
function oneQuestion(decision) {
  if (page() !== "home" || !decision.neededFacts.includes("text_intent")) return undefined;
  const options = /** @type {const} */ (["TEXT_INTENT_SYMPTOM", "TEXT_INTENT_MEDICATION", "TEXT_INTENT_CLAIM", "TEXT_INTENT_LIFESTYLE"]);
  return h("div", { class: "card question", role: "group", "aria-labelledby": "one-question" },
    h("p", { class: "voice" }, t("question.title")),
    h("h2", { id: "one-question" }, t("question.intent")),
    h("div", { class: "answers" }, ...options.map((intent) => h("button", { type: "button", class: "secondary", onclick: async () => {
      answered = { textIntent: intent };
      await following?.again();
      byId("title").focus();
    } }, word(`question.${intent}`)))));
}

/** @param {string} text */
function say(text) {
  show(byId("status"), text);
}

/** Sends what the member wrote. It is read for topics and emergencies, and then dropped. @param {string} text */
async function send(text) {
  written = text;
  say("");
  following?.stop();
  following = follow(
    () => rightvoice.recommend(question()),
    (decision) => {
      if (emergency(decision)) history.pushState(null, "", location.href);
      else say(t("message.sent"));
      showDecision(decision);
    },
    () => say(t("failed")),
    0, // asked once: a message is not sent again and again
  );
}

// --- What follows is the portal around the card: menus and made-up content.

/** @type {ReturnType<typeof follow> | undefined} */
let following;
const pages = /** @type {Page[]} */ (Object.keys(topicOf));

function render() {
  const p = person();
  document.title = `${word(`page.${page()}`)} – ${t("plan.name")}`;
  show(byId("masthead"),
    h("p", { class: "brand" }, icon(icons.plan), t("plan.name")),
    h("nav", { "aria-label": t("plan.menu") }, ...pages.map((x) => h("a", { href: address({ page: x, topic: "" }), "aria-current": x === page() && "page", onclick: (/** @type {Event} */ e) => (e.preventDefault(), open(x)) }, word(`page.${x}`)))));
  byId("title").tabIndex = -1;
  show(byId("title"), page() === "home" ? t("home.hello", { name: p.name }) : word(`page.${page()}`));
  show(byId("advice"));
  show(byId("choices"));
  show(byId("about"), p.viewers && viewers(), page() === "wellness" && topics(), page() === "message" && messageBox());
  show(byId("content"), content[page()]?.(), h("p", { id: "status", role: "status", tabindex: -1 }));
  written = "";
  following?.stop();
  following = undefined;
  if (page() !== "message") following = follow(
    () => rightvoice.recommend(question()),
    showDecision,
    () => show(byId("advice")), // the page is whole without a card
  );
  void showChoices().catch(() => {});
}

/** @param {Page} x */
function open(x) {
  answered = {};
  go({ page: x, topic: "" });
  byId("title").focus();
}

/** Who is looking: what is private is shown in the member's own login alone. */
function viewers() {
  return h("div", { class: "viewers", role: "group", "aria-label": t("viewer.label") }, h("span", {}, t("viewer.label")), ...["", "parent"].map((v) =>
    h("button", { type: "button", class: "tab", "aria-pressed": String((state().viewer ?? "") === v), onclick: () => (go({ viewer: v }), document.querySelector(/** @type {any} */ ('.viewers [aria-pressed="true"]'))?.focus()) }, t(v ? "viewer.parent" : "viewer.self", { name: person().name }))));
}

/** What the wellness page is about. */
function topics() {
  return h("div", { class: "topics", role: "group", "aria-label": t("wellness.about") }, ...["activity", "sleep", "stress", "nutrition", "alcohol"].map((x) =>
    h("button", { type: "button", class: "tab", "aria-pressed": String(x === topic()), onclick: () => (go({ page: "wellness", topic: x }), document.querySelector(/** @type {any} */ ('.topics [aria-pressed="true"]'))?.focus()) }, word(`topic.${x}`))));
}

/** Where the member writes, with examples to begin with. */
function messageBox() {
  const box = h("textarea", { id: "text", rows: 3, maxlength: 2000, required: true, "aria-describedby": "text-help" });
  return h("form", { class: "message", onsubmit: (/** @type {Event} */ e) => (e.preventDefault(), send(box.value)) },
    h("label", { for: "text" }, t("message.label")), box,
    h("p", { id: "text-help", class: "fine" }, t("message.help")),
    h("div", { class: "row" }, h("button", { type: "submit", class: "primary" }, t("message.send")),
      ...["knee", "pt", "chest"].map((x) => h("button", { type: "button", class: "quiet", onclick: () => ((box.value = word(`message.${x}`)), box.focus()) }, `“${word(`message.${x}`)}”`))));
}

/** @type {Partial<Record<Page, () => import("./kit/dom.js").Child>>} */
const content = {
  home: () => h("ul", { class: "tiles" }, ...pages.slice(1).map((x) => h("li", {}, h("a", { href: address({ page: x, topic: "" }), onclick: (/** @type {Event} */ e) => (e.preventDefault(), open(x)) }, h("strong", {}, word(`page.${x}`)), h("span", {}, word(`tile.${x}`)))))),
  claims: () => table([["claims.visit", 12, "$164"], ["claims.lab", 40, "$38"], ["claims.checkup", 96, "$0"]]),
  care: () => h("ul", { class: "doctors" }, ...[["care.family", "1.2"], ["care.knee", "2.4"], ["care.video", ""]].map(([key, miles]) => h("li", {}, h("strong", {}, word(key ?? "")), h("span", {}, miles ? t("care.miles", { miles }) : t("care.anywhere"))))),
};

/** @param {[string, number, string][]} rows */
function table(rows) {
  return h("table", {}, h("caption", {}, t("claims.caption")), h("thead", {}, h("tr", {}, ...["claims.what", "claims.when", "claims.you"].map((k) => h("th", { scope: "col" }, word(k))))),
    h("tbody", {}, ...rows.map(([what, days, paid]) => h("tr", {}, h("th", { scope: "row" }, word(what)), h("td", {}, new Date(Date.now() - days * 86_400_000).toLocaleDateString(language(), { month: "short", day: "numeric" })), h("td", {}, paid)))));
}

byId("developers").append(developers.element);
ribbon(sides, () => Promise.all([following?.again(), showChoices()]));
await ensure(sides, person()).catch(() => {});
onState(() => {
  if (alone) return location.reload();
  const picker = /** @type {HTMLSelectElement | null} */ (document.getElementById("person"));
  if (picker) picker.value = person().id;
  void ensure(sides, person()).then(render, render);
});

// One member, both sides: two panes that ask the same question for their own
// side, and an event told by a feed that flips both with no reload.

import { cards } from "./card.js";
import { choiceOf } from "./choice.js";
import { feedback, helpful } from "./feedback.js";
import { events } from "./kit/events.js";
import { byId, h, icon, icons, show } from "./kit/dom.js";
import { drawer } from "./kit/drawer.js";
import { follow } from "./kit/follow.js";
import { ensure, fill, memberRef, person, reset, tell } from "./kit/people.js";
import { quietBecause } from "./kit/quiet.js";
import { ribbon } from "./kit/ribbon.js";
import { seenBySides } from "./kit/seen.js";
import { sides as connect } from "./kit/sides.js";
import { address, go, language, onState, state } from "./kit/state.js";
import { milliseconds, t, word } from "./kit/words.js";
import { clinicCards } from "./send.js";
import { why } from "./why.js";

/**
 * @typedef {import("@rightvoice/client").Decision} Decision
 * @typedef {"ASKER_INSURER" | "ASKER_PROVIDER"} Side
 */

const developers = drawer();
const sides = await connect(developers.seen);
const topic = () => state().topic || person().topic || "none";

/** Both sides ask the same; only who asks differs. @param {Side} asker @returns {import("@rightvoice/client").RecommendRequest} */
const question = (asker) => ({
  asker,
  memberRef: memberRef(person()),
  ...(topic() !== "none" && { topic: topic() }),
  language: (asker === "ASKER_INSURER" && person().language) || language(),
  context: { direction: "DIRECTION_INBOUND", ...(asker === "ASKER_INSURER" && { viewerRole: "VIEWER_ROLE_SELF" }) },
});

/** What each pane shows, and since when. @type {Partial<Record<Side, { decision: Decision, at: number }>>} */
let panes = {};
/** @type {Partial<Record<Side, ReturnType<typeof follow>>>} */
let following = {};
let frozen = false;

/** @param {Decision} decision */
function showPlan(decision) {
  const plan = sides.ASKER_INSURER;
  const shown = cards(decision, {
    open: (advice, url) => {
      void feedback(plan, "ASKER_INSURER", decision, "FEEDBACK_KIND_ACCEPTED", { adviceId: advice.id });
      say(t("card.opened", { url }));
    },
    why: (r) => why(plan, question("ASKER_INSURER"), decision, r),
    choice: (r) => choiceOf({ sides, say, changed: both }, r),
    feedback: (r) => helpful(plan, "ASKER_INSURER", decision, r),
    fill,
  });
  show(byId("plan-cards"), ...shown);
  developers.quiet(shown.length === 0 ? quietBecause(decision) : "");
}

/** @param {Decision} decision */
function showClinic(decision) {
  const clinic = sides.ASKER_PROVIDER;
  const [first] = decision.recommendations;
  show(byId("clinic-cards"), ...clinicCards(clinic, decision),
    first && h("div", { class: "card-foot" }, why(clinic, question("ASKER_PROVIDER"), decision, first), first.sender !== "SENDER_NOBODY" && helpful(clinic, "ASKER_PROVIDER", decision, first)));
}

/** Asks for both sides at once. @returns {Promise<unknown>} */
const both = () => Promise.all([following.ASKER_INSURER?.now(), following.ASKER_PROVIDER?.now()]);

/** Whether a check of the panes runs. */
let checking = false;

/**
 * Shows whether both sides hold the same decision. Where one pane asked just
 * before an event and the other just after, both ask again before it is called a
 * difference.
 */
async function showVoice() {
  if (checking) return;
  checking = true;
  for (let tries = 0; tries < 5 && !frozen && apart() && !unshared(); tries++) await both();
  checking = false;
  const [plan, clinic] = [panes.ASKER_INSURER?.decision, panes.ASKER_PROVIDER?.decision];
  if (!plan || !clinic) return;
  const who = word(`voice.${plan.recommendations[0]?.sender}`);
  const is = !apart() ? "one" : unshared() && same(plan, clinic) ? "alone" : "two";
  const id = (/** @type {Decision} */ d) => h("code", {}, d.decisionId);
  show(byId("voice"), h("div", { class: `voice-bar ${is}` }, icon(is === "one" ? icons.one : is === "two" ? icons.two : icons.alarm),
    h("div", {}, h("p", {}, h("strong", {}, t(`voice.${is}`)), " ", is !== "two" && who),
      h("p", { class: "ids" }, is === "one" ? [t("voice.decision"), " ", id(plan)] : [t("plan.name"), " ", id(plan), h("br"), t("clinic.name"), " ", id(clinic)], h("br"), t("why.revision"), " ", h("code", {}, plan.revision)))));
}

const apart = () => panes.ASKER_INSURER?.decision.decisionId !== panes.ASKER_PROVIDER?.decision.decisionId;
/** Whether an answer was decided without the shared store. */
const unshared = () => Object.values(panes).some((p) => p.decision.cache.status === "UNAVAILABLE");
/** @param {Decision} a @param {Decision} b */
const same = (a, b) => JSON.stringify(a.recommendations.map((r) => [r.topic, r.sender])) === JSON.stringify(b.recommendations.map((r) => [r.topic, r.sender]));

/** Asks for one pane from now on. @param {Side} asker */
function ask(asker) {
  following[asker]?.stop();
  following[asker] = follow(() => sides[asker].recommend(question(asker)), (decision) => {
    panes[asker] = { decision, at: performance.now() };
    (asker === "ASKER_INSURER" ? showPlan : showClinic)(decision);
    void showVoice();
    if (!unshared()) void seenBySides(sides, person(), byId("seen")).catch(() => {});
  }, () => show(byId(asker === "ASKER_INSURER" ? "plan-cards" : "clinic-cards"), h("p", { class: "nothing" }, t("failed"))));
}

/**
 * Tells an event as its feed does, and measures until both panes show what
 * follows from it.
 * @param {import("./kit/events.js").Event} event
 */
async function happen(event) {
  const before = panes.ASKER_INSURER?.decision.decisionId;
  const began = performance.now();
  try {
    for (const { asker, context } of event.told) await tell(sides, asker, person(), { context });
    const accepted = performance.now() - began;
    await both();
    for (let tries = 0; tries < 20 && !frozen && apart(); tries++) await both();
    const agreed = performance.now() - began;
    const since = (/** @type {Side} */ s) => milliseconds(Math.max(0, (panes[s]?.at ?? 0) - began));
    const changed = panes.ASKER_INSURER?.decision.decisionId !== before;
    const key = frozen && changed ? "event.frozen" : changed ? "event.flipped" : "event.same";
    say(`${word(`event.${event.id}`)}: ${t(key, { accepted: milliseconds(accepted), plan: since("ASKER_INSURER"), clinic: since("ASKER_PROVIDER"), both: milliseconds(agreed) })}`);
    await seenBySides(sides, person(), byId("seen"));
  } catch {
    say(t("failed"));
  }
}

/** @param {string} text */
const say = (text) => show(byId("status"), text);

function render() {
  const p = person();
  document.title = t("split.title");
  show(byId("title"), t("split.title"));
  show(byId("lead"), t("split.lead"));
  show(byId("topics"), h("div", { class: "topics", role: "group", "aria-label": t("clinic.asks") }, h("span", {}, t("split.asks", { name: p.name })), ...["none", "activity", "sleep", "stress", "alcohol", "medication", "claim"].map((x) =>
    h("button", { type: "button", class: "tab", "aria-pressed": String(x === topic()), onclick: () => (go({ topic: x }), document.querySelector(/** @type {"button"} */ ('#topics [aria-pressed="true"]'))?.focus()) }, word(`topic.${x}`)))));
  const freeze = h("input", { type: "checkbox", id: "freeze", checked: frozen, onchange: () => setFrozen(freeze.checked) });
  show(byId("events"),
    h("h2", {}, t("split.events", { name: p.name })),
    h("div", { class: "row" }, ...events.map((e) => h("button", { type: "button", class: "secondary", onclick: () => happen(e) }, word(`event.${e.id}`))),
      h("button", { type: "button", class: "quiet", onclick: () => reset(sides, [p]).then(both).then(() => say(t("split.again.done", { name: p.name }))) }, t("split.again"))),
    h("p", { id: "status", role: "status", class: "measured" }),
    h("label", { class: "freeze" }, freeze, t("split.freeze")));
  show(byId("plan"), h("header", {}, h("p", { class: "brand" }, icon(icons.plan), t("plan.name")), h("a", { href: address({ page: "wellness" }, "/demo/member") }, t("ribbon.member"))), h("div", { id: "plan-cards" }));
  show(byId("clinic"), h("header", {}, h("p", { class: "brand" }, icon(icons.care), t("clinic.name")), h("a", { href: address({}, "/demo/provider") }, t("ribbon.provider"))), h("div", { class: "banner" }, h("span", { class: "avatar", "aria-hidden": "true" }, p.name.slice(0, 1)), h("div", {}, h("p", { class: "name" }, p.name), h("p", {}, t("clinic.age", { age: p.age })))), h("div", { id: "clinic-cards" }));
  show(byId("more"), h("div", { id: "seen" }), h("details", { class: "why" }, h("summary", {}, t("split.degraded")), h("div", { class: "why-body" }, h("p", {}, t("split.degraded.how")), h("pre", { tabindex: 0, role: "region", "aria-label": t("split.degraded") }, degraded))),
    h("p", { class: "fine" }, t("split.studio"), " ", h("a", { href: "/studio/" }, t("split.studio.link"))));
  panes = {};
  show(byId("voice"));
  ask("ASKER_INSURER");
  ask("ASKER_PROVIDER");
}

/** A screen that does not ask any more shows what was decided before: the only way to two voices here. @param {boolean} is */
function setFrozen(is) {
  frozen = is;
  byId("clinic").classList.toggle("frozen", is);
  if (is) following.ASKER_PROVIDER?.stop();
  else ask("ASKER_PROVIDER");
  if (is) say(t("split.frozen"));
  else say("");
}

const degraded = `redis-server --port 6390 --save '' --daemonize yes
head -c 32 /dev/urandom | base64 > rightvoice.secret
bin/rightvoice serve --demo --redis-url redis://127.0.0.1:6390 --secret-file rightvoice.secret
redis-cli -p 6390 shutdown nosave    # in another terminal, while this page is open`;

byId("developers").append(developers.element);
ribbon(sides, both);
onState(() => {
  const picker = /** @type {HTMLSelectElement | null} */ (document.getElementById("person"));
  if (picker) picker.value = person().id;
  if (frozen) frozen = false;
  byId("clinic").classList.remove("frozen");
  void ensure(sides, person()).then(render, render);
});

// Every screen, and everything that opens over it. Each is looked at in both
// schemes, in Spanish, on a phone and enlarged. `open` may press what it wants;
// names of controls come from the messages, so that it works in both languages.
import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("../src/i18n/", import.meta.url);
const messages = { en: {}, es: {} };
for (const file of readdirSync(folder)) {
  const language = /\.(en|es)\.json$/.exec(file)?.[1];
  if (language) Object.assign(messages[language], JSON.parse(readFileSync(new URL(file, folder), "utf8")));
}
export { messages };

const escaped = (s) => s.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** What fits a message whatever is filled in: its words between the braces. */
export function fitting(lang, id) {
  const text = messages[lang][id];
  if (text === undefined) throw new Error(`there is no message ${id}`);
  if (!text.includes("{")) return new RegExp(`^\\s*${escaped(text)}\\s*$`);
  if (/,\s*(plural|select)/.test(text)) return new RegExp(literals(text).map(escaped).join("|"));
  return new RegExp(text.split(/\{\w+[^}]*\}/).map(escaped).join(".*"));
}

/** The words of a message without what is filled in or chosen. */
export const literals = (text) => text.replaceAll(/\{\w+,\s*(plural|select),?/g, "{").split(/\{|\}|#|=\d+|\b(?:one|other)\b/).map((s) => s.trim()).filter((s) => s.length > 2);

const button = (id) => async (page, t) => page.getByRole("button", { name: t(id) }).first().click();
const ready = (selector) => async (page) => page.locator(selector).first().waitFor();
const then = (...steps) => async (page, t) => {
  for (const step of steps) await step(page, t);
};
const dialog = ready("[role=dialog]");
/** A list that arrives anew just then folds it again. */
const unfold = (selector) => async (page) => {
  for (let i = 0; i < 5 && !(await page.locator(`${selector} li`).first().isVisible()); i++) {
    await page.locator(`${selector}:not([open]) > summary`).click();
    await page.locator(`${selector} li`).first().waitFor({ timeout: 10_000 }).catch(() => {});
  }
  await page.locator(`${selector} li`).first().waitFor();
};

/** @type {{name: string, path: (s: any) => string, draft?: string, panel?: boolean, open?: Function, landed?: string}[]} */
export const screens = [
  { name: "home", path: () => "/" },
  { name: "palette", path: () => "/", open: then(async (page) => page.keyboard.press("Control+k"), dialog) },
  { name: "rules", path: () => "/rules", open: ready(".row") },
  { name: "rules: menu", path: () => "/rules", open: then(ready(".row"), async (page) => page.locator(".row button").first().click(), ready("[role=menu]")) },
  { name: "rules: to fix", path: () => "/rules", draft: "toFix", open: then(ready(".drawer"), async (page) => page.locator(".drawer > button").click(), ready(".finding")) },
  { name: "rules: guardrails", path: () => "/rules", open: then(ready(".row"), unfold("details.guardrails")) },
  { name: "rule", path: () => "/rules/mindset/left-acute-care", draft: "toFix", open: then(ready(".editor"), ready(".finding")) },
  ...["FACT", "OPERATOR", "VALUE", "OUTCOME"].map((kind) => ({
    name: `rule: ${kind.toLowerCase()}`,
    path: () => "/rules/mindset/left-acute-care",
    open: then(ready(".editor"), async (page) => page.locator(`button[data-token=${kind}]`).first().click(), dialog),
  })),
  { name: "rule: add a condition", path: () => "/rules/sender/habits-in-pregnancy", open: then(ready(".editor"), async (page) => page.locator("button.add").last().click(), dialog) },
  { name: "rule: put before", path: () => "/rules/sender/habits-in-pregnancy", open: then(ready(".editor"), async (page) => page.locator(".editor-title button[aria-haspopup]").click(), async (page, t) => page.getByRole("menuitem", { name: t("rules.before") }).click(), dialog) },
  { name: "advice", path: () => "/rules/advice/gym", open: ready(".editor textarea") },
  { name: "text", path: () => "/rules/text", open: ready(".cm-content") },
  { name: "try", path: () => "/try", open: ready("[role=option]") },
  { name: "try: answer", path: () => "/try", draft: "toFix", open: then(ready("[role=option]"), async (page) => page.locator("[role=option]").nth(2).click(), ready(".why")) },
  { name: "try: add a fact", path: () => "/try", open: then(ready("[role=option]"), button("try.addFact"), dialog) },
  { name: "try: save", path: () => "/try", open: then(ready("[role=option]"), async (page) => page.locator("[role=option]").nth(2).click(), ready(".why"), button("try.save"), dialog) },
  { name: "try: panel", path: () => "/rules", panel: true, open: ready(".try-panel") },
  { name: "scenarios", path: () => "/scenarios", draft: "toFix", open: ready(".scenario:is([data-state=fail], [data-state=change])") },
  { name: "scenario", path: () => "/scenarios/new", open: ready(".scenarios-page, form, .editor, h1") },
  { name: "table", path: () => "/table" },
  { name: "review", path: () => "/review", open: ready(".rows li") },
  { name: "review: changes", path: (s) => `/review/${s.toFix}`, open: then(ready("[role=tab]"), ready("ins")) },
  { name: "review: affected", path: (s) => `/review/${s.toFix}?tab=affected`, open: then(ready("[role=tab]"), async (page) => page.getByRole("tab").nth(1).click(), ready(".story, .matrix")) },
  { name: "review: guardrails", path: (s) => `/review/${s.toFix}`, open: then(ready("[role=tab]"), async (page) => page.getByRole("tab").nth(2).click(), ready("[role=tabpanel] .finding")) },
  { name: "review: talk", path: (s) => `/review/${s.inReview}`, open: then(ready("[role=tab]"), async (page) => page.getByRole("tab").nth(3).click(), ready("[role=tabpanel] textarea")) },
  { name: "review: approve", path: (s) => `/review/${s.inReview}`, open: then(ready("[role=tab]"), button("do.approve"), dialog) },
  { name: "history", path: () => "/history", open: ready(".timeline .entry") },
  { name: "history: version", path: () => "/history/2", open: ready("h1") },
  { name: "history: roll back", path: () => "/history", open: then(ready(".timeline .entry"), button("history.rollBack"), dialog, ready(".back-impact .story, .back-impact .chip")) },
  { name: "history: audit", path: () => "/history/audit", open: ready("table") },
  { name: "insights", path: () => "/insights" },
];

/** Brings a window to a screen. */
export async function show(page, url, screen, scene, lang = "en") {
  // An answer of the same server without scripts: nothing there changes what is kept.
  await page.goto(`${url}/v1/meta`);
  await page.evaluate(([draft, panel]) => {
    if (draft) sessionStorage.setItem("rightvoice.draft", draft);
    else sessionStorage.removeItem("rightvoice.draft");
    sessionStorage.setItem("rightvoice.panel", panel ? "open" : "");
  }, [screen.draft ? scene[screen.draft] : "", screen.panel ?? false]);
  await page.goto(`${url}/studio${screen.path(scene)}`);
  await page.locator("main h1").first().waitFor();
  await screen.open?.(page, (id) => fitting(lang, id));
}

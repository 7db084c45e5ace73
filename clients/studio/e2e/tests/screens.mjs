// Every screen in every light.
import { accessible, assert, call, fits, shot, test } from "../harness.mjs";
import { scene } from "../scene.mjs";
import { literals, messages, screens, show } from "../screens.mjs";

const wanted = screens.filter((s) => new RegExp(process.env.SCREENS ?? "").test(s.name));
// Some at a time: what fails by chance is short to try again.
const share = 7;
const shares = Array.from({ length: Math.ceil(wanted.length / share) }, (_, i) => wanted.slice(i * share, (i + 1) * share));

/** Looks at screens before it says what is wrong with some. */
async function each(some, look) {
  const wrong = [];
  for (const screen of some) await look(screen).catch((e) => wrong.push(`${screen.name}: ${e.message}`));
  assert.deepEqual(wrong, []);
}

const sizes = { wide: { width: 1280, height: 900 }, twice: { width: 640, height: 450 }, phone: { width: 320, height: 640 } };

for (const some of shares)
  test(`axe finds nothing, nothing is too wide, and nobody else is asked: ${some.map((s) => s.name).join(", ")}`, {}, async ({ open }) => {
    const s = await scene();
    const { page } = await open("/", { url: s.url });
    const asked = new Set();
    page.on("request", (r) => asked.add(new URL(r.url()).origin));
    await each(some, async (screen) => {
      await page.setViewportSize(sizes.wide);
      await page.emulateMedia({ colorScheme: "light" });
      await show(page, s.url, screen, s);
      await shot(page, screen.name);
      await accessible(page, "light");
      await page.emulateMedia({ colorScheme: "dark" });
      await shot(page, `${screen.name} dark`);
      await accessible(page, "dark", ["color-contrast"]);
      // What a window of 1280 by 900 has left at 200 %.
      await page.setViewportSize(sizes.twice);
      await fits(page, "at 200 %");
    });
    assert.deepEqual([...asked].filter((o) => o !== "null"), [s.url]);
    assert.deepEqual(await page.context().cookies(), []);
  });

/** The words on screen, and those that are only read aloud. What says its own language is left out. */
const wordsOf = (page) =>
  page.evaluate(() => {
    const found = new Set();
    const theirs = (e) => e.closest("[lang]")?.getAttribute("lang")?.startsWith("es") !== true || e.closest("input, textarea, .cm-editor");
    for (const e of document.querySelectorAll("body, body *")) {
      if (theirs(e) || ["SCRIPT", "STYLE"].includes(e.tagName)) continue;
      for (const n of e.childNodes) if (n.nodeType === Node.TEXT_NODE && n.data.trim()) found.add(n.data.trim().replaceAll(/\s+/g, " "));
      for (const a of ["aria-label", "title", "placeholder", "alt"]) if (e.getAttribute(a)) found.add(e.getAttribute(a).trim());
    }
    return [...found];
  });

/** English messages that are no Spanish ones too. */
function english() {
  const spanish = new Set(Object.values(messages.es).flatMap((m) => [m, ...literals(m)]));
  const plain = new Set();
  const parts = [];
  for (const text of Object.values(messages.en)) {
    if (text.includes("{")) parts.push(...literals(text).filter((l) => l.length >= 8 && !spanish.has(l)));
    else if (!spanish.has(text)) plain.add(text);
  }
  // Whole words: "escenario" has a "scenario" in it.
  return { plain, parts: parts.map((p) => new RegExp(`(?<!\\p{L})${p.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?!\\p{L})`, "u")) };
}

const { plain, parts } = english();

for (const some of shares)
  test(`in Spanish no English word of the Studio is left, and nothing is too wide: ${some.map((s) => s.name).join(", ")}`, {}, async ({ open }) => {
    const s = await scene();
    assert.ok(plain.size > 100 && parts.length > 20);
    // Scenarios are told in the words of whoever wrote them.
    const told = (await call(s.url, "GET", "content")).scenarios.map((x) => x.about);
    const { page } = await open("/", { url: s.url, lang: "es", locale: "es-US" });
    await each(some, async (screen) => {
      await page.setViewportSize(sizes.wide);
      await show(page, s.url, screen, s, "es");
      const left = (await wordsOf(page)).map((w) => told.reduce((w, about) => w.replaceAll(about, ""), w)).filter((w) => !/^\w+\.yaml$/.test(w) && (plain.has(w) || parts.some((p) => p.test(w))));
      assert.deepEqual(left, [], "English words");
      await page.setViewportSize(sizes.phone);
      await shot(page, `${screen.name} es 320`);
      await fits(page, "at 320 px");
      await accessible(page, "at 320 px", ["scrollable-region-focusable", "color-contrast", "aria-hidden-focus"]);
    });
  });

test("a rule reads as a Spanish sentence, and the language can be chosen on the page", {}, async ({ open }) => {
  const s = await scene();
  const { page } = await open("/rules/mindset/new-drug", { url: s.url });
  await page.locator(".reads-as").filter({ hasText: /the member is a patient/i }).waitFor();
  await page.getByRole("button", { name: "Español" }).first().click();
  const sentence = page.locator(".reads-as").filter({ hasText: /el miembro es paciente/i });
  await sentence.waitFor();
  assert.match(await sentence.innerText(), /30 días/);
  assert.equal(await page.locator("html").getAttribute("lang"), "es");
});

test("forced colours keep every control visible, and what has the focus", {}, async ({ open }) => {
  const s = await scene();
  const { page } = await open("/", { url: s.url, forcedColors: "active", scheme: "dark" });
  for (const screen of wanted.filter((x) => ["rules", "rule", "review: changes", "history"].includes(x.name))) {
    await show(page, s.url, screen, s);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    const outline = await page.evaluate(() => {
      const c = getComputedStyle(document.activeElement);
      return `${document.activeElement.tagName} ${c.outlineStyle} ${parseFloat(c.outlineWidth)}`;
    });
    assert.doesNotMatch(outline, / none | 0$/, `${screen.name}: ${outline}`);
    const vanished = await page.evaluate(() => [...document.querySelectorAll("main button, .token")].filter((e) => e.checkVisibility() && getComputedStyle(e).forcedColorAdjust === "none").map((e) => e.outerHTML.slice(0, 80)));
    assert.deepEqual(vanished, [], screen.name);
    await shot(page, `${screen.name} forced colours`);
  }
});

test("with reduced motion nothing moves", {}, async ({ open }) => {
  const s = await scene();
  const { page } = await open("/", { url: s.url });
  for (const screen of wanted.filter((x) => ["palette", "rules: menu", "rule: value", "history: roll back"].includes(x.name))) {
    await show(page, s.url, screen, s);
    const moving = await page.evaluate(() => document.getAnimations().filter((a) => a.effect.getComputedTiming().duration > 50).map((a) => a.effect.target?.className));
    assert.deepEqual(moving, [], screen.name);
  }
});

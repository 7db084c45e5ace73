// One server and one browser for all tests, and pages that fail a test for what
// a visitor would not see: an error in the console, a request to elsewhere.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, test as nodeTest } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { startRightvoice } from "../../typescript/test/server.js";

const shots = fileURLToPath(new URL("../../../.cache/demo-screens/", import.meta.url));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** @type {Promise<{url: string, stop: () => Promise<void>}> | undefined} */
let server;
let browser;

export const rightvoice = () => (server ??= startRightvoice("--demo"));

/** The browser of the tests. Loaded machines take long to start one. */
export const chrome = () =>
  (browser ??= chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    timeout: 60_000,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  }));

after(async () => {
  await (await browser)?.close();
  await (await server)?.stop();
});

/** Pages that tests before used: opening one anew costs far more than going elsewhere. @type {import("playwright-core").Page[]} */
const free = [];

async function newPage() {
  const context = await (await chrome()).newContext({ viewport: desk, locale: "en-US", reducedMotion: "reduce" });
  context.setDefaultTimeout(60_000);
  return context.newPage();
}

const desk = { width: 1180, height: 900 };

/** What .ci/twice.mjs runs again. @type {string[] | null} */
const again = JSON.parse(process.env.AGAIN ?? "null");

/**
 * A visitor: open(path) gives a page of the demo. What went wrong unseen is in
 * `wrong`, and fails the test.
 * @param {string} name
 * @param {(visitor: { open: (path: string, origin?: string) => Promise<import("playwright-core").Page>, url: string, wrong: string[] }) => Promise<void>} body
 */
export function test(name, body) {
  if (again && !again.includes(name)) return;
  nodeTest(name, { timeout: 300_000 }, async () => {
    const { url } = await rightvoice();
    const pages = [];
    const wrong = [];
    const open = async (path, origin = url) => {
      const page = free.pop() ?? (await newPage());
      pages.push(page);
      page.on("console", (m) => m.type() === "error" && wrong.push(`console: ${m.text()}`));
      page.on("pageerror", (e) => wrong.push(`error: ${e.message}`));
      page.on("request", (r) => /^(data:|blob:)/.test(r.url()) || r.url().startsWith(origin) || wrong.push(`request to ${r.url()}`));
      await page.goto(origin + path);
      return page;
    };
    await body({ open, url, wrong });
    assert.deepEqual(wrong, []);
    // A test that failed leaves its pages as they are.
    for (const page of pages) {
      page.removeAllListeners();
      await page.unrouteAll();
      await page.setViewportSize(desk);
      await page.emulateMedia({ colorScheme: "light" });
      await page.goto("about:blank");
      free.push(page);
    }
  });
}

/** Fails if axe finds anything. @param {import("playwright-core").Page} page @param {string} what */
export async function accessible(page, what) {
  // evaluate() is not bound by the page's policy.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  const found = violations.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.target} ${n.failureSummary}`).join(" | ")}`);
  assert.deepEqual(found, [], what);
}

/** Writes what the page looks like into an ignored folder. */
export async function shot(page, what) {
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: `${shots}${what.replaceAll(/[^a-z0-9]+/gi, "-").toLowerCase()}.png`, fullPage: true });
}

/** Asks the service as the pages do. */
export async function call(url, path, body, user) {
  const answer = await fetch(url + path, { method: body === undefined ? "GET" : body.$method ?? "POST", headers: { "Content-Type": "application/json", ...(user && { "x-rightvoice-user": user }) }, ...(body !== undefined && { body: JSON.stringify({ ...body, $method: undefined }) }) });
  const value = await answer.json();
  assert.equal(answer.status, 200, JSON.stringify(value));
  return value;
}

/** Presses Tab until what is focused fits, as somebody without a pointer does. */
export async function tabTo(page, fits, most = 80) {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(({ role, name }) => {
      const e = document.activeElement;
      return e?.matches(role) && (e.textContent ?? "").includes(name);
    }, fits)) return;
  }
  assert.fail(`${fits.name} cannot be reached by keyboard`);
}

// A real server with a folder of its own, a real browser, and people before it.
// Nothing is built here: make build puts the program where it is looked for.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, test as nodeTest } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { handOf } from "./hand.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
export const repository = join(here, "../../..");
const program = process.env.RIGHTVOICE_BIN ?? join(repository, "bin/rightvoice");
const axeSource = readFileSync(join(here, "../node_modules/axe-core/axe.min.js"), "utf8");
/** Long: other work may load the machine. Nothing waits this long when all is well. */
export const waitMs = Number(process.env.WAIT_MS ?? 60_000);

// --- The server.

const running = new Set();

/** Starts the program on free ports; url, kill() at once, again() on the same port, stop() for good. */
export async function serve(flags = []) {
  assert.ok(existsSync(program), `there is no ${program}: run make build`);
  const data = mkdtempSync(join(tmpdir(), "rightvoice-studio-"));
  const server = { data, url: "" };
  server.stop = async () => {
    running.delete(server);
    await server.end?.("SIGTERM");
    rmSync(data, { recursive: true, force: true });
  };
  running.add(server);
  const start = async (http) => {
    const args = ["serve", "--http-addr", http, "--grpc-addr", "127.0.0.1:0", "--data-dir", data, "--drain-delay", "0s", ...flags];
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
    const ended = new Promise((resolve) => child.once("exit", resolve));
    let said = "";
    child.stderr.on("data", (d) => (said = (said + d).slice(-4000)));
    server.end = async (signal) => {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await ended;
    };
    for await (const line of createInterface({ input: child.stdout })) {
      const url = /REST on (http:\/\/[\d.:]+)/.exec(line)?.[1];
      if (!url) continue;
      server.url = url;
      return;
    }
    throw new Error(`the server did not start: ${said}`);
  };
  await start("127.0.0.1:0");
  server.kill = () => server.end("SIGKILL");
  server.again = () => start(new URL(server.url).host);
  return server;
}

let common;
/** The server that most tests share: each works in a draft of its own. */
export const shared = () => (common ??= serve());

/** A token for somebody, and the line of the file that says what it may do. */
export function token(name, ...roles) {
  const out = execFileSync(program, ["token", "new", "--name", name, "--person", ...roles.flatMap((r) => ["--role", r])], { encoding: "utf8" });
  const [secret, entry] = [out.split("\n")[0], out.split("\n").find((l) => l.includes("sha256"))];
  assert.ok(entry.includes(createHash("sha256").update(secret).digest("hex")), "the file holds the hash of the token");
  return { secret, entry };
}

/** Asks the service as the pages do. */
export async function call(url, method, path, body, user = "ann") {
  const answer = await fetch(`${url}${path.startsWith("/") ? "" : "/v1/"}${path}`, {
    method,
    headers: { "Content-Type": "application/json", "x-rightvoice-user": user },
    ...(body && { body: JSON.stringify(body) }),
  });
  const value = await answer.json();
  assert.equal(answer.status, 200, `${method} ${path}: ${JSON.stringify(value).slice(0, 500)}`);
  return value;
}

/** A draft with some operations done, as somebody wrote it. */
export async function draftOf(url, { user = "ann", title = "Changes", operations = [] } = {}) {
  const draft = await call(url, "POST", "drafts", { title }, user);
  if (operations.length === 0) return draft;
  return (await call(url, "PATCH", `drafts/${draft.draftId}`, { etag: draft.etag, operations }, user)).draft;
}

// --- The browser.

/** Starts a browser. */
export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync),
    timeout: waitMs,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
let chrome;

after(async () => {
  await (await chrome)?.close();
  for (const server of running) await server.stop();
});

const keep = ({ lang, user, token, draft, panel }) => {
  localStorage.setItem("rightvoice.language", localStorage.getItem("rightvoice.language") ?? lang);
  const first = (key, value) => value && sessionStorage.getItem(key) === null && sessionStorage.setItem(key, value);
  if (user || token) first("rightvoice.session", JSON.stringify({ user, token }));
  first("rightvoice.draft", draft);
  first("rightvoice.panel", panel && "open");
  document.addEventListener("securitypolicyviolation", (e) => console.error(`against the policy: ${e.violatedDirective} ${e.blockedURI}`));
};

/** A window of somebody: {page, hand, complaints}. What goes wrong unseen is gathered in complaints. */
export async function visit(browser, url, path, { width = 1280, height = 900, scheme = "light", lang = "en", user = "ann", token = "", draft = "", panel = false, by = "pointer", ...more } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, reducedMotion: "reduce", locale: "en-US", permissions: ["clipboard-read", "clipboard-write"], ...more });
  const page = await context.newPage();
  page.setDefaultTimeout(waitMs);
  const complaints = [];
  page.on("console", (m) => m.type() === "error" && complaints.push(`console: ${m.text()}`));
  page.on("pageerror", (e) => complaints.push(`error: ${e.stack ?? e.message}`));
  page.on("request", (r) => /^(data|blob):/.test(r.url()) || r.url().startsWith(`${url}/`) || complaints.push(`a request elsewhere: ${r.url()}`));
  await page.addInitScript(keep, { lang, user: token ? "" : user, token, draft, panel });
  const hand = await handOf(page, by);
  await page.goto(`${url}/studio${path}`);
  await page.locator("main").first().waitFor();
  return { page, hand, complaints, context };
}

const again = JSON.parse(process.env.AGAIN ?? "null");

/**
 * A test with windows: open(path, options) on the shared server, or on a server
 * of its own if options.url is given. Whatever goes wrong unseen fails it, but
 * for what `expected` fits.
 */
export function test(name, { expected = /^$/, skip = false } = {}, body) {
  if (again && !again.includes(name)) return;
  nodeTest(name, { timeout: 600_000, skip }, async (t) => {
    const { url } = await shared();
    const windows = [];
    const open = async (path, options = {}) => {
      const one = await visit(await (chrome ??= launch()), options.url ?? url, path, options);
      windows.push(one);
      return one;
    };
    try {
      await body({ open, url, t });
      assert.deepEqual(windows.flatMap((w) => w.complaints).filter((w) => !expected.test(w)), []);
    } catch (error) {
      // What it looked like then, for whoever has to find out why.
      for (const [i, w] of windows.entries()) await shot(w.page, `failed-${name}-${i}`).catch(() => {});
      throw error;
    } finally {
      for (const w of windows) await w.context.close();
    }
  });
}

// --- What is looked at.

const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Fails on anything that axe finds; `only` some of its rules, if given. */
export async function accessible(page, what, only) {
  await page.evaluate(axeSource); // not bound by the policy of the page
  const found = await page.evaluate(async (runOnly) => {
    // A list that opens over the page stands beside its landmarks.
    const rules = document.querySelector(".popover, .modal, [role=dialog]") ? { region: { enabled: false } } : {};
    const { violations } = await window.axe.run(document, { runOnly, ...(runOnly.type === "tag" && { rules }) });
    return violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => `${n.target.join(" ")} (${n.any[0]?.message ?? n.failureSummary})`).join("; ")}`);
  }, only ? { type: "rule", values: only } : { type: "tag", values: standards });
  assert.deepEqual(found, [], what);
}

/** Fails if the page is wider than its window. */
export async function fits(page, what) {
  const found = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    return [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > room + 1).slice(0, 5).map((e) => `${e.tagName} ${e.className}`);
  });
  assert.deepEqual(found, [], `${what} is wider than its window`);
}

/** Writes what the page looks like into a folder that git ignores. */
export async function shot(page, what) {
  const folder = join(here, "shots");
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${what.replaceAll(/[^a-z0-9]+/gi, "-").toLowerCase().slice(0, 80)}.png`) });
}

/** Waits until what a function says is so. */
export async function until(says, what) {
  for (const end = Date.now() + waitMs; ; ) {
    const value = await says();
    if (value) return value;
    assert.ok(Date.now() < end, what);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export { assert };

// A real server on a port of its own with an empty folder, and a real browser.
// It builds nothing: make build puts the program where it is looked for.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = fileURLToPath(new URL(".", import.meta.url));
const program = process.env.RIGHTVOICE_BIN ?? join(here, "../../../bin/rightvoice");
const axeSource = readFileSync(join(here, "../node_modules/axe-core/axe.min.js"), "utf8");
const browserPath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
export const waitMs = 30_000;

const freePort = () =>
  new Promise((resolve, reject) => {
    const s = createServer();
    s.on("error", reject);
    s.listen(0, "127.0.0.1", () => {
      const { port } = s.address();
      s.close(() => resolve(port));
    });
  });

/** Starts the program; stop() ends it and removes its folder. */
export async function serve(args = []) {
  assert.ok(existsSync(program), `there is no ${program}: run make build`);
  const dir = mkdtempSync(join(tmpdir(), "rightvoice-studio-"));
  const [http, grpc] = [await freePort(), await freePort()];
  const child = spawn(program, ["serve", "--data-dir", dir, "--http-addr", `127.0.0.1:${http}`, "--grpc-addr", `127.0.0.1:${grpc}`, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stdout.on("data", (d) => (said += d));
  child.stderr.on("data", (d) => (said += d));
  const ended = new Promise((resolve) => child.on("exit", resolve));
  const base = `http://127.0.0.1:${http}`;
  for (const until = Date.now() + waitMs; ; ) {
    const up = await fetch(`${base}/v1/meta`).then((r) => r.ok, () => false);
    if (up) break;
    assert.ok(child.exitCode === null && Date.now() < until, `the server did not start: ${said}`);
    await new Promise((r) => setTimeout(r, 50));
  }
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    rmSync(dir, { recursive: true, force: true });
  };
  return { base, stop };
}

export const launch = () =>
  chromium.launch({ executablePath: browserPath, args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });

/** One person's window. What the page complains of is gathered in complaints. */
export async function visit(browser, base, path, { width = 1280, height = 900, scheme = "light", lang = "en", user = "ann", panel = false, draft = "" } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, reducedMotion: "reduce", permissions: ["clipboard-read", "clipboard-write"] });
  const page = await context.newPage();
  page.setDefaultTimeout(waitMs);
  const complaints = [];
  page.on("pageerror", (e) => complaints.push(e.message));
  page.on("console", (m) => m.type() === "error" && complaints.push(m.text()));
  page.on("request", (r) => !r.url().startsWith(base) && !r.url().startsWith("data:") && complaints.push(`a request elsewhere: ${r.url()}`));
  await page.addInitScript(
    ([lang, user, panel, draft]) => {
      localStorage.setItem("rightvoice.language", lang);
      sessionStorage.setItem("rightvoice.session", JSON.stringify({ user }));
      if (panel) sessionStorage.setItem("rightvoice.panel", "open");
      if (draft && !sessionStorage.getItem("rightvoice.draft")) sessionStorage.setItem("rightvoice.draft", draft);
    },
    [lang, user, panel, draft],
  );
  await page.goto(`${base}/studio${path}`);
  return { page, context, complaints, presses: presses(page) };
}

/** Counts what a person presses; typing is free, moving about with the keyboard too. */
function presses(page) {
  let n = 0;
  return {
    get count() {
      return n;
    },
    async click(locator) {
      n++;
      await locator.click();
    },
    async key(name) {
      n++;
      await page.keyboard.press(name);
    },
  };
}

/** Fails on anything that axe finds. */
export async function accessible(page, name) {
  await page.evaluate(axeSource);
  const found = await page.evaluate(async () => {
    // A list that opens over the page stands beside its landmarks.
    const rules = document.querySelector(".popover, .modal") ? { region: { enabled: false } } : {};
    const r = await window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], rules });
    return r.violations.map((v) => `${v.id}: ${v.nodes.map((x) => `${x.target.join(" ")} ${x.any[0]?.message ?? ""}`).slice(0, 3).join("; ")}`);
  });
  assert.deepEqual(found, [], name);
}

/** Nothing is wider than the window. */
export async function fits(page, name) {
  const [is, may] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert.ok(is <= may, `${name}: ${is} px in a window of ${may}`);
}

/** Writes a picture into e2e/.shots, which git ignores. */
export async function shot(page, name) {
  const dir = join(here, ".shots");
  mkdirSync(dir, { recursive: true });
  await page.screenshot({ path: join(dir, `${name}.png`) });
}

/** Asks the API as somebody. */
export async function call(base, method, path, body, user = "ann") {
  const init = { method, headers: { "Content-Type": "application/json", "X-Rightvoice-User": user } };
  if (body) init.body = JSON.stringify(body);
  const r = await fetch(base + path, init);
  const answer = await r.json();
  assert.ok(r.ok, JSON.stringify(answer));
  return answer;
}

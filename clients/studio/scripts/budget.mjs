// Fails where a screen would load more than it may. Sizes are of files packed
// by gzip, as they are sent, in KB of 1,000 bytes.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL("assets/manifest.json", dist), "utf8"));
const limits = { shell: 100, route: 200, text: 260 };

const sizes = new Map();
function size(file) {
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length / 1000);
  return sizes.get(file);
}

/** The files that a module loads before it can run. */
function files(key, found = new Set(), seen = new Set()) {
  const chunk = manifest[key];
  if (seen.has(key)) return found;
  seen.add(key);
  for (const file of [chunk.file, ...(chunk.css ?? [])]) found.add(file);
  for (const next of chunk.imports ?? []) files(next, found, seen);
  return found;
}

const total = (all) => [...all].reduce((sum, file) => sum + size(file), 0);
const shell = files("index.html");
// What the shell loads by itself right after it began stands with every route.
const parts = ["src/app/DraftMenu.tsx"];
let failed = false;

function check(name, kb, limit) {
  const over = kb > limit;
  failed ||= over;
  console.log(`${over ? "TOO LARGE" : "ok"}  ${name.padEnd(12)} ${kb.toFixed(1).padStart(6)} of ${limit} KB`);
}

check("shell", total(shell), limits.shell);
const routes = Object.keys(manifest).filter((k) => /^src\/pages\/\w+\/(index|Text)\.tsx$/.test(k));
if (routes.length < 8) throw new Error(`only ${routes.length} screens were built`);
for (const key of routes) {
  const all = new Set(shell);
  for (const part of [...parts, key]) files(part, all);
  const [, page, which] = key.match(/^src\/pages\/(\w+)\/(\w+)/);
  const text = which === "Text";
  if (text) files(`src/pages/${page}/index.tsx`, all);
  check(text ? `${page} (text)` : page, total(all), text ? limits.text : limits.route);
}
process.exit(failed ? 1 : 0);

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
const parts = ["src/app/DraftBar.tsx"];
let failed = false;

function check(name, kb, limit) {
  const over = kb > limit;
  failed ||= over;
  console.log(`${over ? "TOO LARGE" : "ok"}  ${name.padEnd(18)} ${kb.toFixed(1).padStart(6)} of ${limit} KB`);
}

check("shell", total(shell), limits.shell);
// A screen is the index of its folder, or that and a part of it that takes its place.
const pages = Object.keys(manifest).filter((k) => /^src\/pages\/\w+\/index\.tsx$/.test(k));
if (pages.length < 8) throw new Error(`only ${pages.length} screens were built`);
for (const page of pages) {
  const folder = page.slice(0, page.lastIndexOf("/") + 1);
  const inside = (manifest[page].dynamicImports ?? []).filter((k) => k.startsWith(folder));
  for (const part of inside.length > 0 ? inside : [page]) {
    const all = new Set(shell);
    for (const key of [...parts, page, part]) files(key, all);
    const name = part.slice("src/pages/".length, -".tsx".length).replace("/index", "");
    check(name, total(all), name.endsWith("/Text") ? limits.text : limits.route);
  }
}
process.exit(failed ? 1 : 0);

// All tests of the Studio in a browser, in one process: they share a server and
// a browser. ONLY=tasks runs the files whose names begin so.
import { readdirSync } from "node:fs";

const files = readdirSync(new URL("tests/", import.meta.url)).filter((f) => f.endsWith(".mjs") && f.startsWith(process.env.ONLY ?? ""));
for (const file of files.sort()) await import(`./tests/${file}`);

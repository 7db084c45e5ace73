// Two processes share the tests: one does what people come for, the other looks
// at every screen. ONLY=tasks takes the files of tests whose names begin so.
import { readdirSync } from "node:fs";

const looks = ["measured.mjs", "pictures.mjs", "policy.mjs", "screens.mjs"];

/** Registers the tests of one of the two. */
export async function load(which) {
  const files = readdirSync(new URL("tests/", import.meta.url)).filter((f) => f.endsWith(".mjs") && f.startsWith(process.env.ONLY ?? ""));
  for (const file of files.sort()) if (looks.includes(file) === (which === "looks")) await import(`./tests/${file}`);
}

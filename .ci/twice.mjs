// usage: node twice.mjs FILE…
//
// Runs files of tests as `node --test` does, and those tests that failed once
// more, by themselves: pages on a machine that stalls can come too late for any
// limit. One that passes then is named in a line "UNSTEADY …", and as "~ …" in
// the file that COUNTS names. More than a few failures are no chance and are
// not tried again; nor is a file that fails as a whole.
//
// The tests' harness registers only the tests whose names AGAIN lists, as JSON.
import { appendFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { run } from "node:test";
import { spec, tap } from "node:test/reporters";

const mostRetried = 5;
const files = process.argv.slice(2).map((f) => resolve(f));
const folder = relative(resolve(import.meta.dirname ?? new URL(".", import.meta.url).pathname, ".."), process.cwd());

/** Runs the files and prints what the test runner says; {passed, failed}: names. */
async function tests() {
  const seen = { passed: [], failed: [] };
  const events = run({ files, concurrency: 2 });
  events.on("test:pass", ({ name, nesting }) => nesting === 0 && seen.passed.push(name));
  events.on("test:fail", ({ name, nesting }) => nesting === 0 && seen.failed.push(name));
  for await (const text of events.compose(process.stdout.isTTY ? new spec() : tap)) process.stdout.write(text);
  return seen;
}

const first = await tests();
let failed = first.failed;
if (failed.length > 0 && failed.length <= mostRetried) {
  console.log(`once more: ${failed.join("; ")}`);
  process.env.AGAIN = JSON.stringify(failed);
  const { passed } = await tests();
  for (const name of failed.filter((f) => passed.includes(f))) {
    console.log(`UNSTEADY, passed when run again: ${name}`);
    if (process.env.COUNTS) appendFileSync(process.env.COUNTS, `~ ${name} in ${folder}\n`);
  }
  failed = failed.filter((f) => !passed.includes(f));
}
process.exitCode = failed.length > 0 || first.passed.length === 0 ? 1 : 0;

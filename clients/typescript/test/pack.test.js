// What is published: packed, installed elsewhere, and used as its README says.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import ts from "typescript";
import { startRightvoice } from "./server.js";

const here = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "rightvoice-portal-"));
const installed = join(folder, "node_modules/@rightvoice/client");
const run = (command, args, cwd = folder) => execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

before(() => {
  const packed = join(here, ".packed", readdirSync(join(here, ".packed"))[0]); // by `npm test`
  writeFileSync(join(folder, "package.json"), '{"private": true, "type": "module"}');
  run("npm", ["install", "--silent", "--offline", "--no-audit", "--no-fund", packed]);
});
after(() => rmSync(folder, { recursive: true }));

test("the package holds what is needed and nothing else", () => {
  assert.deepEqual(readdirSync(installed).sort(), ["LICENSE", "README.md", "dist", "package.json"]);
  assert.deepEqual(readdirSync(join(folder, "node_modules/@rightvoice")), ["client"]);
  const { dependencies, license, private: secret, sideEffects, type } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  assert.deepEqual({ dependencies, license, secret, sideEffects, type }, { dependencies: undefined, license: "Apache-2.0", secret: false, sideEffects: false, type: "module" });
});

test("its code is at most 5 KB, gzipped", (t) => {
  const files = readdirSync(join(installed, "dist")).filter((name) => name.endsWith(".js"));
  const options = { compilerOptions: { removeComments: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext } };
  const code = files.map((name) => ts.transpileModule(readFileSync(join(installed, "dist", name), "utf8"), options).outputText).join("");
  const size = gzipSync(code).length;
  t.diagnostic(`${size} bytes, without comments and not minified`);
  assert.ok(size > 1000 && size <= 5 * 1024, `${size} bytes`);
});

test("the quick start of the README compiles, runs and says what it says", async (t) => {
  const server = await startRightvoice("--request-timeout", "5s");
  t.after(server.stop);
  const block = /```ts\n([^]*?)```/.exec(readFileSync(join(installed, "README.md"), "utf8"))[1];
  assert.ok(block.split("\n").length <= 32, "fits one screen");
  const expected = /; \/\/ (SENDER_PROVIDER: .*) …\n/.exec(block)[1];
  const moved = block.replace("http://127.0.0.1:8080", server.url);
  assert.notEqual(moved, block);
  writeFileSync(join(folder, "quickstart.ts"), moved);
  const wrong = moved.replace("memberRef,", "// @ts-expect-error a misspelt field\n memberRev: memberRef,");
  assert.notEqual(wrong, moved);
  writeFileSync(join(folder, "wrong.ts"), wrong);
  const strict = ["--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess", "--target", "es2022", "--module", "nodenext"];
  run("node", [join(here, "node_modules/typescript/bin/tsc"), ...strict, "quickstart.ts", "wrong.ts"]);
  assert.ok(run("node", ["quickstart.js"]).startsWith(expected));
});

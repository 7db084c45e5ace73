// Whoever builds on the demo takes the package in place of rightvoice.js. Here
// the pages run on it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import ts from "typescript";
import { test } from "../harness.js";

const { target, module } = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022 };
const compiled = (name) => ts.transpileModule(readFileSync(new URL(`../../../typescript/src/${name}.ts`, import.meta.url), "utf8"), { compilerOptions: { target, module, verbatimModuleSyntax: true } }).outputText;

const adapter = `import { RightvoiceClient } from "/demo/client/index.js";
export class Rightvoice extends RightvoiceClient {
  constructor() { super({ baseUrl: location.origin }); }
}`;

test("the pages run on @rightvoice/client as well", async ({ open }) => {
  const page = await open("/demo/member?member=devon&page=message");
  await page.route("**/demo/rightvoice.js", (r) => r.fulfill({ contentType: "text/javascript", body: adapter }));
  await page.route("**/demo/client/*.js", (r) => r.fulfill({ contentType: "text/javascript", body: compiled(r.request().url().split("/").pop().replace(".js", "")) }));
  const used = page.waitForRequest("**/demo/client/client.js");
  await page.goto(page.url().replace("page=message", "page=wellness&topic=activity"));
  await used;
  await page.getByRole("heading", { name: "Gym pass" }).waitFor();
  await page.getByText("Why am I seeing this?").click();
  await page.getByText("The rules in full").waitFor();
  assert.equal(await page.locator("#advice .card").count(), 1);
});

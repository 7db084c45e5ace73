import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessible, call, fits, launch, serve, shot, visit } from "./harness.mjs";

let server, browser, draft;
const change = { do: "set_key", list: "sender", row: "benefit-for-this-topic", key: "then", value: "provider" };
const content = () => call(server.base, "GET", `/v1/content?draftId=${draft}`);

before(async () => {
  [server, browser] = await Promise.all([serve(), launch()]);
  const d = await call(server.base, "POST", "/v1/drafts", { title: "Scenarios" });
  draft = d.draftId;
  await call(server.base, "PATCH", `/v1/drafts/${draft}`, { etag: d.etag, operations: [change] });
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function on(path, options, work) {
  const v = await visit(browser, server.base, path, { draft, ...options });
  try {
    await work(v);
    assert.deepEqual(v.complaints, []);
  } finally {
    await v.context.close();
  }
}

const row = (page, name) => page.locator("li.scenario", { has: page.getByRole("link", { name }) });

test("what the draft changes is told, and a new answer accepted", () =>
  on("/scenarios", {}, async ({ page }) => {
    const one = row(page, /Nothing acute and a gym pass/);
    await one.getByText("The draft says").waitFor();
    await page.getByText(/All \d+ rules are reached|never hit/).waitFor();
    await accessible(page, "the list");
    await shot(page, "scenarios");
    assert.match(await one.textContent(), /the insurer[\s\S]*the provider/);
    await one.getByRole("button", { name: "Accept new answer" }).click();
    await one.getByText(/^Expects .*the provider/).waitFor();
    const s = (await content()).scenarios.find((x) => x.id === "exercise-with-a-gym-pass");
    assert.equal(s.expect[0].sender, "provider");
    assert.equal(s.expect[0].topic, "");
    assert.deepEqual(s.request.context.benefitAvailable, ["gym"]);
    await page.getByRole("button", { name: /\d+ change/ }).click();
    await accessible(page, "only those that change");
    assert.match(await page.getByRole("link", { name: "Not what I want: open the rule" }).first().getAttribute("href"), /\/rules\/sender\//);
  }));

test("a scenario is written, changed and deleted without a word of YAML", () =>
  on("/scenarios", {}, async ({ page }) => {
    await page.getByRole("link", { name: "New scenario" }).click();
    await page.getByLabel("What it shows").fill('She asks: "sleep?" – no');
    await page.getByRole("button", { name: /^Asks about/ }).click();
    await page.keyboard.type("sleep");
    await page.getByRole("option", { name: "sleep", exact: true }).click();
    await page.getByRole("button", { name: "Expect the present answer" }).click();
    await accessible(page, "a new one");
    await page.getByRole("button", { name: "Create" }).click();
    const link = page.getByRole("link", { name: /She asks/ });
    await link.waitFor();
    let s = (await content()).scenarios.find((x) => x.about.startsWith("She asks"));
    assert.equal(s.about, 'She asks: "sleep?" – no');
    assert.equal(s.request.topic, "sleep");
    await link.click();
    await page.getByRole("button", { name: /^Who speaks|nobody/ }).first().click();
    await page.getByRole("option", { name: "the insurer" }).click();
    await page.getByRole("link", { name: "All scenarios" }).click();
    await row(page, /She asks/).getByRole("button", { name: /Accept new answer/ }).waitFor();
    s = (await content()).scenarios.find((x) => x.id === s.id);
    assert.equal(s.expect[0].sender, "insurer");
    await shot(page, "scenario-fails");
    await row(page, /She asks/).getByRole("button", { name: /^More about/ }).click();
    await accessible(page, "the menu");
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await link.waitFor({ state: "detached" });
    assert.ok(!(await content()).scenarios.some((x) => x.id === s.id));
  }));

test("rules that no scenario reaches get some out of the proof", async () => {
  // Nothing reaches a rule whose only scenarios are gone.
  const { runs } = await call(server.base, "POST", "/v1/content:runScenarios", { of: { draftId: draft } });
  const hit = runs.filter((r) => r.results[0].rules.some((x) => x.id === "no-program-for-a-patient")).map((r) => r.id);
  assert.ok(hit.length > 0);
  const now = await call(server.base, "GET", `/v1/drafts/${draft}`);
  await call(server.base, "PATCH", `/v1/drafts/${draft}`, { etag: now.etag, operations: hit.map((id) => ({ do: "delete", list: "cases", row: id })) });
  await on("/scenarios", {}, async ({ page }) => {
    await page.getByText(/never hit by a scenario/).waitFor();
    await accessible(page, "coverage");
    await page.getByRole("button", { name: "Make scenarios" }).click();
    await page.getByText(/All \d+ rules are reached/).waitFor();
  });
  const again = await call(server.base, "POST", "/v1/content:runScenarios", { of: { draftId: draft } });
  const made = again.runs.filter((r) => r.id.startsWith("reaches-"));
  assert.ok(made.length > 0 && made.every((r) => r.results[0].holds), JSON.stringify(made));
});

for (const [name, options] of [["dark", { scheme: "dark" }], ["Spanish on a phone", { lang: "es", width: 320, height: 700, scheme: "dark" }]])
  test(`axe: ${name}`, () =>
    on("/scenarios", options, async ({ page }) => {
      await page.locator(".sides span").first().waitFor();
      await accessible(page, name);
      await fits(page, name);
      await shot(page, `scenarios-${name.replace(/ /g, "-").toLowerCase()}`);
      await page.locator(".scenario-name").first().click();
      await page.locator(".expect").first().waitFor();
      await page.locator(".why").first().waitFor();
      await accessible(page, `${name}: one`);
      await fits(page, `${name}: one`);
    }));

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessible, call, fits, launch, serve, shot, visit } from "./harness.mjs";

let server, browser, draft;

before(async () => {
  [server, browser] = await Promise.all([serve(), launch()]);
  draft = await call(server.base, "POST", "/v1/drafts", { title: "Gym from the provider" });
  await call(server.base, "PATCH", `/v1/drafts/${draft.draftId}`, { etag: draft.etag, operations: [{ do: "set_key", list: "sender", row: "benefit-for-this-topic", key: "then", value: "provider" }] });
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const gym = /Nothing acute and a gym pass/;

/** A visit that must end without a complaint of the page. */
async function on(path, options, work) {
  const v = await visit(browser, server.base, path, options);
  try {
    await work(v);
    assert.deepEqual(v.complaints, []);
  } finally {
    await v.context.close();
  }
}

test("task 7: a saved member on draft and live, with why, takes one press", () =>
  on("/try", { draft: draft.draftId }, async ({ page, presses }) => {
    await presses.click(page.getByRole("option", { name: gym }).first());
    const live = page.getByRole("region", { name: "Answer: Live" });
    const ours = page.getByRole("region", { name: "Answer: Draft" });
    await live.getByText("The plan speaks").waitFor();
    await ours.getByText("The care team speaks").waitFor();
    await live.getByText("The member has a benefit for this").waitFor();
    await live.getByText(/It would fit if/).first().waitFor();
    assert.equal(presses.count, 1);
    await accessible(page, "two answers");
    await shot(page, "try-both");
  }));

test("task 7 by keyboard alone", () =>
  on("/try", { draft: draft.draftId }, async ({ page, presses }) => {
    await page.getByRole("option").first().waitFor();
    await page.getByRole("combobox", { name: "Find a person" }).focus();
    await page.keyboard.type("nothing acute and a gym");
    await page.keyboard.press("ArrowDown");
    await presses.key("Enter");
    await page.getByRole("region", { name: "Answer: Draft" }).getByText("The care team speaks").waitFor();
    assert.equal(presses.count, 1);
  }));

test("task 8: an answer becomes a scenario by two presses", () =>
  on("/try", { draft: draft.draftId }, async ({ page, presses }) => {
    await page.getByRole("option", { name: gym }).first().click();
    await page.getByRole("region", { name: "Answer: Draft" }).getByText("The care team speaks").waitFor();
    await presses.click(page.getByRole("button", { name: "Save as scenario" }));
    await page.getByRole("dialog").waitFor();
    await accessible(page, "save as scenario");
    await page.keyboard.type("The provider tells of the gym pass");
    await presses.key("Enter");
    await page.getByText("Scenario saved in the draft").waitFor();
    assert.equal(presses.count, 2);
    const content = await call(server.base, "GET", `/v1/content?draftId=${draft.draftId}`);
    const made = content.scenarios.find((s) => s.about === "The provider tells of the gym pass");
    assert.equal(made.expect[0].sender, "provider");
    assert.deepEqual(made.request.context.benefitAvailable, ["gym"]);
    const { runs } = await call(server.base, "POST", "/v1/content:runScenarios", { of: { draftId: draft.draftId }, ids: [made.id] });
    assert.ok(runs[0].results[0].holds, runs[0].results[0].wrong.join());
  }));

test("a fact is found by another word, set, made unknown and removed", () =>
  on("/try", {}, async ({ page }) => {
    await page.locator(".who-speaks", { hasText: "Nobody speaks" }).waitFor();
    await page.getByRole("button", { name: "Add a fact" }).click();
    await page.getByRole("combobox", { name: "Find a fact" }).or(page.getByRole("searchbox", { name: "Find a fact" })).waitFor();
    await page.keyboard.type("ER");
    await page.getByRole("option", { name: "time since leaving the ER or hospital" }).click();
    await page.getByRole("textbox", { name: /time since leaving/ }).fill("9999999");
    await page.keyboard.press("Enter");
    assert.equal(await page.getByRole("textbox", { name: /time since leaving/ }).getAttribute("aria-invalid"), "true");
    await accessible(page, "a number out of range");
    await page.getByRole("textbox", { name: /time since leaving/ }).fill("48");
    await page.keyboard.press("Enter");
    const value = page.getByRole("button", { name: /time since leaving.*48 hours/ });
    await value.waitFor();
    await page.getByText("Left the ER or hospital in the last 30 days").first().waitFor();
    assert.ok(await value.evaluate((b) => b === document.activeElement), "the focus returns to the value");
    await value.click();
    await page.getByRole("button", { name: "Not known" }).click();
    await page.getByRole("button", { name: /time since leaving.*Not known/ }).waitFor();
    await page.getByRole("button", { name: /^Remove: time since leaving/ }).click();
    await page.locator(".who-speaks", { hasText: "Nobody speaks" }).waitFor();
  }));

test("one question that would help is answered in its place", () =>
  on("/try", {}, async ({ page }) => {
    const needed = page.getByRole("region", { name: "One question would help" });
    await needed.waitFor();
    const before = await needed.innerText();
    await needed.getByRole("button").first().click();
    await accessible(page, "a question open");
    await page.getByRole("option").first().click();
    await page.waitForFunction((was) => document.querySelector(".needed")?.innerText !== was, before);
  }));

test("a link brings the same person, and nothing of it to the server", () =>
  on("/try", {}, async ({ page }) => {
    await page.getByRole("option", { name: gym }).first().click();
    await page.locator(".who-speaks", { hasText: "The plan speaks" }).waitFor();
    await page.getByRole("button", { name: "Copy link" }).click();
    await page.getByText("Link copied").waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(new URL(link).hash, /^#p=/);
    assert.equal(new URL(link).search, "");
    await page.evaluate(() => sessionStorage.removeItem("rightvoice.trial"));
    await page.goto("about:blank");
    await page.goto(link);
    await page.getByRole("button", { name: /benefits: gym pass/ }).waitFor();
    await page.locator(".who-speaks", { hasText: "The plan speaks" }).waitFor();
  }));

test("the panel keeps the person from page to page and follows the draft", () =>
  on("/try", { draft: draft.draftId, panel: true }, async ({ page }) => {
    await page.getByRole("option", { name: gym }).first().click();
    await page.getByRole("link", { name: "Scenarios" }).click();
    const panel = page.getByRole("complementary", { name: "Try it" });
    await panel.getByText("The care team speaks").waitFor();
    await accessible(page, "panel");
    const now = await call(server.base, "GET", `/v1/drafts/${draft.draftId}`);
    await call(server.base, "PATCH", `/v1/drafts/${draft.draftId}`, { etag: now.etag, operations: [{ do: "set_key", list: "sender", row: "benefit-for-this-topic", key: "then", value: "insurer" }] });
    await page.evaluate(() => window.dispatchEvent(new Event("visibilitychange")));
    await panel.getByText("Same as live").waitFor();
  }));

test("the raw request stands under For developers", () =>
  on("/try", {}, async ({ page }) => {
    await page.getByRole("option", { name: gym }).first().click();
    await page.locator(".who-speaks", { hasText: "The plan speaks" }).waitFor();
    await page.getByText("For developers").click();
    await page.getByText("/v1/recommendations").waitFor();
    await accessible(page, "for developers");
  }));

for (const [name, options] of [["light", {}], ["dark", { scheme: "dark" }], ["Spanish on a phone", { lang: "es", width: 320, height: 700 }]])
  test(`axe: ${name}`, () =>
    on("/try", { ...options, draft: draft.draftId }, async ({ page }) => {
      await page.getByRole("option").first().waitFor();
      await accessible(page, `${name}, nobody chosen`);
      await page.getByRole("option").nth(2).click();
      await page.locator(".why").first().waitFor();
      await accessible(page, `${name}, someone chosen`);
      await fits(page, name);
      await shot(page, `try-${name.replace(/ /g, "-").toLowerCase()}`);
    }));

import assert from "node:assert/strict";
import { test, accessible, tabTo } from "../harness.js";

test("a clinician edits advice and sends it; the edited words stay here", async ({ open }) => {
  const page = await open("/demo/provider?member=maria&topic=activity");
  const box = page.getByLabel("After the ER or hospital");
  await box.waitFor();
  await accessible(page, "provider advice");
  await box.fill("Maria, come by on Tuesday.");
  const sent = page.waitForRequest((r) => r.url().endsWith("/feedback"));
  await page.getByRole("button", { name: "Send" }).first().click();
  const body = (await sent).postData();
  assert.match(body, /FEEDBACK_KIND_ACCEPTED/);
  assert.doesNotMatch(body, /Tuesday/);
  await page.getByText("was sent in your words").waitFor();
  assert.match(await page.evaluate(() => document.activeElement?.textContent), /was sent/);
  await accessible(page, "provider sent");
});

test("a clinician declines with a reason", async ({ open }) => {
  const page = await open("/demo/provider?member=maria&topic=symptom");
  const decline = page.getByLabel("Decline, with a reason").first();
  await decline.waitFor();
  const sent = page.waitForRequest((r) => r.url().endsWith("/feedback"));
  await decline.selectOption("clinical_judgement");
  assert.match((await sent).postData(), /"kind":"FEEDBACK_KIND_OVERRIDDEN".*"reason":"clinical_judgement"/);
  await page.getByText("was declined: I judge otherwise").waitFor();
});

test("the clinic sees what is known, who said it, and what the plan says", async ({ open }) => {
  const page = await open("/demo/provider?member=devon&topic=activity");
  await page.getByText("The plan has the word").waitFor();
  assert.match(await page.locator("#send").innerText(), /You may say:.*Your plan has a benefit that can help with this/s);
  await page.locator("#timeline .sender_insurer").first().waitFor();
  assert.match(await page.locator("#timeline").innerText(), /The plan · activity/);
  await page.locator("#known").getByText("gym pass and sleep class").waitFor();
  await page.getByRole("button", { name: "medicine" }).click();
  await page.getByText("You have the word").first().waitFor();
});

test("the clinic can ask how long an answer holds", async ({ open }) => {
  const page = await open("/demo/provider?member=maria&topic=activity");
  await page.getByText("How long does this hold?").click();
  await page.getByText("it changes in 28 days").waitFor();
});

test("a clinic day of 200 is one call, sorted by who needs a word", async ({ open }) => {
  const page = await open("/demo/provider?page=patient");
  await page.getByLabel("Decline, with a reason").first().waitFor();
  let batches = 0;
  page.on("request", (r) => (batches += r.url().endsWith("/v1/recommendations:batch")));
  await page.getByRole("link", { name: "Clinic day" }).click();
  const said = await page.getByText(/200 patients answered in one call in [\d,]+ ms/).innerText();
  assert.equal(batches, 1);
  const rows = await page.locator(".day tbody tr td:nth-of-type(1)").allInnerTexts();
  assert.equal(rows.length, 200);
  const [, you, held] = /(\d+) need a word from you; for (\d+) it is held back/.exec(said);
  assert.ok(you > 0 && held > 0, said);
  assert.deepEqual([...new Set(rows)].slice(0, 2), ["Your word", "Held back"]);
  assert.equal(rows.filter((x) => x === "Your word").length, Number(you));
  await accessible(page, "provider clinic day");
  await page.reload();
  assert.equal((await page.getByText(/200 patients answered in one call/).innerText()).replace(/[\d,]+ ms/, ""), said.replace(/[\d,]+ ms/, ""), "looking takes nothing away");
  await page.getByRole("button", { name: "Held back" }).click();
  const why = await page.locator(".day tbody").innerText();
  for (const reason of ["asked not to get messages this way", "too early where they live"]) assert.ok(why.includes(reason), reason);
});

test("the app works by keyboard alone", async ({ open }) => {
  const page = await open("/demo/provider?member=maria&topic=activity");
  await page.getByLabel("After the ER or hospital").waitFor();
  await tabTo(page, { role: "textarea", name: "" });
  await page.keyboard.press("Control+A");
  await page.keyboard.type("Come by.");
  await tabTo(page, { role: "button", name: "Send" });
  await page.keyboard.press("Enter");
  await page.getByText("was sent in your words").waitFor();
});

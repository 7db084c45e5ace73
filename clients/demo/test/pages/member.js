import assert from "node:assert/strict";
import { test, accessible, tabTo } from "../harness.js";

const card = (page) => page.locator("#advice .card");

test("the card follows the person and the page", async ({ open }) => {
  const page = await open("/demo/member?member=devon&page=wellness&topic=activity");
  await page.getByRole("heading", { name: "Gym pass" }).waitFor();
  assert.match(await card(page).innerText(), /From your plan/);
  await page.getByRole("button", { name: "sleep", exact: true }).click();
  await page.getByRole("heading", { name: "Sleep class" }).waitFor();
  await page.getByRole("link", { name: "Claims", exact: true }).first().click();
  await page.getByRole("heading", { name: "What your plan pays" }).waitFor();
  await page.getByLabel("Person").selectOption("maria");
  await page.locator("#advice .handoff").waitFor();
  assert.match(await card(page).innerText(), /For your care team[\s\S]*Your care team can help you with this/);
  await page.getByLabel("Person").selectOption("sam");
  await page.getByRole("heading", { name: "A claim we did not pay" }).waitFor();
  assert.match(await card(page).innerText(), /by \w+ \d+, \d{4}/, "the portal fills the day of the appeal");
  assert.doesNotMatch(await card(page).innerText(), /[{}]/);
});

test("a message about a knee goes to the care team, a mixed one to both", async ({ open }) => {
  const page = await open("/demo/member?member=devon&page=message");
  await page.getByLabel("What can we help with?").fill("I hurt my knee");
  await page.getByRole("button", { name: "Send" }).click();
  await page.locator("#advice .handoff").waitFor();
  assert.equal(await card(page).count(), 1);
  await page.getByLabel("What can we help with?").fill("My knee hurts, is PT covered?");
  await page.getByRole("button", { name: "Send" }).click();
  await page.locator("#advice .ours").waitFor();
  assert.equal(await card(page).count(), 2);
  assert.equal(await page.locator("#advice .handoff").count(), 1);
});

test("an emergency shows the notice and nothing else; Back leads out", async ({ open }) => {
  const page = await open("/demo/member?member=devon&page=message");
  await page.getByLabel("What can we help with?").fill("I have chest pain");
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByRole("alert").waitFor();
  assert.equal((await page.locator("body").innerText()).replace(/\s+/g, " ").trim(),
    "Get help now This may be an emergency. Call 911 or go to the nearest ER now. You do not need to ask your plan first.");
  assert.equal(await page.locator("body *:visible").count() < 10, true);
  assert.equal(await page.getByRole("link", { name: "911" }).getAttribute("href"), "tel:911");
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Get help now");
  await accessible(page, "member emergency");
  await page.goBack();
  await page.getByLabel("What can we help with?").waitFor();
});

test("why am I seeing this", async ({ open }) => {
  const page = await open("/demo/member?member=devon&page=wellness&topic=activity");
  await page.getByText("Why am I seeing this?").click();
  await page.getByText("The rules in full").waitFor();
  const why = await page.locator(".why-body").innerText();
  assert.match(why, /The member has a benefit for this\. The member has a plan benefit that helps with this\./);
  assert.match(why, /If the topic is about daily habits, the member is a consumer\./);
  assert.match(why, /benefits: gym pass and sleep class/);
  assert.match(why, /This holds until \d+:\d\d [AP]M, or until something new is known/);
  assert.match(why, /r-[0-9a-f]{16}/);
  await accessible(page, "member why");
  await page.getByLabel("Person").selectOption("maria");
  await page.locator("#advice .handoff").waitFor();
  await page.getByText("Why am I seeing this?").click();
  await page.locator(".why-body .fine").waitFor();
  assert.doesNotMatch(await page.locator(".why-body").innerText(), /\bER\b|hospital|acute/i, "the plan is told the outcome, not what the clinic knows");
});

test("a choice is obeyed by the portal and the provider's app, with no reload, and can be undone", async ({ open }) => {
  const page = await open("/demo/member?member=devon&page=wellness&topic=sleep");
  await page.getByRole("heading", { name: "Sleep class" }).waitFor();
  const clinic = await open("/demo/provider?member=devon&topic=sleep");
  await clinic.getByText("The plan has the word").waitFor();

  await page.getByRole("button", { name: "from my doctor" }).click();
  await page.locator("#advice .handoff").waitFor();
  await page.getByText(/Both sides obey: the plan after [\d,]+ ms, the clinic after [\d,]+ ms\./).waitFor();
  await clinic.getByText("You have the word").first().waitFor();
  await accessible(page, "member chose the doctor");

  await page.getByRole("button", { name: "Undo sleep" }).click();
  await page.getByRole("heading", { name: "Sleep class" }).waitFor();
  await clinic.getByText("The plan has the word").waitFor();

  await page.getByRole("button", { name: "not at all" }).click();
  await page.getByText("About sleep: nothing.").waitFor();
  await page.locator("#advice .ours").waitFor({ state: "detached" });
  assert.equal(await page.getByText("Sleep class").count(), 0);
  await page.getByRole("button", { name: "Undo sleep" }).click();
  await page.getByRole("heading", { name: "Sleep class" }).waitFor();
});

test("one question settles what is open", async ({ open }) => {
  const page = await open("/demo/member?member=kim");
  await page.getByText("One question would help").waitFor();
  await accessible(page, "member one question");
  await page.getByRole("button", { name: "Ways to stay well" }).click();
  await page.getByRole("heading", { name: "Gym pass" }).waitFor();
  assert.equal(await page.getByText("One question would help").count(), 0);
});

test("where nobody speaks there is no gap, and the panel says why", async ({ open }) => {
  const page = await open("/demo/member?member=ana&page=wellness&topic=activity");
  await page.getByText("About activity: nothing.").waitFor();
  await page.locator(".drawer > summary").click();
  await page.getByText(/gym: OPTED_OUT \(opt_out_topic\)/).waitFor();
  assert.equal(await card(page).count(), 0);
  assert.equal(await page.locator("#advice").evaluate((e) => e.getBoundingClientRect().height), 0);
  await accessible(page, "member quiet");
});

test("what is private is shown in the member's own login alone", async ({ open }) => {
  const page = await open("/demo/member?member=riley&page=wellness&topic=stress");
  await page.getByRole("heading", { name: "Help with stress" }).waitFor();
  await page.getByRole("button", { name: "A parent" }).click();
  await card(page).first().waitFor({ state: "detached" });
  await page.locator(".drawer > summary").click();
  await page.getByText(/CONSENT_MISSING/).first().waitFor();
});

test("without reviewed words in a language, its notice of help is shown", async ({ open }) => {
  const page = await open("/demo/member?member=lee&page=wellness&topic=activity");
  await page.locator("#advice .ours").waitFor();
  assert.equal(await page.locator("#advice .advice").first().getAttribute("lang"), "vi");
  assert.match(await page.locator("#advice .advice").first().innerText(), /Quý vị được giúp miễn phí/);
});

test("the panel for developers shows each call, and that a reload costs a 304", async ({ open, url }) => {
  const page = await open("/demo/member?member=devon&page=wellness&topic=activity");
  await page.getByRole("heading", { name: "Gym pass" }).waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "Gym pass" }).waitFor();
  await page.locator(".drawer > summary").click();
  await page.getByText("the server answered 304").waitFor();
  const facts = await page.locator(".facts").innerText();
  assert.match(facts, /[0-9a-f]{8}-[0-9a-f]{4}-7/);
  assert.match(facts, /r-[0-9a-f]{16}/);
  assert.match(facts, /HIT/);
  assert.match(facts, /[\d.]+ ms/);
  assert.match(await page.getByRole("region", { name: "curl" }).innerText(), new RegExp(`^curl -s ${url}/v1/recommendations -H 'Content-Type: application/json' -d '\\{"asker":"ASKER_INSURER"`));
  assert.match(await page.getByRole("region", { name: "gRPC" }).innerText(), /rightvoice\.v1\.RecommendationService\/Recommend/);
  assert.match(await page.getByRole("region", { name: "Response" }).innerText(), /"decisionId"/);
  await accessible(page, "member developers");
});

test("the portal works by keyboard alone", async ({ open }) => {
  const page = await open("/demo/member?member=devon&page=wellness&topic=activity");
  await page.getByRole("heading", { name: "Gym pass" }).waitFor();
  await tabTo(page, { role: "summary", name: "Why am I seeing this?" });
  await page.keyboard.press("Enter");
  await page.getByText("The rules in full").waitFor();
  await tabTo(page, { role: "button", name: "Helpful" });
  await page.keyboard.press("Enter");
  await page.getByText("Thank you. The people who write the rules will see this.").waitFor();
  await tabTo(page, { role: "button", name: "not at all" });
  await page.keyboard.press("Space");
  await page.getByText(/Both sides obey/).waitFor();
  await tabTo(page, { role: "button", name: "Undo" });
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Gym pass" }).waitFor();
});

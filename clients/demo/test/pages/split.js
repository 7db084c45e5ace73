import assert from "node:assert/strict";
import { test, accessible, call, tabTo } from "../harness.js";

const bar = (page) => page.locator("#voice .voice-bar");
const oneVoice = async (page, who) => page.locator("#voice .voice-bar.one").filter({ hasText: who }).waitFor();
const startOver = async (page, name) => {
  await page.getByRole("button", { name: "Start over" }).click();
  await page.getByText(`${name} is as at the start.`).waitFor();
};

test("both sides hold one decision, and events flip both with no reload", async ({ open }) => {
  const page = await open("/demo/?member=devon&topic=activity");
  await oneVoice(page, "The plan has the word");
  await startOver(page, "Devon");
  let loads = 0;
  page.on("framenavigated", () => loads++);
  const happens = async (event, who, change = "flipped") => {
    const before = await bar(page).locator("code").first().innerText();
    await page.getByRole("button", { name: event, exact: true }).click();
    await page.getByText(change === "flipped" ? new RegExp(`${event}: taken after [\\d,]+ ms\\. The plan flipped after [\\d,]+ ms, the clinic after [\\d,]+ ms; both agree after [\\d,]+ ms`) : `${event}: taken after`).waitFor();
    await oneVoice(page, who);
    const after = await bar(page).locator("code").first().innerText();
    assert.equal(after !== before, change === "flipped", event);
  };
  await happens("ER admit", "The clinic has the word");
  await page.locator("#plan .handoff").waitFor();
  await page.locator("#clinic textarea").first().waitFor();
  await happens("Discharge", "The clinic has the word");
  await startOver(page, "Devon");
  await oneVoice(page, "The plan has the word");
  await happens("New prescription", "The clinic has the word");
  await startOver(page, "Devon");
  await page.getByRole("button", { name: "nothing in particular" }).click();
  await oneVoice(page, "Nobody speaks.");
  await happens("Claim denied", "The plan has the word");
  await page.locator("#plan").getByText("A claim we did not pay").waitFor();
  assert.equal(loads <= 1, true, "the page was loaded anew");
  await accessible(page, "split one voice");
});

test("a protected record counts with consent only, and never reaches the plan's pane", async ({ open }) => {
  const page = await open("/demo/?member=noor&topic=alcohol");
  await oneVoice(page, "The clinic has the word");
  await page.locator(".seen-clinic").getByText("substance use").waitFor();
  const planSees = async () => (await page.locator("#plan").innerText()) + (await page.locator(".seen-plan").innerText());
  assert.doesNotMatch(await planSees(), /substance|consent|protected/i);
  await page.locator("#plan").getByText("Why am I seeing this?").click();
  await page.locator("#plan .why-body .fine").waitFor();
  assert.doesNotMatch(await planSees(), /substance|condition|illness|disorder|consent/i);
  await page.getByRole("button", { name: "Consent withdrawn" }).click();
  await oneVoice(page, "Nobody speaks.");
  await page.locator("#plan .card").waitFor({ state: "detached" });
  assert.doesNotMatch(await planSees(), /substance|consent|protected/i);
  await page.getByRole("button", { name: "Consent given" }).click();
  await oneVoice(page, "The clinic has the word");
});

test("the bar turns red where one screen is frozen, and green again", async ({ open }) => {
  const page = await open("/demo/?member=devon&topic=activity");
  await oneVoice(page, "");
  await startOver(page, "Devon");
  await oneVoice(page, "The plan has the word");
  await page.getByLabel("Freeze the clinic’s screen").check();
  await page.getByRole("button", { name: "ER admit" }).click();
  await page.locator("#voice .voice-bar.two").waitFor();
  const ids = await bar(page).locator("code").allInnerTexts();
  assert.notEqual(ids[0], ids[1]);
  await page.getByText("the clinic’s screen is frozen.").waitFor();
  await accessible(page, "split two voices");
  await page.getByLabel("Freeze the clinic’s screen").uncheck();
  await oneVoice(page, "The clinic has the word");
  await startOver(page, "Devon");
});

test("feedback of both sides is recorded with the decision", async ({ open }) => {
  const page = await open("/demo/?member=devon&topic=activity");
  await oneVoice(page, "The plan has the word");
  for (const [pane, button] of [["#plan", "Helpful"], ["#clinic", "The plan should tell them"]]) {
    const told = page.waitForResponse((r) => r.url().endsWith("/feedback"));
    await page.locator(pane).getByRole("button", { name: button }).click();
    assert.equal((await told).status(), 200);
    await page.locator(pane).getByText("Thank you.").waitFor();
  }
});

test("five minutes: somebody changes the rules, and both panes say the new words", async ({ open, url }) => {
  const page = await open("/demo/?member=devon&topic=activity");
  await page.locator("#plan").getByText("Pick a gym near you").waitFor();
  const as = (user) => (path, body) => call(url, `/v1/${path}`, body, user);
  const [ann, ben] = [as("ann"), as("ben")];
  let draft = await ann("drafts", { title: "A friendlier gym pass" });
  const id = draft.draftId;
  await ann(`drafts/${id}`, { $method: "PATCH", etag: draft.etag, operations: [{ do: "set_words", list: "advice", row: "gym", key: "text", language: "en", text: "Your plan has a gym pass for you. Find a gym you like." }] });
  const etag = async () => (await ann(`drafts/${id}`)).draft?.etag ?? (await ann(`drafts/${id}`)).etag;
  await ann(`drafts/${id}:check`, {});
  await ann(`drafts/${id}:submit`, { etag: await etag() });
  await ben(`drafts/${id}:approve`, { etag: await etag() });
  await ben(`drafts/${id}:publish`, { etag: await etag() });
  await page.locator("#plan").getByText("Find a gym you like.").waitFor();
  await oneVoice(page, "The plan has the word");
});

test("the split screen works by keyboard alone", async ({ open }) => {
  const page = await open("/demo/?member=devon&topic=activity");
  await oneVoice(page, "The plan has the word");
  await tabTo(page, { role: "button", name: "ER admit" });
  await page.keyboard.press("Enter");
  await oneVoice(page, "The clinic has the word");
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), "ER admit", "focus stays where it was");
  await startOver(page, "Devon");
});

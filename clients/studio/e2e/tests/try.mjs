// Trying rules on people: facts in words, the answers of live rules and of the
// draft, and why.
import { accessible, assert, call, draftOf, test, until } from "../harness.mjs";

const says = (value) => [{ do: "set_key", list: "sender", row: "benefit-for-this-topic", key: "then", value }];
const gym = (page) => page.getByRole("option", { name: /Nothing acute and a gym pass/ }).first();
const speaks = (page, who) => page.locator(".who-speaks", { hasText: who });

test("a fact is found by another word, set, made unknown and removed", {}, async ({ open }) => {
  const { page } = await open("/try");
  await speaks(page, "Nobody speaks").waitFor();
  await page.getByRole("button", { name: "Add a fact" }).click();
  await page.getByRole("combobox", { name: "Find a fact" }).or(page.getByRole("searchbox", { name: "Find a fact" })).waitFor();
  await page.keyboard.type("ER");
  await page.getByRole("option", { name: "time since leaving the ER or hospital" }).click();
  const number = page.getByRole("textbox", { name: /time since leaving/ });
  await number.fill("9999999");
  await page.keyboard.press("Enter");
  assert.equal(await number.getAttribute("aria-invalid"), "true");
  await accessible(page, "a number out of range");
  await number.fill("48");
  await page.keyboard.press("Enter");
  const value = page.getByRole("button", { name: /time since leaving.*48 hours/ });
  await value.waitFor();
  await page.getByText("Left the ER or hospital in the last 30 days").first().waitFor();
  const focused = (what) => until(() => what.evaluate((b) => b === document.activeElement), "the focus returns to what opened it");
  await focused(page.getByRole("button", { name: "Add a fact" }));
  await value.click();
  await page.getByRole("button", { name: "Not known" }).click();
  const now = page.getByRole("button", { name: /time since leaving.*Not known/ });
  await now.waitFor();
  await focused(now);
  await page.getByRole("button", { name: /^Remove: time since leaving/ }).click();
  await speaks(page, "Nobody speaks").waitFor();
});

test("one question that would help is answered in its place", {}, async ({ open }) => {
  const { page } = await open("/try");
  const needed = page.getByRole("region", { name: "One question would help" });
  await needed.waitFor();
  const before = await needed.innerText();
  await needed.getByRole("button").first().click();
  const answer = page.getByRole("dialog").getByRole("option").first();
  await answer.waitFor();
  await accessible(page, "a question open");
  await answer.click();
  await page.waitForFunction((was) => document.querySelector(".needed")?.innerText !== was, before);
});

test("a link brings the same person, and nothing of it to the server", {}, async ({ open, url }) => {
  const { page } = await open("/try");
  await gym(page).click();
  await speaks(page, "The plan speaks").waitFor();
  await page.getByRole("button", { name: "Copy link" }).click();
  await page.getByText("Link copied").waitFor();
  const link = new URL(await page.evaluate(() => navigator.clipboard.readText()));
  assert.match(link.hash, /^#p=/);
  assert.equal(link.search, "");
  await page.evaluate(() => sessionStorage.removeItem("rightvoice.trial"));
  await page.goto(`${url}/v1/meta`);
  await page.goto(link.href);
  await page.getByRole("button", { name: /benefits: gym pass/ }).waitFor();
  await speaks(page, "The plan speaks").waitFor();
});

test("the panel keeps the person from page to page and follows the draft", {}, async ({ open, url }) => {
  const { draftId } = await draftOf(url, { operations: says("provider") });
  const { page } = await open("/try", { draft: draftId, panel: true });
  await gym(page).click();
  await page.getByRole("link", { name: "Scenarios" }).click();
  const panel = page.getByRole("complementary", { name: "Try it" });
  await panel.getByText("The care team speaks").waitFor();
  const { etag } = await call(url, "GET", `drafts/${draftId}`);
  await call(url, "PATCH", `drafts/${draftId}`, { etag, operations: says("insurer") });
  // Whoever comes back to the page looks again, but not within seconds of the last look.
  const looking = setInterval(() => page.evaluate(() => window.dispatchEvent(new Event("visibilitychange"))).catch(() => {}), 1000);
  try {
    await panel.getByText("Same as live").waitFor();
  } finally {
    clearInterval(looking);
  }
});

test("the raw request stands under For developers", {}, async ({ open }) => {
  const { page } = await open("/try");
  await gym(page).click();
  await speaks(page, "The plan speaks").waitFor();
  await page.getByText("For developers").click();
  await page.getByText("/v1/recommendations").waitFor();
  await accessible(page, "for developers");
});

// What people come for, each within its budget of presses, by pointer and by
// keyboard alone: finding and changing rules.
import { call, draftOf } from "../harness.mjs";
import { assert, task, inDraft } from "../task.mjs";

/** Finds a rule in the list by typing, and opens it with one press. */
async function openRule({ page, hand }, words, title) {
  const link = page.getByRole("link", { name: title, exact: true });
  await page.locator(".row").first().waitFor();
  await hand.type("/");
  await hand.type(words);
  await link.first().waitFor();
  if (hand.by === "pointer") await link.first().click();
  else {
    await page.locator(".row").nth(0).getByRole("link", { name: title, exact: true }).waitFor();
    await hand.key("Enter");
  }
  await page.getByRole("textbox", { name: "Title" }).waitFor();
}

task("find the rule about the sleep class", { presses: 1, path: "/rules" }, async ({ page, hand }) => {
  await page.locator(".row").first().waitFor();
  await hand.type("/");
  await hand.type("sleep class");
  const row = page.locator(".row").first();
  await page.getByText(/^\d+ fits?$/).waitFor();
  await row.filter({ hasText: /sleep class/i }).waitFor();
  if (hand.by === "pointer") await row.getByRole("link").click();
  else await hand.key("Enter");
  await page.locator("article.editor").waitFor();
  assert.match(await page.locator("article.editor").innerText(), /sleep/i);
});

task("change 14 days to 7", { presses: 3, path: "/rules" }, async ({ page, hand, url, user }) => {
  await openRule({ page, hand }, "new drug", "New drug in the last 14 days");
  const value = page.getByRole("button", { name: "Value: 14 days" });
  await hand.press(value);
  await page.getByRole("dialog").getByRole("textbox").waitFor();
  await hand.type("7");
  await hand.key("Enter");
  const changed = page.getByRole("button", { name: "Value: 7 days" });
  await changed.waitFor();
  await page.getByText("Saved", { exact: true }).waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute("aria-label") === "Value: 7 days");
  const { rule } = await inDraft(url, user, "mindset", "new-drug");
  assert.match(rule.sentence.map((t) => t.text).join(""), /7 days/);
});

task("add “and the gym pass is available”", { presses: 3, path: "/rules" }, async ({ page, hand, url, user }) => {
  await openRule({ page, hand }, "member has a benefit", "The member has a benefit for this");
  await hand.press(page.getByRole("button", { name: "Add a condition" }));
  const search = page.getByRole("dialog").getByRole("searchbox");
  await search.waitFor();
  await hand.type("gym");
  const option = page.getByRole("option", { name: /gym pass/i }).first();
  await option.waitFor();
  if (hand.by === "pointer") await option.click();
  else {
    await hand.move("ArrowDown");
    await hand.key("Enter");
  }
  await page.getByText("Saved", { exact: true }).waitFor();
  const { rule } = await inDraft(url, user, "sender", "benefit-for-this-topic");
  assert.match(rule.sentence.map((t) => t.text).join(""), /gym pass/i);
});

task("change the sender", { presses: 2, path: "/rules/sender/habits-without-a-tie" }, async ({ page, hand, url, user }) => {
  await hand.press(page.getByRole("button", { name: /^Outcome: / }));
  await hand.press(page.getByRole("option", { name: /provider/i }));
  await page.getByText("Saved", { exact: true }).waitFor();
  const { rule } = await inDraft(url, user, "sender", "habits-without-a-tie");
  assert.equal(rule.outcome, "provider");
});

task("change words of advice in English and Spanish", { presses: 2, path: "/rules/advice/gym" }, async ({ page, hand, url, user }) => {
  const english = page.getByRole("textbox", { name: "What members read, English" });
  const spanish = page.getByRole("textbox", { name: "What members read, Spanish" });
  await hand.into(english);
  await hand.move("PageDown");
  await hand.type(" Ask at the desk.");
  if (hand.by === "pointer") {
    await page.getByRole("tab", { name: "Spanish" }).first().click();
    await hand.move("Tab");
  } else {
    await hand.move("Shift+Tab");
    await hand.move("ArrowRight");
    await hand.move("Tab");
  }
  await spanish.waitFor();
  await page.waitForFunction(() => document.activeElement?.tagName === "TEXTAREA");
  await hand.type("Pregunte en la entrada. ");
  await page.getByText("Saved", { exact: true }).waitFor();
  const { advice } = await inDraft(url, user, "advice", "gym", (a) => /desk/.test(a.words.en.text) && /entrada/.test(a.words.es.text));
  assert.match(advice.words.en.text, /Ask at the desk\./);
  assert.match(advice.words.es.text, /Pregunte en la entrada\./);
});

task("a new rule like this one, at the top", { presses: 4, path: "/rules" }, async ({ page, hand, url, user }) => {
  const title = "New drug in the last 14 days";
  await page.locator(".row").first().waitFor();
  await hand.type("/");
  await hand.type("new drug in the last");
  await page.getByText(/^\d+ fits?$/).waitFor();
  await hand.press(page.getByRole("button", { name: `More for ${title}`, exact: true }));
  await hand.press(page.getByRole("menuitem", { name: "Duplicate" }));
  await page.getByRole("link", { name: `${title} (copy)` }).waitFor();
  await hand.press(page.getByRole("button", { name: `More for ${title} (copy)`, exact: true }));
  await hand.press(page.getByRole("menuitem", { name: "Move to top" }));
  await page.getByText("Saved", { exact: true }).waitFor();
  const { content } = await inDraft(url, user, "mindset", "new-drug", undefined, (c) => c.rules.find((r) => r.table === "mindset" && r.title === `${title} (copy)`)?.position === 1);
  assert.equal(content.rules.find((r) => r.table === "mindset").title, `${title} (copy)`);
});

const wrongSender = [{ do: "set_key", list: "sender", row: "care-is-the-providers", key: "then", value: "insurer" }];

task(
  "fix what breaks a guardrail",
  { presses: 2, path: "/rules", before: async (url, user) => ({ draft: (await draftOf(url, { user, operations: wrongSender })).draftId }) },
  async ({ page, hand, url, draft }) => {
    await hand.press(page.getByRole("button", { name: /\d+ to fix/ }));
    const finding = page.getByRole("article").filter({ hasText: "Someone could slip through" }).first();
    await finding.waitFor();
    assert.match(await finding.locator(".story").first().innerText(), /A member|would/);
    await hand.press(finding.getByRole("button").first());
    await page.getByText("All holds").waitFor();
    const report = await call(url, "POST", `drafts/${draft}:check`, {});
    assert.equal(report.green, true);
  },
);

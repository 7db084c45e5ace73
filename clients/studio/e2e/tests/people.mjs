// Who is there: two at one rule, one without the right, one with a token, one
// whose draft is refused.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { accessible, assert, call, draftOf, serve, shot, test, token, until } from "../harness.mjs";
import { tooShort } from "../scene.mjs";

/** Sets the number of a condition in the open rule. */
async function setTo(page, from, to) {
  await page.getByRole("button", { name: `Value: ${from} days` }).click();
  await page.getByRole("dialog").getByRole("textbox").fill(String(to));
  await page.keyboard.press("Enter");
}

for (const whose of ["mine", "theirs"])
  test(`two people at one rule get a card with both sentences: keep ${whose}`, { expected: /status of 412/ }, async ({ open, url }) => {
    const { draftId } = await draftOf(url, { title: "Two at once", operations: [{ do: "set_value", list: "mindset", row: "test-out-of-range", at: "0", values: ["8 days"] }] });
    const [ann, ben] = [await open("/rules/mindset/new-drug", { user: "ann", draft: draftId }), await open("/rules/mindset/new-drug", { user: "ben", draft: draftId })];
    for (const { page } of [ann, ben]) await page.getByRole("button", { name: "Value: 14 days" }).waitFor();
    // Ben's window does not hear of what ann does until it sends its own edit.
    await ben.page.route(`**/v1/drafts/${draftId}?*`, (r) => r.abort());
    await ben.page.route(`**/v1/drafts/${draftId}`, (r) => (r.request().method() === "GET" ? r.abort() : r.continue()));
    await setTo(ann.page, 14, 10);
    await ann.page.getByRole("button", { name: "Value: 10 days" }).waitFor();
    await setTo(ben.page, 14, 21);
    const card = ben.page.getByRole("dialog", { name: "Someone else changed this draft too" });
    await card.waitFor();
    assert.match(await card.locator("section").nth(0).innerText(), /10 days/, "their sentence");
    assert.match(await card.locator("section").nth(1).innerText(), /21 days/, "my sentence");
    await accessible(ben.page, "merge card");
    await shot(ben.page, "merge card");
    await ben.page.unrouteAll();
    await card.getByRole("button", { name: whose === "mine" ? "Put mine on top of theirs" : "Keep theirs only" }).click();
    const kept = whose === "mine" ? "21 days" : "10 days";
    await ben.page.getByRole("button", { name: `Value: ${kept}` }).waitFor();
    await until(async () => {
      const content = await call(url, "GET", `content?draft_id=${draftId}`);
      return content.rules.find((r) => r.id === "new-drug").sentence.map((t) => t.text).join("").includes(kept);
    }, "the draft holds what was kept");
  });

test("what breaks a guardrail cannot be submitted; the page says why and what to do", {}, async ({ open, url }) => {
  const { draftId } = await draftOf(url, { title: "Too short", operations: tooShort });
  const { page } = await open(`/review/${draftId}`, { draft: draftId });
  const region = page.getByRole("region", { name: "What can be done" });
  await region.getByText(/things? (has|have) to be fixed first/).first().waitFor();
  const submit = region.locator("button").filter({ hasText: "Submit for review" });
  assert.equal(await submit.getAttribute("aria-disabled"), "true");
  await page.getByRole("tab", { name: /Guardrails/ }).click();
  await page.getByRole("article").filter({ hasText: "Someone could slip through" }).first().waitFor();
});

test("a publish that is refused says the reason and the next step", { expected: /status of 40\d/ }, async ({ open, t }) => {
  const server = await serve();
  t.after(server.stop);
  const { url } = server;
  const words = (text) => [{ do: "set_words", list: "advice", row: "gym", key: "text", language: "en", text }];
  const approved = async (text) => {
    const draft = await draftOf(url, { title: text, operations: words(text) });
    await call(url, "POST", `drafts/${draft.draftId}:submit`, { etag: draft.etag });
    return call(url, "POST", `drafts/${draft.draftId}:approve`, { etag: draft.etag }, "ben");
  };
  const [first, second] = [await approved("Your plan has a gym pass for you."), await approved("There is a gym pass for you.")];
  const { page } = await open(`/review/${second.draftId}`, { url, user: "ben" });
  await page.getByRole("button", { name: "Publish…" }).click();
  // Meanwhile somebody else publishes: what was approved no longer stands on what is live.
  await call(url, "POST", `drafts/${first.draftId}:publish`, { etag: first.etag }, "ben");
  await page.getByRole("dialog").getByRole("button", { name: "Publish now" }).click();
  const said = page.getByRole("alert").filter({ hasText: "Another version was published meanwhile." });
  await said.waitFor();
  await accessible(page, "refused publish");
  await shot(page, "refused publish");
  assert.ok((await said.getByRole("button").count()) + (await page.getByRole("dialog").getByRole("button", { name: "Bring up to date" }).count()) > 0, "the next step is offered");
});

/** A server that asks who is there. */
async function guarded(t, ...who) {
  const folder = mkdtempSync(join(tmpdir(), "rightvoice-auth-"));
  const file = join(folder, "auth.yaml");
  const tokens = who.map(([name, ...roles]) => token(name, ...roles));
  writeFileSync(file, `tokens:\n${tokens.map((x) => x.entry).join("\n")}\n`, { mode: 0o600 });
  const server = await serve(["--auth-file", file]);
  t.after(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });
  return { url: server.url, secrets: tokens.map((x) => x.secret) };
}

test("somebody signs in with a token, is told if it is wrong, and signs out", { expected: /status of 401/ }, async ({ open, t }) => {
  const { url, secrets } = await guarded(t, ["ann", "author", "viewer"]);
  const { page } = await open("/rules", { url, user: "" });
  const field = page.getByLabel("Token");
  await field.waitFor();
  await accessible(page, "sign in");
  await shot(page, "sign in");
  await field.fill("not-a-token");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").filter({ hasText: "This token was not accepted" }).waitFor();
  await page.getByLabel("Token").fill(secrets[0]);
  await page.keyboard.press("Enter");
  await page.locator(".row").first().waitFor();
  await page.locator(".who", { hasText: "ann" }).first().waitFor();
  assert.equal(await page.evaluate((s) => JSON.stringify(localStorage).includes(s) || document.cookie.includes(s), secrets[0]), false, "the token outlives the tab");
  await page.getByRole("button", { name: "Sign out" }).first().click();
  await page.getByLabel("Token").waitFor();
});

test("a viewer's controls are there, do nothing, and say why, also by keyboard", { expected: /status of 403/ }, async ({ open, t }) => {
  const { url, secrets } = await guarded(t, ["vera", "viewer"]);
  const { page, hand } = await open("/rules/mindset/new-drug", { url, token: secrets[0], by: "keyboard" });
  const value = page.getByRole("button", { name: /Value: 14 days/ });
  await value.waitFor();
  await hand.press(value);
  assert.equal(await page.getByRole("dialog").count(), 0, "a picker opened");
  await page.locator(".editor-title button[aria-haspopup]").click();
  const item = page.getByRole("menuitem", { name: /Delete/ });
  await item.waitFor();
  assert.match(await item.innerText(), /role|right|author/i, "the menu says why");
  await shot(page, "viewer menu");
  await accessible(page, "viewer menu");
  await page.keyboard.press("Escape");
  assert.equal((await page.locator("[role=status], .saved").allInnerTexts()).join().includes("Saved"), false);
  assert.match(await page.locator("article.editor").innerText(), /14 days/);
});

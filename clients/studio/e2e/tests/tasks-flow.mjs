// What people come for, each within its budget of presses: from the change to
// what members hear, and back.
import { call, draftOf, serve, test } from "../harness.mjs";
import { assert, task } from "../task.mjs";

// One piece of advice in other words: nothing speaks against it, and nobody is answered differently.
const otherWords = (what) => [{ do: "set_words", list: "advice", row: "gym", key: "text", language: "en", text: `Your plan has a gym pass for you. Ask us for it. ${what}` }];
const drafted = async (url, user, stage) => {
  const draft = await draftOf(url, { user, title: `Gym words of ${user}`, operations: otherWords("Bring your card.") });
  if (stage === "DRAFT") return draft;
  const submitted = await call(url, "POST", `drafts/${draft.draftId}:submit`, { etag: draft.etag }, user);
  if (stage === "IN_REVIEW") return submitted;
  return call(url, "POST", `drafts/${draft.draftId}:approve`, { etag: draft.etag }, `second.${user}`);
};

task("see what the draft changes", { presses: 1, path: "/rules", before: async (url, user) => ({ draft: (await drafted(url, user, "DRAFT")).draftId }) }, async ({ page, hand }) => {
  await hand.press(page.getByRole("region", { name: "Draft" }).getByRole("link", { name: "Review" }));
  await page.getByRole("tab", { name: /What changed/ }).waitFor();
  await page.locator("ins").filter({ hasText: /card/ }).first().waitFor();
});

task(
  "submit for review",
  { presses: 2, before: async (url, user) => drafted(url, user, "DRAFT").then((d) => ({ draft: d.draftId, path: `/review/${d.draftId}` })) },
  async ({ page, hand, url, draft }) => {
    const submit = page.getByRole("region", { name: "What can be done" }).getByRole("button", { name: "Submit for review" });
    await page.locator("button:not([aria-disabled])", { hasText: "Submit for review" }).waitFor();
    await hand.press(submit);
    await page.getByRole("dialog").waitFor();
    await hand.key("Enter");
    await page.getByRole("heading", { name: /In review/ }).waitFor();
    assert.equal((await call(url, "GET", `drafts/${draft}`)).state, "IN_REVIEW");
  },
);

task(
  "approve what another wrote",
  { presses: 3, path: "/review", before: async (url, user) => ({ waits: await drafted(url, `author.of.${user}`, "IN_REVIEW") }) },
  async ({ page, hand, url, waits }) => {
    await hand.press(page.getByRole("link", { name: waits.title }));
    await page.getByRole("tab", { name: /What changed/ }).waitFor();
    await hand.press(page.getByRole("button", { name: "Approve", exact: true }));
    await page.getByRole("dialog").waitFor();
    await hand.key("Enter");
    await page.getByRole("button", { name: "Publish…" }).waitFor();
    assert.equal((await call(url, "GET", `drafts/${waits.draftId}`)).state, "APPROVED");
  },
);

task(
  "publish at a date",
  { presses: 4, before: async (url, user) => drafted(url, user, "APPROVED").then((d) => ({ draft: d.draftId, path: `/review/${d.draftId}` })) },
  async ({ page, hand, url, draft }) => {
    await hand.press(page.getByRole("button", { name: "Publish…" }));
    const later = page.getByRole("radio", { name: "At a date and time" });
    await later.waitFor();
    if (hand.by === "pointer") await later.check();
    else {
      await hand.into(page.getByRole("radio", { name: "Now" }));
      await hand.move("ArrowDown");
    }
    await hand.into(page.getByLabel("Date", { exact: true }));
    await page.getByLabel("Date", { exact: true }).fill("2099-12-01");
    await hand.key("Enter");
    await page.getByText(/Will be published/).first().waitFor();
    const { state, publishAt } = await call(url, "GET", `drafts/${draft}`);
    assert.equal(state, "SCHEDULED");
    assert.match(publishAt, /^2099-12-01/);
    await call(url, "POST", `drafts/${draft}:cancel`, { etag: (await call(url, "GET", `drafts/${draft}`)).etag });
  },
);

// Publishing changes what all see, so this has a server of its own.
for (const by of ["pointer", "keyboard"])
  test(`roll back to the version before, ${by}: 3 presses`, {}, async ({ open, t }) => {
    const server = await serve();
    t.after(server.stop);
    const { url } = server;
    const draft = await drafted(url, "ann", "APPROVED");
    await call(url, "POST", `drafts/${draft.draftId}:publish`, { etag: draft.etag }, "ben");
    const { page, hand } = await open("/rules", { url, by });
    await page.locator(".row").first().waitFor();
    hand.reset();
    await hand.press(page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "History" }));
    await hand.press(page.getByRole("button", { name: "Roll back to this…" }).first());
    const dialog = page.getByRole("dialog");
    await dialog.getByText("1 change", { exact: true }).waitFor();
    await dialog.getByText(/answered differently/).waitFor();
    await hand.press(dialog.getByRole("button", { name: "Roll back" }));
    await page.getByText("Version 3").first().waitFor();
    assert.ok(hand.presses <= 3, `${hand.presses} presses`);
    assert.equal(by === "keyboard" ? hand.pointer : 0, 0);
    const gym = (await call(url, "GET", "content")).advice.find((a) => a.id === "gym");
    assert.doesNotMatch(gym.words.en.text, /card/);
  });

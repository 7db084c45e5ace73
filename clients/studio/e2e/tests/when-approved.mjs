// A draft that the last approval publishes, and what stays of it in the history.
import { accessible, assert, call, draftOf, fits, serve, test } from "../harness.mjs";

test("the last approval publishes what was submitted so, and what approvers saw stays", {}, async ({ open }) => {
  const { url } = await serve();
  const operations = [{ do: "set_words", list: "advice", row: "sleep_help", key: "text", language: "en", text: "Your plan has a sleep class." }];
  const { draftId } = await draftOf(url, { title: "A class on sleep", operations });
  const ann = (await open(`/review/${draftId}`, { url, user: "ann" })).page;
  await ann.getByRole("button", { name: "Submit for review" }).first().click();
  const submit = ann.getByRole("dialog");
  await submit.getByLabel("Publish when approved").check();
  await accessible(ann, "submitting");
  await submit.getByRole("button", { name: "Submit for review" }).click();
  await ann.getByText(/asked for it to be published when it is approved/).waitFor();

  const ben = (await open(`/review/${draftId}`, { url, user: "ben" })).page;
  await ben.getByRole("button", { name: "Approve" }).first().click();
  const approve = ben.getByRole("dialog");
  assert.equal(await approve.getByLabel(/publish/i).count(), 0, "who approves is not asked again");
  await approve.getByRole("button", { name: "Approve" }).click();
  await ben.getByRole("link", { name: /version 2/i }).first().waitFor();
  const { version, impact, changes } = await call(url, "GET", "versions/2");
  assert.deepEqual([version.by, version.with, changes.length, Boolean(impact.assessedAt)], ["ann", "ben", 1, true]);

  for (const path of ["/history/2", `/review/${draftId}#affected`]) {
    const { page } = await open("/", { url, user: "cy" });
    const anew = [];
    page.on("request", (r) => /:(impact|compare|check)$/.test(new URL(r.url()).pathname) && anew.push(r.url()));
    await page.goto(`${url}/studio${path}`);
    await page.getByText(/As it was worked out on/).waitFor();
    await page.waitForLoadState("networkidle");
    assert.deepEqual(anew, [], `${path} works nothing out anew`);
    await accessible(page, path);
  }
  const narrow = (await open("/history/2", { url, width: 320, lang: "es" })).page;
  await narrow.getByText(/Como se calculó/).waitFor();
  await fits(narrow, "a version");
});

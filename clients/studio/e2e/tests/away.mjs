// The server goes away while somebody works.
import { accessible, assert, call, serve, shot, test, until } from "../harness.mjs";

test("nothing that is typed while the server is gone is lost", { expected: /ERR_CONNECTION|ERR_INCOMPLETE|ERR_EMPTY_RESPONSE|Failed to load resource/ }, async ({ open, t }) => {
  const server = await serve();
  t.after(server.stop);
  const { url } = server;
  const { page } = await open("/rules/advice/gym", { url });
  const text = page.getByRole("textbox", { name: "What members read, English" });
  await text.fill("Your plan has a gym pass. First.");
  await page.getByText("Saved", { exact: true }).waitFor();

  await server.kill();
  await text.fill("Your plan has a gym pass. Second.");
  const banner = page.getByRole("alert").filter({ hasText: "The server cannot be reached" });
  await banner.waitFor();
  await accessible(page, "server gone");
  await shot(page, "server gone");
  await text.fill("Your plan has a gym pass. Third, typed while nobody listened.");
  await page.getByText(/changes? waits?/).first().waitFor();

  await server.again();
  await page.getByText("Saved", { exact: true }).waitFor();
  await banner.waitFor({ state: "detached" });
  assert.match(await text.inputValue(), /Third/);
  await until(async () => {
    const { drafts } = await call(url, "GET", "drafts");
    assert.ok(drafts.length <= 1, "the change was made once");
    const content = await call(url, "GET", `content?draft_id=${drafts[0].draftId}`);
    return content.advice.find((a) => a.id === "gym").words.en.text.includes("Third, typed while nobody listened.");
  }, "the draft has what was typed last");
});

test("what waits outlives a reload of the page", { expected: /ERR_CONNECTION|ERR_INCOMPLETE|ERR_EMPTY_RESPONSE|Failed to load resource/ }, async ({ open, url }) => {
  const { page } = await open("/rules/advice/gym", { user: "reload" });
  const text = page.getByRole("textbox", { name: "What members read, English" });
  await text.fill("Your plan has a gym pass. One.");
  await page.getByText("Saved", { exact: true }).waitFor();
  await page.route("**/v1/drafts/*", (r) => (r.request().method() === "PATCH" ? r.abort("connectionrefused") : r.continue()));
  await text.fill("Your plan has a gym pass. Two.");
  await page.getByText(/changes? waits?/).first().waitFor();
  await page.unrouteAll();
  await page.reload();
  await until(async () => {
    const mine = (await call(url, "GET", "drafts", undefined, "reload")).drafts.filter((d) => d.authors.includes("reload"));
    const content = await call(url, "GET", `content?draft_id=${mine[0].draftId}`);
    return content.advice.find((a) => a.id === "gym").words.en.text.includes("Two.");
  }, "what waited was sent after the reload");
});

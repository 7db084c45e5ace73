// The table: cells edited by keyboard, rows to and from a spreadsheet, gaps and
// overlaps.
import { accessible, assert, call, draftOf, test, until } from "../harness.mjs";

const at = (page, row, column) => page.locator(`[data-at="${row},${column}"]`);
const ours = "benefit-for-this-topic";

/** The table of senders with a draft; `rule` says what the draft has of one, `place` in which row it stands. */
async function table({ open, url }, title) {
  const { draftId } = await draftOf(url, { title });
  const { page } = await open("/table", { draft: draftId });
  await at(page, 1, 0).waitFor();
  const content = () => call(url, "GET", `content?draft_id=${draftId}`);
  const rule = async (id = ours) => (await content()).rules.find((r) => r.id === id);
  const shown = page.locator(`tbody tr:has(a[href$="/sender/${ours}"]) [data-at]`).first();
  const row = Number((await shown.getAttribute("data-at")).split(",")[0]);
  return { page, content, rule, row, columns: await page.locator("thead th").count() };
}

test("arrows move, Enter edits the cell, Alt and arrows move the rule, Ctrl+Z undoes", {}, async (on) => {
  const { page, rule, row, columns } = await table(on, "Cells");
  const has = (cell) => page.waitForFunction((c) => document.activeElement?.getAttribute("data-at") === c, cell);
  await at(page, row, 0).focus();
  await page.keyboard.press("ArrowRight");
  await has(`${row},1`);
  await page.keyboard.press("End");
  await has(`${row},${columns - 1}`);
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await accessible(page, "a cell open");
  await page.getByRole("option", { name: "the provider" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await until(async () => (await rule()).outcome === "provider", "the outcome is edited");
  await page.getByText("Saved", { exact: true }).waitFor();
  await has(`${row},${columns - 1}`);
  await page.keyboard.press("Control+z");
  await until(async () => (await rule()).outcome === "insurer", "the edit is undone");
  const was = (await rule()).position;
  await at(page, row, 0).focus();
  await page.keyboard.press("Alt+ArrowUp");
  await until(async () => (await rule()).position === was - 1, "the rule is moved");
  await has(`${row - 1},0`);
  await page.getByText("Saved", { exact: true }).waitFor();
  await page.keyboard.press("Control+z");
  await until(async () => (await rule()).position === was, "the move is undone");
});

test("rows go to a spreadsheet and come back as typed edits; what cannot be read is refused by its cell", {}, async (on) => {
  const { page, rule, row, columns } = await table(on, "Rows");
  await at(page, row, 0).focus();
  await page.keyboard.press("Control+c");
  await page.getByText("1 row copied").waitFor();
  const tsv = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(tsv.split("\t").length, columns);
  await page.keyboard.press("Control+v");
  await page.getByText("Nothing is different").waitFor();
  const paste = async (last) => {
    await page.evaluate((text) => navigator.clipboard.writeText(text), tsv.replace(/[^\t]+$/, last));
    await at(page, row, 0).focus();
    await page.keyboard.press("Control+v");
  };
  await paste("the moon");
  const refused = page.getByRole("dialog", { name: "Nothing was pasted" });
  await refused.getByText("the moon").waitFor();
  await accessible(page, "a refused paste");
  await page.keyboard.press("Escape");
  await refused.waitFor({ state: "detached" });
  await paste("nobody");
  await until(async () => (await rule()).outcome === "nobody", "the outcome is pasted");
  await page.getByText("Saved", { exact: true }).waitFor();
  await page.keyboard.press("Control+z");
  await until(async () => (await rule()).outcome === "insurer", "the paste is undone");
});

test("gaps and overlaps show a member, and a gap becomes a rule", {}, async (on) => {
  const { page, content } = await table(on, "Gaps");
  await page.getByRole("button", { name: "Show overlaps" }).click();
  await page.getByRole("heading", { name: /overlaps?: two rules fit/ }).waitFor();
  await accessible(page, "overlaps");
  await page.getByRole("button", { name: "Show overlaps" }).click();
  await page.getByRole("button", { name: "Show gaps" }).click();
  await page.getByRole("heading", { name: /gaps?: only the default row/ }).waitFor();
  await accessible(page, "gaps");
  await page.getByRole("button", { name: "Make a rule from this" }).first().click();
  await until(async () => (await content()).rules.some((r) => r.id.startsWith("gap-")), "the rule is there");
  assert.deepEqual((await content()).problems, []);
});

// Scenarios: what a draft changes is told and accepted, one is written without
// a word of YAML, rules that none reaches get some.
import { accessible, assert, call, draftOf, test, until } from "../harness.mjs";

const change = { do: "set_key", list: "sender", row: "benefit-for-this-topic", key: "then", value: "provider" };
const row = (page, name) => page.locator("li.scenario", { has: page.getByRole("link", { name }) });

/** The page with a draft, and what the draft holds. */
async function scenarios({ open, url }, operations = [change]) {
  const { draftId } = await draftOf(url, { title: "Scenarios", operations });
  const { page } = await open("/scenarios", { draft: draftId });
  const found = async (is) => (await call(url, "GET", `content?draft_id=${draftId}`)).scenarios.find(is);
  return { page, found, draftId };
}

test("what the draft changes is told, and a new answer accepted", {}, async (on) => {
  const { page, found } = await scenarios(on);
  const one = row(page, /Nothing acute and a gym pass/);
  await one.getByText("The draft says").waitFor();
  await page.getByText(/All \d+ rules are reached|never hit/).waitFor();
  assert.match(await one.textContent(), /the insurer[\s\S]*the provider/);
  await one.getByRole("button", { name: "Accept new answer" }).click();
  await one.getByText(/^Expects .*the provider/).waitFor();
  const s = await until(() => found((x) => x.id === "exercise-with-a-gym-pass" && x.expect[0].sender === "provider"), "the draft expects the new answer");
  assert.equal(s.expect[0].topic, "");
  assert.deepEqual(s.request.context.benefitAvailable, ["gym"]);
  await page.getByRole("button", { name: /\d+ change/ }).click();
  await accessible(page, "only those that change");
  assert.match(await page.getByRole("link", { name: "Not what I want: open the rule" }).first().getAttribute("href"), /\/rules\/sender\//);
});

test("a scenario is written, changed and deleted without a word of YAML", {}, async (on) => {
  const { page, found } = await scenarios(on);
  await page.getByRole("link", { name: "New scenario" }).click();
  await page.getByLabel("What it shows").fill('She asks: "sleep?" – no');
  await page.getByRole("button", { name: /^Asks about/ }).click();
  await page.getByRole("dialog").waitFor();
  await page.keyboard.type("sleep");
  await page.getByRole("option", { name: "sleep", exact: true }).click();
  await page.getByRole("button", { name: "Expect the present answer" }).click();
  await accessible(page, "a new one");
  await page.getByRole("button", { name: "Create" }).click();
  const link = page.getByRole("link", { name: /She asks/ });
  await link.waitFor();
  const s = await until(() => found((x) => x.about === 'She asks: "sleep?" – no'), "the draft has it");
  assert.equal(s.request.topic, "sleep");
  await link.click();
  await page.getByRole("button", { name: /^Who speaks|nobody/ }).first().click();
  await page.getByRole("option", { name: "the insurer" }).click();
  await page.getByRole("link", { name: "All scenarios" }).click();
  await row(page, /She asks/).getByRole("button", { name: /Accept new answer/ }).waitFor();
  await until(() => found((x) => x.id === s.id && x.expect[0].sender === "insurer"), "the draft expects the insurer");
  await row(page, /She asks/).getByRole("button", { name: /^More about/ }).click();
  await page.getByRole("menuitem", { name: "Delete" }).waitFor();
  await accessible(page, "the menu");
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await link.waitFor({ state: "detached" });
  await until(async () => !(await found((x) => x.id === s.id)), "it is gone from the draft");
});

test("rules that no scenario reaches get some out of the proof", {}, async (on) => {
  // Nothing reaches a rule whose only scenarios are gone.
  const { runs } = await call(on.url, "POST", "content:runScenarios", { of: {} });
  const reach = runs.filter((r) => r.results[0].rules.some((x) => x.id === "no-program-for-a-patient")).map((r) => r.id);
  assert.ok(reach.length > 0);
  const { page, draftId } = await scenarios(on, reach.map((id) => ({ do: "delete", list: "cases", row: id })));
  await page.getByText(/never hit by a scenario/).waitFor();
  await accessible(page, "coverage");
  await page.getByRole("button", { name: "Make scenarios" }).click();
  await page.getByText(/All \d+ rules are reached/).waitFor();
  const again = await call(on.url, "POST", "content:runScenarios", { of: { draftId } });
  const made = again.runs.filter((r) => r.id.startsWith("reaches-"));
  assert.ok(made.length > 0 && made.every((r) => r.results[0].holds), JSON.stringify(made));
});

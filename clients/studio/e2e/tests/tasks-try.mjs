// What people come for, each within its budget of presses: trying rules on
// people, and keeping what came out.
import { call, draftOf, until } from "../harness.mjs";
import { assert, task } from "../task.mjs";

// The plan's gym pass comes from the care team.
const change = [{ do: "set_key", list: "sender", row: "benefit-for-this-topic", key: "then", value: "provider" }];
const before = async (url, user) => ({ draft: (await draftOf(url, { user, operations: change })).draftId });
const person = (page) => page.getByRole("listbox", { name: "People" }).getByRole("option").filter({ hasText: /Nothing acute and a gym pass/ }).first();

/** Chooses one of the people; by keyboard by typing. */
async function choose({ page, hand }) {
  await person(page).waitFor();
  if (hand.by === "pointer") return person(page).click();
  await hand.into(page.getByRole("combobox", { name: "Find a person" }));
  await hand.type("nothing acute and a gym");
  await person(page).waitFor();
  await hand.move("ArrowDown");
  await hand.key("Enter");
}

task("try a person on draft and live, and read why", { presses: 1, path: "/try", before }, async ({ page, hand }) => {
  await choose({ page, hand });
  const [live, ours] = ["Live", "Draft"].map((which) => page.getByRole("region", { name: `Answer: ${which}` }));
  await live.getByText("The plan speaks").waitFor();
  await ours.getByText("The care team speaks").waitFor();
  await live.getByText("The member has a benefit for this").waitFor();
  await live.getByText(/It would fit if/).first().waitFor();
});

task("keep an answer as a scenario", { presses: 2, path: "/try", before }, async ({ page, hand, url, draft }) => {
  // The task begins with the answer.
  await choose({ page, hand });
  await page.getByRole("region", { name: "Answer: Draft" }).getByText("The care team speaks").waitFor();
  hand.reset();
  await hand.press(page.getByRole("button", { name: "Save as scenario" }));
  await page.getByRole("dialog").getByRole("textbox").waitFor();
  await hand.type("Somebody with a gym pass");
  await hand.key("Enter");
  await page.getByText("Scenario saved in the draft").waitFor();
  const made = await until(async () => (await call(url, "GET", `content?draft_id=${draft}`)).scenarios.find((s) => s.about === "Somebody with a gym pass"), "the draft has it");
  assert.equal(made.expect[0].sender, "provider");
  assert.deepEqual(made.request.context.benefitAvailable, ["gym"]);
  const { runs } = await call(url, "POST", "content:runScenarios", { of: { draftId: draft }, ids: [made.id] });
  assert.ok(runs[0].results[0].holds, runs[0].results[0].wrong.join());
});

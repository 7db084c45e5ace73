// Five minutes: somebody tells the portal that the other side should have
// spoken, and in the end it does.
import { accessible, assert, call, serve, test, until } from "../harness.mjs";
import { picture } from "../pictures.mjs";

test("five minutes: feedback, scenario, rule, proof, approval, publish, and the portal speaks otherwise", {}, async ({ open, t }) => {
  const server = await serve(["--demo"]);
  t.after(server.stop);
  const { url } = server;

  // The portal offers the gym to Devon, who got a new drug 20 days ago: longer than
  // such drugs count. Devon would rather hear it from the doctor.
  await call(url, "POST", "members:recordFacts", { asker: "ASKER_PROVIDER", events: [{ memberRef: "demo-devon", source: "pharmacy", asOf: new Date().toISOString(), context: { newRxDays: 20 } }] });
  const { page: portal } = await open("/", { url });
  await portal.goto(`${url}/demo/member?member=devon&page=wellness&topic=activity`);
  await portal.getByRole("heading", { name: "Gym pass" }).waitFor();
  await portal.getByRole("button", { name: "My doctor should tell me this" }).click();
  await portal.getByText("Thank you. The people who write the rules will see this.").waitFor();
  await picture(portal, "portal");

  // Ann sees the report and makes it a scenario by one press.
  await until(async () => (await call(url, "GET", "insights/reports")).reports.length > 0, "the reports arrive");
  const { page: ann, hand } = await open("/insights#reports", { url, user: "ann" });
  const report = ann.getByRole("article").filter({ hasText: "plan spoke, provider wanted" }).first();
  await report.waitFor();
  await picture(ann, "insights");
  hand.reset();
  await report.getByRole("button", { name: "Make a scenario" }).click();
  await ann.getByText("The scenario is in the draft").waitFor();
  assert.equal(hand.presses, 1);
  await ann.getByText("1 to fix").first().waitFor();

  // So few reported this that it tells nothing of them but what decided: Ann adds what is special here.
  await ann.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Scenarios" }).click();
  await ann.getByRole("link", { name: /The wrong side spoke about activity/ }).click();
  await ann.getByRole("button", { name: "Add a fact" }).click();
  await ann.getByRole("dialog").waitFor();
  await ann.keyboard.type("new drug");
  await ann.getByRole("option", { name: "time since a new drug" }).click();
  await ann.getByRole("textbox", { name: "time since a new drug" }).fill("20");
  await ann.keyboard.press("Enter");
  await ann.getByRole("button", { name: /time since a new drug.*20 days/ }).waitFor();
  await picture(ann, "scenario");

  // It fails until the rule counts new drugs for longer.
  await ann.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Rules" }).click();
  await ann.getByRole("searchbox").fill("new drug in the last");
  await ann.getByRole("link", { name: "New drug in the last 14 days" }).click();
  await ann.getByRole("button", { name: "Value: 14 days" }).click();
  await ann.getByRole("dialog").getByRole("textbox").fill("30");
  await ann.keyboard.press("Enter");
  await ann.getByRole("button", { name: "Value: 30 days" }).waitFor();
  await ann.getByText("All holds").waitFor();
  await picture(ann, "story");

  await ann.getByRole("region", { name: "Draft" }).getByRole("link", { name: "Review" }).click();
  await ann.locator("button:not([aria-disabled])", { hasText: "Submit for review" }).click();
  await ann.getByRole("dialog").waitFor();
  await ann.keyboard.press("Enter");
  await ann.getByRole("heading", { name: /In review/ }).waitFor();
  const draft = new URL(ann.url()).pathname.split("/").at(-1);

  // Ben reads it, approves and publishes.
  const { page: ben } = await open(`/review/${draft}`, { url, user: "ben" });
  await ben.locator("ins").first().waitFor();
  await ben.getByRole("button", { name: "Approve", exact: true }).click();
  await ben.getByRole("checkbox", { name: "Publish when approved" }).check();
  await ben.getByRole("button", { name: "Approve and publish" }).click();
  await ben.getByText("Version 2 is in force").first().waitFor();
  await accessible(ben, "published");

  // The same page of the same member: the plan hands over to the care team.
  await portal.reload();
  await portal.locator("#advice .handoff").waitFor();
  assert.match(await portal.locator("#advice").innerText(), /Your care team can help you with this/);
  await picture(portal, "portal-after");
});

import assert from "node:assert/strict";
import { test, accessible, call, shot } from "../harness.js";

/** Every page, and what shows that it is there. */
const pages = [
  ["member home", "/demo/member?member=devon&page=home", "#content .tiles"],
  ["member claims", "/demo/member?member=sam&page=claims", "#advice .card"],
  ["member find care", "/demo/member?member=devon&page=care", "#advice .card"],
  ["member wellness", "/demo/member?member=devon&page=wellness&topic=activity", "#advice .card"],
  ["member message", "/demo/member?member=devon&page=message", "#text"],
  ["provider patient", "/demo/provider?member=maria&topic=activity", "#known dl"],
  ["provider day", "/demo/provider?page=day", ".day tbody tr"],
  ["split", "/demo/?member=maria&topic=activity", ".seen-plan"],
];

test("every page is accessible in light, and dark, narrow and in Spanish, where no English is left", async ({ open, url }) => {
  const page = await open("/demo/");
  for (const [name, path, there] of pages) {
    await page.setViewportSize({ width: 1180, height: 900 });
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto(url + path);
    await page.locator(there).first().waitFor();
    // 200 rows are looked at once, below.
    if (name !== "provider day") await accessible(page, name);
    await shot(page, name);

    await page.setViewportSize({ width: 320, height: 640 });
    await page.emulateMedia({ colorScheme: "dark" });
    await page.goto(`${url}${path}&lang=es`);
    await page.locator(there).first().waitFor();
    await accessible(page, `${name}, dark, narrow, Spanish`);
    await shot(page, `${name} dark narrow Spanish`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${name} is ${wide} px too wide`);
    assert.equal(await page.getAttribute("html", "lang"), "es");
    const english = (await page.locator("body").innerText()).match(/\b(the|your|you|from|this|plan has|asked|about|Why|Helpful|patient|clinic day)\b/g);
    assert.deepEqual(english, null, name);
  }
});

test("the policy of the pages lets nothing else in", async ({ open, url, wrong }) => {
  for (const path of ["/demo/", "/demo/member", "/demo/provider"]) {
    const answer = await fetch(url + path);
    assert.match(answer.headers.get("content-security-policy"), /^default-src 'none'; script-src 'self'; style-src 'self';.*require-trusted-types-for 'script'$/);
    const html = await answer.text();
    assert.doesNotMatch(html, /<style|style=|onclick|<script(?![^>]*src="\/demo\/)|https?:/);
  }
  const page = await open("/demo/member?member=devon");
  await page.locator("#advice .card").waitFor();
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.append("window.broken = true");
    document.body.append(script);
    try {
      document.body.innerHTML = "<b>";
    } catch {
      return;
    }
    throw new Error("words could become markup");
  });
  assert.equal(await page.evaluate(() => window.broken), undefined);
  wrong.splice(0, wrong.length, ...wrong.filter((w) => !/Content Security Policy|TrustedHTML|TrustedScript/.test(w)));
});

test("the page itself tells the service about its people, and does so anew", async ({ open, url }) => {
  await call(url, "/v1/members:forget", { asker: "ASKER_INSURER", memberRef: "demo-devon" });
  const page = await open("/demo/member?member=devon");
  await page.locator("#advice .card").waitFor();
  await page.getByRole("button", { name: "Reset demo people" }).click();
  await page.getByText("All people are as at the start.").waitFor();
});

// What the page may load. No page that shows advice loads a tracker of others.
import { assert, test } from "../harness.mjs";
import { scene } from "../scene.mjs";

const wanted = {
  "default-src": "'none'", "script-src": "'self'", "style-src": /^'self' 'nonce-[\w+/=-]{16,}'$/, "img-src": "'self' data:", "font-src": "'self'",
  "connect-src": "'self'", "base-uri": "'none'", "form-action": "'self'", "frame-ancestors": "'none'", "require-trusted-types-for": "'script'",
};

test("the page is sent with the policy, and a nonce of its own each time", {}, async ({ url }) => {
  const nonces = new Set();
  for (let i = 0; i < 3; i++) {
    const answer = await fetch(`${url}/studio/rules`);
    const policy = Object.fromEntries(answer.headers.get("content-security-policy").split(/;\s*/).filter(Boolean).map((d) => d.split(/ (.*)/s)));
    const style = policy["style-src"];
    assert.match(style, wanted["style-src"]);
    assert.deepEqual(policy, { ...wanted, "style-src": style });
    nonces.add(style);
    const html = await answer.text();
    assert.ok(html.includes(/nonce-([^']+)/.exec(style)[1]), "the page carries its nonce");
    assert.doesNotMatch(html, /<script(?![^>]*\bsrc=)[^>]*>|\son\w+=|https?:\/\/(?!127\.0\.0\.1)/, "no inline script, nothing from elsewhere");
    assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
    assert.equal(answer.headers.get("cache-control"), "no-cache");
  }
  assert.equal(nonces.size, 3);
});

// Each window gathers violations of the policy and requests to elsewhere as
// faults; the tests of the screens open them all.
test("G16: the pages of the demo ask nothing of anybody but their own server", {}, async ({ open }) => {
  const s = await scene();
  const { page } = await open("/", { url: s.url });
  const asked = new Set();
  page.on("request", (r) => asked.add(new URL(r.url()).origin));
  for (const path of ["/demo/member", "/demo/provider", "/demo/split"]) {
    await page.goto(s.url + path);
    await page.locator("h1").first().waitFor();
  }
  assert.deepEqual([...asked], [s.url]);
  assert.deepEqual(await page.context().cookies(), []);
});

test("the guards see what they guard against", { expected: /against the policy|Content Security Policy|a request elsewhere|violates/i }, async ({ open }) => {
  const { page, complaints } = await open("/rules");
  await page.evaluate(() => void new Image().setAttribute("src", "x"));
  await page.evaluate(() => {
    const i = document.createElement("img");
    i.src = "http://127.0.0.2:9/pixel.gif";
    document.body.append(i);
  });
  await page.waitForFunction(() => performance.now() > 0);
  for (let i = 0; i < 200 && complaints.length === 0; i++) await page.waitForTimeout(50);
  assert.match(complaints.join(), /against the policy: img-src/);
});

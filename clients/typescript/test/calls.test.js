// What the client does when the service, the network or the caller misbehaves.
import assert from "node:assert/strict";
import { test } from "node:test";
import { RightvoiceClient, RightvoiceError } from "../dist/index.js";
import { answer, refuse, startStandIn } from "./server.js";

const question = { asker: "ASKER_INSURER", memberRef: "secret-member", topic: "sleep" };
const wait = { "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: "0.05s" };

async function standIn(t, handle, options = {}) {
  const server = await startStandIn(handle);
  t.after(server.stop);
  return { ...server, client: new RightvoiceClient({ baseUrl: server.url, ...options }) };
}

const failure = (promise) => promise.then(() => assert.fail("did not fail"), (error) => error);

test("repeats what is safe to repeat, under one request id", async (t) => {
  const { client, seen } = await standIn(t, (r, _, n) => (n < 3 ? refuse(r, 503, 14, "UNAVAILABLE") : answer(r, { decisionId: "d" })));
  assert.equal((await client.recommend(question)).decisionId, "d");
  assert.equal(seen.length, 3);
  assert.equal(new Set(seen.map((s) => s.headers["x-request-id"])).size, 1);
  assert.deepEqual(JSON.parse(seen[2].body), question);
});

test("asks about what it has, and takes it again if that is still right", async (t) => {
  let etag = "a";
  const { client, seen } = await standIn(t, (r, one) => {
    if (one.headers["if-none-match"] === `"${etag}"`) return r.writeHead(304, { ETag: `W/"${etag}"` }).end();
    const store = one.url.includes("secret") ? "no-store" : "private, no-cache";
    answer(r, { digest: etag }, { ETag: `"${etag}"`, "Cache-Control": store });
  });
  const content = (tenant) => client.call("get", "/v1/content", { query: { tenant } });
  const [first, again] = [await content("t"), await content("t")];
  assert.deepEqual([first, again], [{ digest: "a" }, { digest: "a" }]);
  assert.notEqual(first, again, "each caller has its own");
  etag = "b";
  assert.deepEqual(await content("t"), { digest: "b" });
  assert.deepEqual(await content("t"), { digest: "b" });
  await content("secret");
  await content("secret");
  assert.deepEqual(seen.map((s) => s.headers["if-none-match"] ?? ""), ["", '"a"', '"a"', '"b"', "", ""]);
  for (let i = 0; i < 8; i++) await content(`t${i}`);
  await content("t");
  assert.equal(seen.at(-1).headers["if-none-match"], undefined, "only so many are kept");
});

test("waits as long as it is asked to", async (t) => {
  for (const [more, headers, least] of [[[wait], { "Retry-After": "1" }, 50], [[], { "Retry-After": "1" }, 1000]]) {
    const { client } = await standIn(t, (r, _, n) => (n < 2 ? refuse(r, 429, 8, "OVERLOADED", more, headers) : answer(r, {})));
    const began = performance.now();
    await client.recommend(question);
    const took = performance.now() - began;
    assert.ok(took >= least - 5, `${took} ms`);
  }
});

test("gives up at once if the wait would be longer than the time left", async (t) => {
  const { client, seen } = await standIn(t, (r) => refuse(r, 429, 8, "OVERLOADED", [], { "Retry-After": "60" }));
  const error = await failure(client.recommend(question));
  assert.deepEqual([error.code, error.reason, error.retryAfterMs, seen.length], ["RESOURCE_EXHAUSTED", "OVERLOADED", 60_000, 1]);
});

test("does not repeat what may have been done", async (t) => {
  const { client, seen } = await standIn(t, (r, one, n) => (n === 3 ? answer(r, {}) : refuse(r, 503, 14, "UNAVAILABLE")));
  const publish = (requestId) => client.call("post", "/v1/drafts/{draft_id}:publish", { path: { draft_id: "d" }, body: { etag: "e", ...(requestId && { requestId }) } });
  assert.equal((await failure(publish())).code, "UNAVAILABLE");
  assert.equal(seen.length, 1);
  await publish("named");
  assert.equal(seen.length, 3, "a request with a name is done once however often it is sent");
});

test("repeats a change that was refused before it was looked at", async (t) => {
  const { client, seen } = await standIn(t, (r, _, n) => (n < 2 ? refuse(r, 429, 8, "OVERLOADED", [wait]) : answer(r, {})));
  await client.call("post", "/v1/drafts", { body: { title: "t" } });
  assert.equal(seen.length, 2);
});

test("does not repeat what is wrong", async (t) => {
  for (const [http, code] of [[400, 3], [403, 7], [404, 5], [409, 10], [412, 9], [500, 13], [504, 4]]) {
    const { client, seen } = await standIn(t, (r) => refuse(r, http, code, "SOME_REASON"));
    const error = await failure(client.recommend(question));
    assert.deepEqual([error.httpStatus, error.reason, seen.length], [http, "SOME_REASON", 1]);
  }
});

test("says that nobody is there, after as many tries as allowed", async () => {
  const { url, stop } = await startStandIn(() => {});
  await stop();
  let tries = 0;
  const counting = (...args) => (tries++, fetch(...args));
  const error = await failure(new RightvoiceClient({ baseUrl: url, attempts: 2, fetch: counting }).recommend(question));
  assert.ok(error instanceof RightvoiceError && error instanceof Error);
  assert.deepEqual([error.code, error.httpStatus, tries], ["UNAVAILABLE", 0, 2]);
  assert.ok(error.cause);
});

test("keeps its deadline", async (t) => {
  const half = (r) => (r.writeHead(200), r.write("{"));
  for (const hang of [() => {}, half]) {
    const { client } = await standIn(t, hang, { timeoutMs: 60 });
    const began = performance.now();
    assert.equal((await failure(client.recommend(question))).code, "DEADLINE_EXCEEDED");
    assert.ok(performance.now() - began < 2000);
  }
  const never = new RightvoiceClient({ baseUrl: "http://127.0.0.1:1", timeoutMs: 60, token: () => new Promise(() => {}) });
  assert.equal((await failure(never.recommend(question))).code, "DEADLINE_EXCEEDED");
  const deaf = new RightvoiceClient({ baseUrl: "http://127.0.0.1:1", fetch: () => new Promise(() => {}) });
  assert.equal((await failure(deaf.recommend(question, { timeoutMs: 60 }))).code, "DEADLINE_EXCEEDED");
});

test("ends with the reason of the caller's signal", async (t) => {
  const { client, seen } = await standIn(t, () => {});
  const stop = new AbortController();
  const call = failure(client.recommend(question, { signal: stop.signal }));
  while (seen.length === 0) await new Promise((done) => setTimeout(done, 5));
  stop.abort();
  assert.equal((await call).name, "AbortError");
  assert.equal((await failure(client.recommend(question, { signal: stop.signal }))).name, "AbortError");
  assert.equal(seen.length, 1, "nothing is sent once it is aborted");
});

test("ends while it waits for the next try", async (t) => {
  const { client, seen } = await standIn(t, (r) => refuse(r, 429, 8, "OVERLOADED", [], { "Retry-After": "3" }));
  const stop = new AbortController();
  const call = failure(client.recommend(question, { signal: stop.signal }));
  while (seen.length === 0) await new Promise((done) => setTimeout(done, 5));
  setTimeout(() => stop.abort(new Error("left the page")), 20);
  assert.equal((await call).message, "left the page");
});

test("asks for a token for every try, and never repeats it", async (t) => {
  let asked = 0;
  const token = async () => `t-${++asked}`;
  const { client, seen } = await standIn(t, (r, _, n) => (n < 2 ? refuse(r, 503, 14, "UNAVAILABLE") : answer(r, {})), { token });
  await client.recommend(question);
  assert.deepEqual(seen.map((s) => s.headers.authorization), ["Bearer t-1", "Bearer t-2"]);
  for (const bad of ["secret\ntoken", () => "secret tökén", () => Promise.reject(new Error("no key"))]) {
    const error = await failure(new RightvoiceClient({ baseUrl: "http://localhost", token: bad }).recommend(question));
    assert.equal(error.code, "UNAUTHENTICATED");
    assert.doesNotMatch(error.message, /secret/);
  }
});

test("sends no token in plain text to another machine", () => {
  const make = (baseUrl, more) => () => new RightvoiceClient({ baseUrl, token: "t", ...more });
  assert.throws(make("http://api.example"), /plain text/);
  for (const ok of ["https://api.example", "http://localhost:1", "http://127.0.0.1:1", "http://[::1]:1"]) make(ok)();
  make("http://api.example", { insecure: true })();
});

test("joins the base URL with paths", async (t) => {
  const { url, seen } = await standIn(t, (r) => answer(r, {}));
  for (const [base, want] of [["", "/v1/decisions/"], ["/", "/v1/decisions/"], ["/a/b", "/a/b/v1/decisions/"], ["/a/b//", "/a/b/v1/decisions/"]]) {
    await new RightvoiceClient({ baseUrl: url + base }).getDecision("a/b?c#d:é", { asker: "ASKER_PROVIDER" });
    assert.equal(seen.at(-1).url, `${want}a%2Fb%3Fc%23d%3A%C3%A9?asker=ASKER_PROVIDER`);
  }
  for (const id of ["", ".", ".."]) {
    const error = await failure(new RightvoiceClient({ baseUrl: url }).getDecision(id));
    assert.deepEqual([error.code, error.fieldViolations[0].field], ["INVALID_ARGUMENT", "decision_id"]);
  }
  assert.equal(seen.length, 4);
});

test("refuses options that cannot work", () => {
  for (const options of [{ baseUrl: "nowhere" }, { baseUrl: "ftp://a" }, { baseUrl: "https://u:p@a" }, { baseUrl: "https://a?b" }, { baseUrl: "https://a#b" },
    { baseUrl: "https://a", attempts: 0 }, { baseUrl: "https://a", attempts: 6 }, { baseUrl: "https://a", timeoutMs: 0 }, { baseUrl: "https://a", timeoutMs: NaN }]) {
    assert.throws(() => new RightvoiceClient(options), (e) => e instanceof TypeError || e instanceof RangeError, JSON.stringify(options));
  }
});

test("no error repeats what was sent or answered", async (t) => {
  const echo = (r, one) => (r.writeHead(502), r.end(`<html>${one.body}</html>`));
  const json = (r, value) => (r.writeHead(400, { "Content-Type": "application/json" }), r.end(JSON.stringify(value)));
  const own = (r, one) => json(r, { code: 5, message: one.body });
  const foreign = (r, one) => json(r, { code: 5, message: one.body, details: [{ "@type": wait["@type"].replace("RetryInfo", "ErrorInfo"), reason: one.body, domain: "proxy" }] });
  const text = (r, one) => r.end(`hello ${one.body}`);
  const cut = (r, one) => (r.writeHead(200, { "Content-Length": 1000 }), r.write(one.body), setTimeout(() => r.destroy(), 20));
  for (const [handle, code, http] of [[echo, "UNAVAILABLE", 502], [own, "INVALID_ARGUMENT", 400], [foreign, "INVALID_ARGUMENT", 400], [text, "INTERNAL", 0], [cut, "UNAVAILABLE", 0]]) {
    const { client } = await standIn(t, handle, { attempts: 1 });
    const error = await failure(client.recommend(question));
    assert.ok(error instanceof RightvoiceError);
    assert.deepEqual([error.code, error.httpStatus], [code, http]);
    assert.doesNotMatch(error.stack + error.reason + String(error.cause), /secret/);
  }
});

test("names the number that JSON cannot hold", async () => {
  const client = new RightvoiceClient({ baseUrl: "http://127.0.0.1:1", fetch: () => assert.fail("sent") });
  const error = await failure(client.recommend({ ...question, context: { hoursSinceAcuteCare: NaN } }));
  assert.deepEqual([error.code, error.fieldViolations[0].field], ["INVALID_ARGUMENT", "hoursSinceAcuteCare"]);
});

test("follows no redirect with a member's data", async (t) => {
  const other = await standIn(t, (r) => answer(r, {}));
  const { client } = await standIn(t, (r) => (r.writeHead(307, { Location: other.url }), r.end()), { attempts: 1 });
  assert.equal((await failure(client.recommend(question))).code, "UNAVAILABLE");
  assert.equal(other.seen.length, 0);
});

test("sends the headers it was given", async (t) => {
  const { client, seen } = await standIn(t, (r) => answer(r, {}), { headers: { "X-Gateway-Key": "k" } });
  await client.recommend(question, { requestId: "page-7" });
  assert.equal(seen[0].headers["x-gateway-key"], "k");
  assert.equal(seen[0].headers["x-request-id"], "page-7");
  assert.equal(seen[0].headers["content-type"], "application/json");
});

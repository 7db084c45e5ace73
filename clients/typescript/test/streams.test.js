// Answers that come line by line.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { RightvoiceClient } from "../dist/index.js";
import { refuse, startStandIn } from "./server.js";

async function standIn(t, handle, options = {}) {
  const server = await startStandIn(handle);
  t.after(server.stop);
  return { ...server, client: new RightvoiceClient({ baseUrl: server.url, ...options }) };
}

async function all(stream) {
  const got = [];
  try {
    for await (const one of stream) got.push(one);
  } catch (error) {
    return { got, error };
  }
  return { got };
}

test("yields lines as they come, wherever they are cut", async (t) => {
  const bytes = Buffer.from('{"n":1,"w":"é"}\n{"n":2}\r\n\n{"n":3}');
  const { client, seen } = await standIn(t, async (r) => {
    r.writeHead(200);
    for (const byte of bytes.subarray(0, -1)) {
      r.write(Buffer.of(byte));
      await new Promise(setImmediate);
    }
    r.end("}\n");
  });
  const { got, error } = await all(client.prove("d", { language: "es" }));
  assert.ifError(error);
  assert.deepEqual(got, [{ n: 1, w: "é" }, { n: 2 }, { n: 3 }]);
  assert.deepEqual([seen[0].method, seen[0].url, seen[0].body], ["POST", "/v1/drafts/d:prove", '{"language":"es"}']);
});

test("tells the first line before the second is written", async (t) => {
  let more;
  const { client } = await standIn(t, (r) => (r.write('{"n":1}\n'), (more = () => r.end('{"n":2}\n'))));
  const stream = client.watch({ tenant: "a", timeoutMs: 1500 });
  assert.deepEqual((await stream.next()).value, { n: 1 });
  await new Promise((done) => setTimeout(done, 1700)); // a stream outlives the time of a call
  more();
  assert.deepEqual((await stream.next()).value, { n: 2 });
  assert.equal((await stream.next()).done, true);
});

test("says why a stream ended before its end", async (t) => {
  const status = { code: 8, message: "m", details: [{ "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: "OVERLOADED", domain: "rightvoice" }] };
  const cases = [
    [(r) => r.end(`{"n":1}\n${JSON.stringify({ error: status })}\n`), "RESOURCE_EXHAUSTED"],
    [(r) => r.end('{"n":1}\n{"n":'), "UNAVAILABLE"],
    [(r) => r.end('{"n":1}\nsecret\n'), "INTERNAL"],
    [(r) => (r.write('{"n":1}\n'), setTimeout(() => r.destroy(), 20)), "UNAVAILABLE"],
  ];
  for (const [handle, code] of cases) {
    const { client } = await standIn(t, handle);
    const { got, error } = await all(client.watch());
    assert.deepEqual([got, error.code], [[{ n: 1 }], code]);
    assert.doesNotMatch(error.stack + String(error.cause), /secret/);
  }
});

test("a stream that is refused is an error like any other", async (t) => {
  const { client, seen } = await standIn(t, (r, _, n) => (n < 2 ? refuse(r, 503, 14, "UNAVAILABLE") : refuse(r, 404, 5, "NOT_FOUND")));
  const { got, error } = await all(client.prove("d"));
  assert.deepEqual([got, error.code, seen.length], [[], "NOT_FOUND", 2]);
});

test("leaving the loop, or the signal, ends the request", async (t) => {
  let closed;
  const { client } = await standIn(t, (r) => (r.write('{"n":1}\n'), (closed = new Promise((done) => r.on("close", done)))));
  for await (const one of client.watch()) {
    assert.deepEqual(one, { n: 1 });
    break;
  }
  await closed;
  const stop = new AbortController();
  const stream = client.watch({ signal: stop.signal });
  await stream.next();
  stop.abort();
  await assert.rejects(stream.next(), { name: "AbortError" });
  await closed;
});

test("the streams of the types are those of the API", () => {
  const proto = readFileSync(new URL("../../../proto/rightvoice/v1/rule_service.proto", import.meta.url), "utf8");
  const paths = [...proto.matchAll(/returns \(stream [^"]*?"(\/v1\/[^"]+)"/g)].map((m) => m[1]);
  const types = readFileSync(new URL("../src/types.ts", import.meta.url), "utf8");
  const ours = [...types.match(/type StreamPath = (.*);/)[1].matchAll(/"([^"]+)"/g)].map((m) => m[1]);
  assert.ok(paths.length > 0);
  assert.deepEqual(ours.sort(), paths.sort());
});

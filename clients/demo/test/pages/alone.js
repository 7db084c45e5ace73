// With Redis, and without it: answers still come, and say so.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import nodeTest from "node:test";
import { startRightvoice } from "../../../typescript/test/server.js";
import { test } from "../harness.js";

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** Starts Redis, and returns once it answers. */
async function redis(port, dir) {
  const child = spawn("redis-server", ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--dir", dir], { stdio: ["ignore", "pipe", "ignore"] });
  for await (const chunk of child.stdout) if (/Ready to accept connections/.test(chunk)) break;
  const ended = once(child, "exit");
  return async () => {
    child.kill("SIGKILL");
    await ended;
  };
}

function installed() {
  try {
    return execFileSync("redis-server", ["--version"]).length > 0;
  } catch {
    return false;
  }
}

if (!installed()) nodeTest("without the shared store", { skip: "left out: redis-server is not installed" }, () => {});
else test("without the shared store answers still come and say so; with it, both sides are one again", async ({ open, wrong }) => {
  const dir = mkdtempSync(join(tmpdir(), "rightvoice-redis-"));
  writeFileSync(join(dir, "secret"), "a secret of more than thirty-two characters\n");
  const port = await freePort();
  let stop = await redis(port, dir);
  const server = await startRightvoice("--demo", "--redis-url", `redis://127.0.0.1:${port}`, "--secret-file", join(dir, "secret"));
  try {
    const page = await open("/demo/?member=devon&topic=activity", server.url);
    await page.locator("#voice .voice-bar.one").waitFor();
    await stop();
    await page.locator("#voice .voice-bar.alone").waitFor();
    assert.match(await page.locator("#voice").innerText(), /the shared store does not answer/);

    const member = await open("/demo/member?member=devon&page=message", server.url);
    await member.locator("#text").fill("I have chest pain");
    await member.getByRole("button", { name: "Send" }).click();
    await member.getByRole("alert").getByText("This may be an emergency.").waitFor();

    stop = await redis(port, dir);
    await page.locator("#voice .voice-bar.one").waitFor();
    await page.goto("about:blank");
    await member.goto("about:blank");
  } finally {
    await server.stop();
    await stop();
    rmSync(dir, { recursive: true, force: true });
  }
  wrong.splice(0, wrong.length, ...wrong.filter((w) => !/ 503 /.test(w))); // what the browser says of a service that is away
});

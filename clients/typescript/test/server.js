// Starts servers for the tests: the real one, built from this repository, and
// stand-ins that misbehave as no real one can be made to.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const repository = fileURLToPath(new URL("../../..", import.meta.url));

/** Runs rightvoice with its default content on free ports. */
export async function startRightvoice(...flags) {
  const binary = join(repository, ".cache/rightvoice-for-typescript");
  execFileSync("go", ["build", "-o", binary, "./server/cmd/rightvoice"], { cwd: repository, stdio: "inherit" });
  const data = mkdtempSync(join(tmpdir(), "rightvoice-"));
  const args = ["serve", "--http-addr", "127.0.0.1:0", "--grpc-addr", "127.0.0.1:0", "--data-dir", data, "--drain-delay", "0s", ...flags];
  const child = spawn(binary, args, { stdio: ["ignore", "pipe", "ignore"] });
  const ended = once(child, "exit");
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    rmSync(data, { recursive: true });
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /REST on (http:\/\/[\d.:]+)/.exec(line)?.[1];
    if (url) return { url, stop };
  }
  await stop();
  throw new Error("rightvoice did not say where it serves");
}

/** Serves HTTP by a function of the request, its body and the response. */
export async function startStandIn(handle) {
  const seen = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const one = { method: request.method, url: request.url, headers: request.headers, body };
    seen.push(one);
    handle(response, one, seen.length);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const stop = () => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  };
  return { url: `http://127.0.0.1:${server.address().port}`, seen, stop };
}

/** Answers as rightvoice refuses. */
export function refuse(response, http, code, reason, more = [], headers = {}) {
  const details = [{ "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason, domain: "rightvoice" }, ...more];
  response.writeHead(http, { "Content-Type": "application/json", ...headers });
  response.end(JSON.stringify({ code, message: "said by the service", details }));
}

export function answer(response, value, headers = {}) {
  response.writeHead(200, { "Content-Type": "application/json", ...headers });
  response.end(JSON.stringify(value));
}

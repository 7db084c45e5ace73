import { fromAnswer, RightvoiceError } from "./errors.js";
import { Kept } from "./kept.js";
import { Limit } from "./limit.js";
import type { CallOptions } from "./types.js";

/** How to reach the service. */
export interface ClientOptions {
  /** Where it is, with the path a proxy may put before it: "https://api.example/rightvoice". */
  baseUrl: string;
  /** The bearer token, or what returns it for every try; it should keep one until it is about to expire. */
  token?: string | ((signal: AbortSignal) => string | Promise<string>);
  /** Bounds a call, its repetitions included; 5,000 ms if left out. */
  timeoutMs?: number;
  /** How often a call that may be repeated is tried in all, 1 to 5; 3 if left out. */
  attempts?: number;
  /** Sent with every call, such as the key of a gateway. */
  headers?: Record<string, string>;
  /** Used in place of the global fetch. */
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** Allows a token over http to another machine, where the network encrypts by other means. */
  insecure?: boolean;
}

/** One request, before it is tried. */
export interface Call extends CallOptions {
  method: string;
  url: string;
  body?: unknown;
  /** Whether doing it twice is doing it once. */
  repeatable: boolean;
}

/** Reads an answer. */
type Reader<T> = (answer: Response, requestId: string, limit: Limit) => Promise<T>;

const firstWait = 100;
const longestWait = 2_000;

/** Sends requests, and again where that is safe. */
export class Transport {
  readonly #options: ClientOptions;
  readonly #base: string;
  readonly #kept = new Kept();

  constructor(options: ClientOptions) {
    const { attempts = 3, timeoutMs = 5_000 } = options;
    if (!(attempts >= 1 && attempts <= 5)) throw new RangeError("attempts is not within 1 to 5");
    if (!(timeoutMs > 0)) throw new RangeError("timeoutMs is not above 0");
    this.#base = base(options);
    this.#options = { ...options, attempts, timeoutMs };
  }

  /** The address of a path of the API, with what goes into it. */
  url(path: string, values: object = {}, query: object = {}): string {
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = String((values as Record<string, unknown>)[name] ?? "");
      // Dots would climb to another path.
      if (/^\.{0,2}$/.test(value)) throw invalid(name, "must name something");
      return encodeURIComponent(value);
    });
    const asked = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) if (value !== undefined) asked.set(name, String(value));
    const tail = asked.toString();
    return this.#base + filled + (tail && `?${tail}`);
  }

  /** The text of an answer, which may be one that was kept. */
  text(call: Call, answer: Response): Promise<string> {
    return call.method === "get" ? this.#kept.read(call.url, answer) : answer.text();
  }

  /**
   * Tries a call until it is answered, and reads the answer with `read`, all
   * within its time. `read` may take the Limit over by calling keep().
   */
  async send<T>(call: Call, read: Reader<T>): Promise<T> {
    const limit = new Limit(call.signal, call.timeoutMs ?? this.#options.timeoutMs!);
    const requestId = call.requestId ?? newId();
    try {
      const body = call.body === undefined ? undefined : JSON.stringify(call.body, finite);
      for (let tried = 1; ; tried++) {
        try {
          return await this.#try(call, requestId, body, limit, read);
        } catch (failure) {
          const error = limit.error(requestId) ?? failure;
          const wait = pause(error, tried);
          if (tried >= this.#options.attempts! || !again(error, call) || wait >= limit.left()) throw error;
          await limit.sleep(wait, requestId);
        }
      }
    } finally {
      limit.end();
    }
  }

  async #try<T>(call: Call, requestId: string, body: string | undefined, limit: Limit, read: Reader<T>): Promise<T> {
    const headers: Record<string, string> = { ...this.#options.headers, Accept: "application/json", "X-Request-Id": requestId };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const had = call.method === "get" ? this.#kept.etag(call.url) : "";
    if (had) headers["If-None-Match"] = had;
    const token = await limit.race(this.#token(limit.signal, requestId));
    if (token) headers["Authorization"] = `Bearer ${token}`;
    const init: RequestInit = { method: call.method.toUpperCase(), headers, signal: limit.signal, redirect: "error" };
    if (body !== undefined) init.body = body;
    try {
      const answer = await limit.race((this.#options.fetch ?? fetch)(call.url, init));
      if (!answer.ok && !(had && answer.status === 304)) throw await limit.race(fromAnswer(answer, requestId));
      return await limit.race(read(answer, requestId, limit));
    } catch (cause) {
      if (cause instanceof RightvoiceError) throw cause;
      throw new RightvoiceError("UNAVAILABLE", "the service cannot be reached", { requestId, cause });
    }
  }

  async #token(signal: AbortSignal, requestId: string): Promise<string> {
    const { token = "" } = this.#options;
    const fail = (message: string, cause?: unknown) => new RightvoiceError("UNAUTHENTICATED", message, { requestId, cause });
    let got: string;
    try {
      got = (typeof token === "string" ? token : await token(signal)).trim();
    } catch (cause) {
      throw fail("no token could be had", cause);
    }
    // fetch would repeat it in its error.
    if (!/^[\x21-\x7e]*$/.test(got)) throw fail("the token has characters that no token has");
    return got;
  }
}

/** The base URL without a slash at its end. */
function base(options: ClientOptions): string {
  let url: URL;
  try {
    url = new URL(options.baseUrl, globalThis.location?.href);
  } catch {
    throw new TypeError("baseUrl is no URL");
  }
  if (!/^https?:$/.test(url.protocol)) throw new TypeError("baseUrl is not http or https");
  if (url.username || url.password || url.search || url.hash) throw new TypeError("baseUrl has more than a host and a path");
  if (options.token && !options.insecure && url.protocol === "http:" && !/^(localhost|127\.[\d.]+|\[::1\])$/.test(url.hostname)) {
    throw new TypeError("a token would cross the network in plain text");
  }
  return url.href.replace(/\/+$/, "");
}

/** Whether to try again. A 429 was refused before anything was done. */
function again(error: unknown, call: Call): boolean {
  if (!(error instanceof RightvoiceError)) return false;
  return error.httpStatus === 429 || (call.repeatable && error.code === "UNAVAILABLE");
}

/** How long to wait before the next try: what the service asks for, and full jitter, so that callers do not return at once. */
function pause(error: unknown, tried: number): number {
  const asked = error instanceof RightvoiceError ? error.retryAfterMs : 0;
  return asked + Math.random() * Math.min(longestWait, firstWait * 2 ** (tried - 1));
}

/** JSON has no NaN: it would become null, which to the service is "unknown". */
function finite(name: string, value: unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) throw invalid(name, "is not a finite number");
  return value;
}

function invalid(field: string, description: string): RightvoiceError {
  return new RightvoiceError("INVALID_ARGUMENT", `${field}: ${description}`, { fieldViolations: [{ field, description }] });
}

/** crypto.randomUUID is not there for pages over http. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
}

import { RightvoiceError } from "./errors.js";

/**
 * Limit ends a call when its caller wants that or its time is over. Not every
 * fetch heeds its signal, and no token function has to, so what they return is
 * raced against it.
 */
export class Limit {
  readonly #own = new AbortController();
  readonly #callers: AbortSignal | undefined;
  readonly #until: number;
  readonly #stopped: Promise<never>;
  readonly #abort = () => this.#own.abort(this.#callers?.reason);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #late = false;
  #kept = false;

  constructor(callers: AbortSignal | undefined, ms: number) {
    this.#callers = callers;
    this.#until = Date.now() + ms;
    this.#stopped = new Promise((_, reject) => {
      this.signal.addEventListener("abort", () => reject(this.signal.reason), { once: true });
    });
    this.#stopped.catch(() => {}); // whoever races with it is told
    this.#timer = setTimeout(() => {
      this.#late = true;
      this.#own.abort();
    }, Math.min(ms, 0x7fffffff));
    if (callers?.aborted) this.#abort();
    callers?.addEventListener("abort", this.#abort);
  }

  get signal(): AbortSignal {
    return this.#own.signal;
  }

  /** What is left of the time, in ms. */
  left(): number {
    return this.#until - Date.now();
  }

  /** What to fail with if the limit is reached; undefined if it is not. */
  error(requestId: string): unknown {
    if (this.#late) return new RightvoiceError("DEADLINE_EXCEEDED", "no answer in time", { requestId });
    return this.#callers?.aborted ? this.#callers.reason : undefined;
  }

  race<T>(work: Promise<T>): Promise<T> {
    return Promise.race([this.#stopped, work]);
  }

  async sleep(ms: number, requestId: string): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      await this.race(new Promise<void>((done) => (timer = setTimeout(done, ms))));
    } catch {
      throw this.error(requestId);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Takes the time away: from now on only the caller ends it, and close must be called. */
  keep(): void {
    this.#kept = true;
    clearTimeout(this.#timer);
  }

  /** Ends the limit unless it is kept. */
  end(): void {
    if (!this.#kept) this.close();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#callers?.removeEventListener("abort", this.#abort);
  }
}

// Answers that the service says are worth asking about again: it then sends
// nothing if they are still right.

/** How many are kept, the one used last longest. */
const most = 8;

/** The texts of answers by their address, with the etag to ask by. */
export class Kept {
  readonly #answers = new Map<string, { etag: string; text: string }>();

  /** What to ask by; empty if nothing is kept. */
  etag(url: string): string {
    return this.#answers.get(url)?.etag ?? "";
  }

  /** Reads an answer: the kept text if it is still right, otherwise its own, which is kept if it has an etag and may be. */
  async read(url: string, answer: Response): Promise<string> {
    const had = this.#answers.get(url);
    const etag = answer.headers.get("ETag") ?? "";
    if (answer.status === 304 && had && same(had.etag, etag)) {
      this.#keep(url, had);
      return had.text;
    }
    const text = await answer.text();
    if (etag && !/no-store/i.test(answer.headers.get("Cache-Control") ?? "no-store")) this.#keep(url, { etag, text });
    return text;
  }

  #keep(url: string, one: { etag: string; text: string }): void {
    this.#answers.delete(url);
    this.#answers.set(url, one);
    if (this.#answers.size > most) this.#answers.delete(this.#answers.keys().next().value!);
  }
}

/** A proxy that packs answers may call an etag weak. */
const same = (a: string, b: string): boolean => b === "" || a.replace(/^W\//, "") === b.replace(/^W\//, "");

import { fromStatus, RightvoiceError } from "./errors.js";
import type { Limit } from "./limit.js";

/** Yields the JSON objects of an answer, one a line, as they come. Leaving the loop ends the request. */
export async function* lines<T>(answer: Response, limit: Limit, requestId: string): AsyncGenerator<T, void, undefined> {
  const reader = answer.body?.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await next(reader, limit, requestId);
      rest += decoder.decode(value, { stream: !done });
      const whole = rest.split("\n");
      rest = whole.pop() ?? "";
      for (const line of whole) if (line.trim()) yield message<T>(line, requestId);
      if (done) break;
    }
    if (rest.trim()) throw new RightvoiceError("UNAVAILABLE", "the stream ended within a line", { requestId });
  } finally {
    limit.close();
    reader?.cancel().catch(() => {}); // it may have ended already
  }
}

async function next(reader: ReadableStreamDefaultReader<Uint8Array> | undefined, limit: Limit, requestId: string) {
  if (!reader) return { done: true, value: undefined };
  try {
    return await limit.race(reader.read());
  } catch (cause) {
    throw limit.error(requestId) ?? new RightvoiceError("UNAVAILABLE", "the stream was cut off", { requestId, cause });
  }
}

/** One line: a message, or the error that ends the stream. */
function message<T>(line: string, requestId: string): T {
  const read = parsed(line, requestId) as T & { error?: unknown };
  if (read.error !== undefined && Object.keys(read).length === 1) throw fromStatus(read.error, { requestId });
  return read;
}

/** Reads a JSON object. What the platform says of bad JSON repeats it, so it is left out. */
export function parsed(text: string, requestId: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (value !== null && typeof value === "object") return value;
  } catch {
    // The same as JSON that is no object.
  }
  throw new RightvoiceError("INTERNAL", "the answer is no JSON object; is this the address of rightvoice?", { requestId });
}

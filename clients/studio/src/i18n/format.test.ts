import { parse, TYPE, type MessageFormatElement } from "@formatjs/icu-messageformat-parser";
import { IntlMessageFormat } from "intl-messageformat";
import { expect, test } from "vitest";
import { format, type Values } from "./format";

const files = import.meta.glob<Record<string, string>>("./*.json", { eager: true, import: "default" });
const all = Object.entries(files).flatMap(([file, messages]) => Object.entries(messages).map(([id, text]) => ({ id, text, locale: file.includes(".es.") ? "es-US" : "en-US" })));

/** Values for every name in a message; the n-th choice of each. */
function fill(parts: readonly MessageFormatElement[], n: number, into: Values = {}): Values {
  for (const p of parts) {
    if (p.type === TYPE.literal || p.type === TYPE.pound || p.type === TYPE.tag) continue;
    if (p.type === TYPE.date) into[p.value] = new Date("2026-11-12T12:00:00Z");
    else if (p.type === TYPE.plural || p.type === TYPE.number) into[p.value] = [0, 1, 2, 1234][n]!;
    else if (p.type === TYPE.select) into[p.value] = [...Object.keys(p.options), "what is no choice", "other", "other"][n]!;
    else into[p.value] ??= `<${p.value}>`;
    if (p.type === TYPE.plural || p.type === TYPE.select) for (const o of Object.values(p.options)) fill(o.value, n, into);
  }
  return into;
}

test("every message is filled as the reference does it, parsed or not", () => {
  let compared = 0;
  for (const { id, text, locale } of all)
    for (const n of [0, 1, 2, 3]) {
      const values = fill(parse(text), n);
      const want = String(new IntlMessageFormat(text, locale).format(values as Record<string, string>));
      expect(format(locale, id, text, values), id).toBe(want);
      expect(format(locale, id, parse(text), values), id).toBe(want);
      compared++;
    }
  expect(compared).toBeGreaterThan(2_000);
});

test("what is no message is shown by its id", () => expect(format("en-US", "no.such", undefined)).toBe("no.such"));

import { parse, TYPE, type MessageFormatElement } from "@formatjs/icu-messageformat-parser";
import { expect, test } from "vitest";

const files = import.meta.glob<Record<string, string>>("./*.json", { eager: true, import: "default" });
const areas = [...new Set(Object.keys(files).map((f) => f.replace(/\.(en|es)\.json$/, "")))];

test.each(areas)("%s has the same messages in both languages", (area) => {
  const en = files[`${area}.en.json`] ?? {};
  const es = files[`${area}.es.json`] ?? {};
  expect(Object.keys(es).sort()).toEqual(Object.keys(en).sort());
  for (const [id, text] of Object.entries({ ...en, ...es })) expect(text, id).not.toBe("");
  for (const text of [...Object.values(en), ...Object.values(es)]) expect(() => parse(text), text).not.toThrow();
});

test.each(areas)("the messages of %s name the same values in both languages", (area) => {
  const es = files[`${area}.es.json`] ?? {};
  for (const [id, text] of Object.entries(files[`${area}.en.json`] ?? {})) expect(values(parse(es[id] ?? "")), id).toEqual(values(parse(text)));
});

/** The names of the values that a message is filled with, also inside its branches. */
function values(message: MessageFormatElement[]): string[] {
  const names = message.flatMap((part) => {
    if (part.type === TYPE.literal || part.type === TYPE.pound) return [];
    const branches = part.type === TYPE.plural || part.type === TYPE.select ? Object.values(part.options).flatMap((o) => values(o.value)) : [];
    return [part.value, ...branches];
  });
  return [...new Set(names)].sort();
}

test("no two areas use the same id", () => {
  const seen = new Map<string, string>();
  for (const area of areas)
    for (const id of Object.keys(files[`${area}.en.json`] ?? {})) {
      expect(seen.get(id), `${id} is in ${area} and in another area`).toBeUndefined();
      seen.set(id, area);
    }
});

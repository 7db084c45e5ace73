import { parse } from "@formatjs/icu-messageformat-parser";
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
  const named = (text: string) => [...new Set([...text.matchAll(/\{(\w+)/g)].map((m) => m[1]))].sort();
  const es = files[`${area}.es.json`] ?? {};
  for (const [id, text] of Object.entries(files[`${area}.en.json`] ?? {})) {
    // Words inside plural branches are not values.
    const values = (all: string[]) => all.filter((n) => text.includes(`{${n},`) || text.includes(`{${n}}`));
    expect(values(named(es[id] ?? "") as string[]), id).toEqual(values(named(text) as string[]));
  }
});

test("no two areas use the same id", () => {
  const seen = new Map<string, string>();
  for (const area of areas)
    for (const id of Object.keys(files[`${area}.en.json`] ?? {})) {
      expect(seen.get(id), `${id} is in ${area} and in another area`).toBeUndefined();
      seen.set(id, area);
    }
});

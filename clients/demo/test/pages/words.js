import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";
import { en } from "../../pages/kit/words.en.js";
import { es } from "../../pages/kit/words.es.js";

const folder = new URL("../../pages/", import.meta.url);
const sources = ["", "kit/"].flatMap((at) => readdirSync(new URL(at || ".", folder)).filter((f) => f.endsWith(".js") && !f.startsWith("words.")).map((f) => readFileSync(new URL(at + f, folder), "utf8"))).join("\n");

test("English and Spanish have the same words to fill", () => {
  assert.deepEqual(Object.keys(es), Object.keys(en));
  for (const key of Object.keys(en)) {
    assert.deepEqual((es[key].match(/\{\w+\}/g) ?? []).sort(), (en[key].match(/\{\w+\}/g) ?? []).sort(), key);
    assert.ok(es[key].trim(), key);
  }
});

test("every word is used", () => {
  const loose = [...sources.matchAll(/`([\w.]+\.)\$\{/g)].map((m) => m[1]);
  const unused = Object.keys(en).filter((key) => !sources.includes(`"${key}"`) && !loose.some((start) => key.startsWith(start)));
  assert.deepEqual(unused, []);
});

test("the people of the demo are made of words of the API", () => {
  const people = JSON.parse(readFileSync(new URL("people.json", folder), "utf8"));
  assert.equal(new Set(people.map((p) => p.id)).size, people.length);
  for (const p of people) assert.ok(p.story.en && p.story.es && p.told.ASKER_INSURER.context.coverageStatus, p.id);
});

import { expect, test } from "vitest";
import { matches } from "./search";

test.each([
  ["", ["anything"], true],
  ["gym sleep", ["Sleep tips with the gym benefit"], true],
  ["sueno", ["Consejos para el sueño"], true],
  ["ER", ["after the last ER visit"], true],
  ["er", ["after a member"], false],
  ["visit er", ["ER", "a visit"], true],
  ["gym pool", ["the gym benefit"], false],
  ["  gym  ", ["(gym)"], true],
])("%s in %j: %s", (query, texts, want) => expect(matches(query, texts)).toBe(want));

// A task of a person: done twice, by pointer and by keyboard alone, each time
// within the same budget of presses.
import assert from "node:assert/strict";
import { call, test, until } from "./harness.mjs";

let people = 0;

/** `before(url, user)` may prepare things and say which draft or page is open. */
export function task(name, { presses, path, before, expected }, body) {
  for (const by of ["pointer", "keyboard"]) {
    test(`${name}, ${by}: ${presses} presses`, { expected }, async ({ open, url }) => {
      const user = `${by}.${++people}`;
      const made = (await before?.(url, user)) ?? {};
      const window = await open(made.path ?? path, { user, by, url, draft: made.draft });
      window.hand.reset();
      await body({ ...window, url, user, open, ...made });
      assert.ok(window.hand.presses <= presses, `${window.hand.presses} presses, ${presses} are allowed`);
      if (by === "keyboard") assert.equal(window.hand.pointer, 0, "the pointer was used");
    });
  }
}

/** What a person's newest draft holds by now, once `is` is so. */
export async function inDraft(url, user, list, id, is = () => true, ready = () => true) {
  return until(async () => {
    const { drafts } = await call(url, "GET", "drafts", undefined, user);
    const mine = drafts.filter((d) => d.authors.includes(user));
    assert.ok(mine.length <= 1, "one draft holds what one person changed");
    if (!mine[0]) return null;
    const content = await call(url, "GET", `content?draft_id=${mine[0].draftId}`, undefined, user);
    const rule = content.rules.find((r) => r.table === list && r.id === id);
    const advice = content.advice.find((a) => a.id === id);
    return is(rule ?? advice) && ready(content) ? { draft: mine[0], content, rule, advice } : null;
  }, `the draft of ${user} has not what was done`);
}

export { assert };

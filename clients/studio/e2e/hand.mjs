// A person's hand: it presses by pointer or by keyboard alone, and counts.
//
// What counts is what the browser gets, not what a test says it does: every
// press of the pointer, and every key that does what a press would do (Enter,
// Space, Delete, or a letter with Ctrl or Alt). Typing is free, and so are the
// keys that only move about, as moving a pointer is.
import assert from "node:assert/strict";

const count = (window) => {
  const typed = (e) => e.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, [contenteditable=true]");
  const keys = (e) => {
    if (!e.isTrusted || e.repeat || ["Control", "Alt", "Shift", "Meta"].includes(e.key)) return;
    const chord = (e.ctrlKey || e.altKey || e.metaKey) && e.key.length >= 1;
    const presses = e.key === "Enter" || ([" ", "Delete", "Backspace"].includes(e.key) && !typed(e));
    if (chord || presses) void window.pressed("key");
  };
  window.addEventListener("pointerdown", (e) => e.isTrusted && void window.pressed("pointer"), true);
  window.addEventListener("keydown", keys, true);
};

/** @param {import("playwright-core").Page} page @param {"pointer" | "keyboard"} by */
export async function handOf(page, by) {
  const counted = { pointer: 0, key: 0 };
  await page.exposeFunction("pressed", (which) => void counted[which]++);
  await page.addInitScript(`(${count})(window)`);
  const hand = {
    by,
    /** Presses since the last reset(). */
    get presses() {
      return counted.pointer + counted.key;
    },
    get pointer() {
      return counted.pointer;
    },
    reset: () => Object.assign(counted, { pointer: 0, key: 0 }),
    type: (text) => page.keyboard.type(text),
    move: (key) => page.keyboard.press(key),
    key: (key) => page.keyboard.press(key),
    /** Presses what the locator finds, once it is there. */
    async press(locator) {
      await locator.first().waitFor();
      if (by === "pointer") return locator.first().click();
      await reach(page, locator.first());
      await page.keyboard.press("Enter");
    },
    /** Goes to a field to type in it; a pointer has to press for that. */
    async into(locator) {
      await locator.first().waitFor();
      if (by === "pointer") return locator.first().click();
      await reach(page, locator.first());
    },
  };
  return hand;
}

const here = (e) => {
  const focused = document.activeElement;
  return focused === e || (focused?.getAttribute("aria-activedescendant") ?? " ") === e.id;
};
const role = (e) => e.closest("[role=option], [role=menuitem], [role=menuitemradio], [role=tab], [role=radio], [role=gridcell]")?.getAttribute("role") ?? "";
const most = 160;

/** Moves the focus by keys, as somebody without a pointer has to. */
async function reach(page, locator) {
  const kind = await locator.evaluate(role);
  const key = kind === "tab" ? "ArrowRight" : kind ? "ArrowDown" : await direction(locator);
  for (let i = 0; i < most; i++) {
    if (await locator.evaluate(here)) return;
    await page.keyboard.press(key);
  }
  const has = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 120));
  assert.fail(`${locator} cannot be reached by keyboard; the focus is on ${has}`);
}

/** Back, if it stands before what has the focus: nobody walks all the way round. */
const direction = (locator) =>
  locator.evaluate((e) => {
    const focused = document.activeElement;
    if (!focused || focused === document.body) return "Tab";
    return focused.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_PRECEDING ? "Shift+Tab" : "Tab";
  });

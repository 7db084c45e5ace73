// The pictures of the READMEs: SHOTS=docs writes them anew, any other run puts
// what it sees into the ignored folder.
import { mkdirSync, writeFileSync } from "node:fs";
import { shot } from "./harness.mjs";
import { smaller } from "./png.mjs";

export const folder = new URL("../pictures/", import.meta.url);

/** What a window shows, under a name. */
export async function picture(page, name) {
  await page.evaluate(() => document.fonts.ready);
  if (process.env.SHOTS !== "docs") return shot(page, `picture ${name}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL(`${name}.png`, folder), smaller(await page.screenshot()));
}

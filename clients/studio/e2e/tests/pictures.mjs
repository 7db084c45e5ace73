// The pictures of the READMEs that show no story.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { assert, repository, test } from "../harness.mjs";
import { folder, picture } from "../pictures.mjs";
import { scene } from "../scene.mjs";
import { screens, show } from "../screens.mjs";

const wanted = { rules: "rules", rule: "rule", try: "try: answer", table: "table", review: "review: changes", affected: "review: affected", history: "history: roll back" };

test("the pictures of the READMEs are taken", { skip: process.env.SHOTS !== "docs" }, async ({ open }) => {
  const s = await scene();
  const { page } = await open("/", { url: s.url, height: 800 });
  for (const [file, name] of Object.entries(wanted)) {
    await page.setViewportSize({ width: 1280, height: file === "rule" ? 1060 : 800 });
    await show(page, s.url, screens.find((x) => x.name === name), s);
    await picture(page, file);
  }
});

test("every picture that a README shows is there and small, and no other is kept", {}, async () => {
  const pages = ["README.md", "rules/content/README.md", "clients/studio/README.md"];
  const shown = pages.flatMap((file) => [...readFileSync(join(repository, file), "utf8").matchAll(/!\[[^\]]+\]\(([^)]+\.png)\)/g)].map((m) => join(repository, file, "..", m[1])));
  assert.ok(shown.length > 0);
  for (const file of shown) assert.ok(existsSync(file) && statSync(file).size <= 150_000, file);
  const kept = readdirSync(folder).map((f) => join(repository, "clients/studio/pictures", f));
  assert.deepEqual(kept.filter((f) => !shown.includes(f)), []);
});

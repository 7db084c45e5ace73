import { changes, type Part } from "../ui/diff";

/** What changed between two texts, word by word. */
export const wordChanges = (before: string, after: string): Part[] => changes(pieces(before), pieces(after));

const pieces = (text: string) => text.match(/\S+\s*|\s+/g) ?? [];

export interface Line {
  how: Part["how"] | "left-out";
  text: string;
}

const around = 2;

/** What changed between two texts, line by line, with a few lines around each change. */
export function lineChanges(before: string, after: string): Line[] {
  const a = before.split("\n");
  const b = after.split("\n");
  // What both sides begin and end with needs no comparing: files are long, changes short.
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const same = (lines: string[]): Line[] => lines.map((text) => ({ how: "same", text }));
  const middle = changes(ended(a.slice(head, a.length - tail)), ended(b.slice(head, b.length - tail)));
  return shortened([
    ...same(a.slice(0, head)),
    ...middle.flatMap((p) => p.text.split("\n").slice(0, -1).map((text): Line => ({ how: p.how, text }))),
    ...same(a.slice(a.length - tail)),
  ]);
}

const ended = (lines: string[]) => lines.map((line) => `${line}\n`);

/** Leaves out what is far from any change. */
function shortened(lines: Line[]): Line[] {
  const near = lines.map((_, i) => lines.slice(Math.max(0, i - around), i + around + 1).some((l) => l.how !== "same"));
  return lines.flatMap((line, i): Line[] => (near[i] ? [line] : near[i - 1] || i === 0 ? [{ how: "left-out", text: "…" }] : []));
}

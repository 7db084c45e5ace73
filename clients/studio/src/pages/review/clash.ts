// A draft and the version in force both changed the same row. To bring the
// draft up to date, its own change is taken back first, then the draft is put
// on the version in force, and then what people chose to keep is done again.
import type { Clash, Operation } from "../../api/types";

export type Choice = "mine" | "theirs";

export const clashId = (c: Clash): string => `${c.file}/${c.list}/${c.id}`;

/** Takes back what the draft did to the rows of clashes. Files are texts of the draft and of its base. */
export function takeBack(clashes: readonly Clash[], draft: ReadonlyMap<string, string>, base: ReadonlyMap<string, string>): Operation[] {
  const texts = new Map<string, string>();
  const out: Operation[] = [];
  for (const c of clashes) {
    if (!c.id) {
      out.push(c.base === "" ? { do: "remove_file", file: c.file } : { do: "write_file", file: c.file, text: c.base });
      continue;
    }
    const text = texts.get(c.file) ?? draft.get(c.file) ?? "";
    const back = c.mine === "" ? putBack(text, base.get(c.file) ?? "", c.base) : c.base === "" ? cut(text, c.mine) : text.replace(c.mine, () => c.base);
    texts.set(c.file, back);
  }
  for (const [file, text] of texts) out.push({ do: "write_file", file, text });
  return out;
}

/** Does again what was chosen to be kept. Files are texts of the draft as it is on the version in force. */
export function doAgain(clashes: readonly Clash[], choices: ReadonlyMap<string, Choice>, now: ReadonlyMap<string, string>): Operation[] {
  const texts = new Map<string, string>();
  const out: Operation[] = [];
  for (const c of clashes) {
    if (choices.get(clashId(c)) !== "mine") continue;
    if (!c.id) {
      out.push(c.mine === "" ? { do: "remove_file", file: c.file } : { do: "write_file", file: c.file, text: c.mine });
      continue;
    }
    if (c.theirs !== "" && c.mine !== "") texts.set(c.file, (texts.get(c.file) ?? now.get(c.file) ?? "").replace(c.theirs, () => c.mine));
    else if (c.theirs !== "") out.push({ do: "delete", list: c.list, row: c.id });
    else if (c.mine !== "") out.push({ do: "insert", list: c.list, file: c.file, text: dedent(c.mine) });
  }
  // Files first: lines of rows are found in them as they are.
  return [...[...texts].map(([file, text]): Operation => ({ do: "write_file", file, text })), ...out];
}

/** Puts a row that was deleted back where it stood. */
function putBack(text: string, base: string, row: string): string {
  const lines = text.split("\n");
  const before = base.slice(0, base.indexOf(row)).split("\n").slice(0, -1);
  const anchor = lastShared(before, base.split("\n"), lines);
  const indent = dash(row);
  let at = anchor + 1;
  // Behind the whole row that the anchor is part of.
  while (at < lines.length && !startsRow(lines[at]!, indent)) at++;
  return [...lines.slice(0, at), ...row.split("\n"), ...lines.slice(at)].join("\n");
}

/** Where the last of some lines is that both texts have exactly once; -1 if there is none. */
function lastShared(before: readonly string[], base: readonly string[], lines: readonly string[]): number {
  const once = (all: readonly string[], line: string) => all.includes(line) && all.indexOf(line) === all.lastIndexOf(line);
  const found = before.findLast((line) => line.trim() !== "" && once(base, line) && once(lines, line));
  return found === undefined ? -1 : lines.indexOf(found);
}

const dash = (row: string): number => row.match(/^( *)- /m)?.[1]?.length ?? 0;

/** Whether a line begins a row, or ends the list by standing further left. */
function startsRow(line: string, indent: number): boolean {
  if (line.trim() === "") return false;
  const own = line.match(/^ */)![0].length;
  return own < indent || (own === indent && /^ *(- |#)/.test(line));
}

const cut = (text: string, row: string): string => text.replace(`${row}\n`, "").replace(row, "");

function dedent(row: string): string {
  const lines = row.split("\n").filter((line) => !/^\s*#/.test(line));
  const indent = dash(row) + 2;
  return lines.map((line) => line.slice(Math.min(indent, line.length))).join("\n");
}

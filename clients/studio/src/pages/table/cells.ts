// The rules of one decision table as rows and cells. A cell is what a rule asks
// of one fact, in the words that the server wrote.
import type { Condition, Content, Fact, Operation, Rule, Token } from "../../api/types";

export type Table = "mindset" | "sender";

export interface Cell {
  /** What is shown; empty where the rule does not ask. */
  text: string;
  /** The one comparison at the top of the rule, if there is just that. */
  condition: Condition | null;
  path: string;
  /** Whether it can be edited here; what lies in groups is edited as a sentence. */
  editable: boolean;
}

const none: Cell = { text: "", condition: null, path: "", editable: true };

/** The facts that rules of a table ask about, those that most of them do first. */
export function columnsOf(rules: readonly Rule[], facts: readonly Fact[]): Fact[] {
  const used = new Map<string, number>();
  for (const name of rules.flatMap((r) => r.facts)) used.set(name, (used.get(name) ?? 0) + 1);
  return facts.filter((f) => used.has(f.name)).sort((a, b) => used.get(b.name)! - used.get(a.name)!);
}

export const rulesOf = (content: Content, table: Table): Rule[] => content.rules.filter((r) => r.table === table);

const isLeaf = (c: Condition): boolean => Boolean(c.fact);

/** The comparisons at the top of a rule: all of them must hold. */
function top(rule: Rule): { path: string; condition: Condition }[] {
  const w = rule.when;
  if (!w) return [];
  if (isLeaf(w)) return [{ path: "0", condition: w }];
  if ((w.any ?? []).length > 0) return [];
  return (w.all ?? []).map((condition, i) => ({ path: String(i), condition })).filter((x) => isLeaf(x.condition));
}

/** Of several comparisons each by itself: how they are joined is for the sentence to say. */
function words(sentence: readonly Token[], paths: readonly string[]): string {
  const one = (path: string) => {
    const tokens = sentence.filter((t) => t.path === path);
    const short = tokens.filter((t) => t.kind !== "FACT").map((t) => t.text).join("").trim();
    return short || tokens.map((t) => t.text).join("").trim();
  };
  return paths.map(one).filter(Boolean).join(" · ");
}

/** Every cell of a rule, by fact. */
export function cellsOf(rule: Rule): Map<string, Cell> {
  const cells = new Map<string, Cell>();
  const at = top(rule);
  for (const fact of rule.facts) {
    const own = at.filter((x) => x.condition.fact === fact);
    const paths = new Set(own.map((x) => x.path));
    const deep = pathsOf(rule, fact).filter((p) => !paths.has(p));
    const one = own.length === 1 && deep.length === 0;
    cells.set(fact, { text: words(rule.sentence, [...paths, ...deep]), condition: one ? own[0]!.condition : null, path: one ? own[0]!.path : "", editable: one });
  }
  return cells;
}

/** The places of all comparisons of a fact. */
function pathsOf(rule: Rule, fact: string): string[] {
  const out: string[] = [];
  const walk = (c: Condition, path: string) => {
    if (c.fact === fact) out.push(path || "0");
    [...(c.all ?? []), ...(c.any ?? [])].forEach((x, i) => walk(x, path ? `${path}.${i}` : String(i)));
  };
  if (rule.when) walk(rule.when, "");
  return out;
}

export const cellOf = (cells: ReadonlyMap<string, Cell>, fact: string): Cell => cells.get(fact) ?? none;

/** Puts a comparison into a cell; null empties it. Nothing if it is so already. */
export function setCell(rule: Rule, cell: Cell, condition: Condition | null): Operation[] {
  const at = { list: rule.table as Table, row: rule.id };
  if (!condition) return cell.path === "" ? [] : [{ do: "remove_condition", ...at, at: cell.path }];
  if (cell.path === "") return [{ do: "add_condition", ...at, at: "", condition }];
  return same(cell.condition, condition) ? [] : [{ do: "set_condition", ...at, at: cell.path, condition }];
}

const same = (a: Condition | null, b: Condition): boolean => Boolean(a) && a!.fact === b.fact && a!.operator === b.operator && JSON.stringify(a!.values ?? []) === JSON.stringify(b.values ?? []);

/** One place up or down; nothing at the ends or past the default row. */
export function moveRule(rules: readonly Rule[], id: string, by: -1 | 1): Operation[] {
  const i = rules.findIndex((r) => r.id === id);
  const other = rules[i + by];
  if (i < 0 || !other || other.isDefault || rules[i]!.isDefault) return [];
  return [{ do: "move", list: rules[i]!.table as Table, row: id, ...(by < 0 ? { before: other.id } : { after: other.id }) }];
}

// Spreadsheets: a cell is "comparison: value; value", by the words on screen or
// by the names that content has for them.

const clean = (text: string): string => text.replace(/[\t\r\n]+/g, " ").trim();
const spelledBy = (f: Fact, id: string): string => f.values.find((v) => v.id === id)?.label ?? id;

export function cellText(f: Fact, c: Condition | null): string {
  if (!c) return "";
  const op = f.operators.find((o) => o.id === c.operator);
  // "Includes any of" and "includes all of" read alike: words mean the first, the others go by name.
  const plain = op && f.operators.find((o) => o.label === op.label) === op;
  return clean(`${plain ? op.label : c.operator}: ${(c.values ?? []).map((v) => spelledBy(f, v)).join("; ")}`);
}

/** A cell of a spreadsheet as a comparison; a string says what of it cannot be read. `now` is the comparison that is there. */
export function parseCell(f: Fact, text: string, now = ""): Condition | null | string {
  if (text.trim() === "") return null;
  const cut = text.indexOf(":");
  const opText = (cut < 0 ? "" : text.slice(0, cut)).trim().toLowerCase();
  const parts = text.slice(cut + 1).split(";").map((x) => x.trim()).filter(Boolean);
  // "is" is the name of one and what another reads as: the one that is there, or that takes as many values.
  const named = [f.operators.find((o) => o.id.toLowerCase() === opText), f.operators.find((o) => o.label.toLowerCase() === opText)].filter((o) => o !== undefined);
  const fitting = named.filter((o) => parts.length >= o.minValues && (o.maxValues === 0 || parts.length <= o.maxValues));
  const op = fitting.find((o) => o.id === now) ?? fitting[0] ?? named[0];
  if (!op) return opText || text.trim();
  const values: string[] = [];
  for (const part of parts) {
    const v = valueOf(f, op.id, part);
    if (v === null) return part;
    values.push(v);
  }
  if (values.length < op.minValues || (op.maxValues > 0 && values.length > op.maxValues)) return text.trim();
  return { fact: f.name, operator: op.id, values };
}

function valueOf(f: Fact, operator: string, part: string): string | null {
  if (operator === "known" || f.type === "bool") return part === "true" || part === "false" ? part : null;
  if (f.type === "int" || f.type === "decimal") return /^-?\d+([.,]\d+)?( ?[a-zA-Z/%]+)?$/.test(part) ? part.replace(",", ".") : null;
  const found = f.values.find((v) => v.id.toLowerCase() === part.toLowerCase() || v.label.toLowerCase() === part.toLowerCase());
  return found?.id ?? null;
}

/** Rows as a spreadsheet takes them: the rule, what each fact must be, what it gives. */
export function toTSV(rules: readonly Rule[], columns: readonly Fact[], outcome: Fact | undefined): string {
  return rules
    .map((r) => {
      const cells = cellsOf(r);
      return [clean(r.title || r.id), ...columns.map((f) => cellText(f, cellOf(cells, f.name).condition)), outcome ? spelledBy(outcome, r.outcome) : r.outcome].join("\t");
    })
    .join("\n");
}

export interface Pasted {
  operations: Operation[];
  /** Cells that cannot be read, each with its rule and column. */
  refused: { rule: string; column: string; text: string }[];
}

/** Reads rows of a spreadsheet onto rules, from one of them on. Names of rules are not changed. */
export function fromTSV(text: string, rules: readonly Rule[], from: number, columns: readonly Fact[], outcome: Fact | undefined): Pasted {
  const out: Pasted = { operations: [], refused: [] };
  const lines = text.replace(/\r/g, "").split("\n").filter((l) => l.trim() !== "");
  lines.forEach((line, n) => {
    const rule = rules[from + n];
    const cells = line.split("\t");
    const name = rule?.title || rule?.id || `#${from + n + 1}`;
    if (!rule || cells.length !== columns.length + 2) return void out.refused.push({ rule: name, column: "", text: clean(line).slice(0, 80) });
    const own = cellsOf(rule);
    // What is taken away moves the places of what comes after: it goes last, from the end.
    const removed: Operation[] = [];
    columns.forEach((f, i) => {
      const cell = cellOf(own, f.name);
      const now = cells[i + 1]!;
      if (!cell.editable) return now.trim() === "" ? undefined : void out.refused.push({ rule: name, column: f.label, text: now });
      const c = parseCell(f, now, cell.condition?.operator);
      if (typeof c === "string") return void out.refused.push({ rule: name, column: f.label, text: c });
      for (const o of setCell(rule, cell, c)) (o.do === "remove_condition" ? removed : out.operations).push(o);
    });
    out.operations.push(...removed.sort((a, b) => Number(b.at) - Number(a.at)));
    const gives = cells.at(-1)!.trim();
    const id = outcome?.values.find((v) => v.id === gives || v.label.toLowerCase() === gives.toLowerCase())?.id;
    if (!id || id === "safety") out.refused.push({ rule: name, column: outcome?.label ?? "", text: gives });
    else if (id !== rule.outcome) out.operations.push({ do: "set_key", list: rule.table as Table, row: rule.id, key: "then", value: id });
  });
  return out;
}

// The conditions of a rule as a tree, each with the words of it that the server
// wrote. Nothing here makes a sentence.
import type { Condition, Rule, Token } from "../../api/types";

/** One run of words that is shown as a button, or as plain words. */
export interface Piece {
  kind: "plain" | "fact" | "operator" | "value";
  text: string;
}

export interface Leaf {
  path: string;
  condition: Condition;
  pieces: Piece[];
}

export interface Group {
  path: string;
  how: "all" | "any";
  children: Node[];
  condition: Condition | null;
}

export type Node = Leaf | Group;

export const isGroup = (node: Node): node is Group => "children" in node;

/** The deepest that groups may lie in each other. */
export const maxDepth = 3;

/** How deep a path lies; the list under "when" is 0. */
export const depth = (path: string): number => (path === "" ? 0 : path.split(".").length);

/** The conditions of a rule; an empty group for a rule that always fits. */
export function treeOf(rule: Pick<Rule, "when" | "sentence">): Group {
  const words = piecesByPath(rule.sentence);
  const root = rule.when;
  if (!root) return { path: "", how: "all", children: [], condition: null };
  return isLeaf(root) ? { path: "", how: "all", children: [node(root, "0", words)], condition: root } : (node(root, "", words) as Group);
}

function isLeaf(c: Condition): boolean {
  return c.fact !== "" && c.fact !== undefined;
}

function node(c: Condition, path: string, words: Map<string, Piece[]>): Node {
  if (isLeaf(c)) return { path, condition: c, pieces: words.get(path) ?? [] };
  const any = c.any ?? [];
  const how = any.length > 0 ? "any" : "all";
  const children = (how === "any" ? any : (c.all ?? [])).map((child, i) => node(child, path === "" ? String(i) : `${path}.${i}`, words));
  return { path, how, children, condition: c };
}

const kinds: Partial<Record<Token["kind"], Piece["kind"]>> = { FACT: "fact", OPERATOR: "operator", VALUE: "value" };

/** The words of each condition, by its place. All values of one are one piece. */
export function piecesByPath(sentence: readonly Token[]): Map<string, Piece[]> {
  const all = new Map<string, Piece[]>();
  for (const token of sentence) {
    if (token.path === "" || token.text === "") continue;
    const pieces = all.get(token.path) ?? [];
    all.set(token.path, pieces);
    pieces.push({ kind: kinds[token.kind] ?? "plain", text: token.text });
  }
  for (const [path, pieces] of all) all.set(path, joinValues(pieces));
  return all;
}

/** Puts "a", ", ", "b", " or ", "c" together where all stand for values. */
function joinValues(pieces: readonly Piece[]): Piece[] {
  const first = pieces.findIndex((p) => p.kind === "value");
  const last = pieces.findLastIndex((p) => p.kind === "value");
  if (first < 0 || pieces.slice(first, last).some((p) => p.kind !== "value" && p.kind !== "plain")) return [...pieces];
  const text = pieces.slice(first, last + 1).map((p) => p.text).join("");
  return [...pieces.slice(0, first), { kind: "value", text }, ...pieces.slice(last + 1)];
}

/** What a condition that is removed leaves behind is announced by. */
export const leafText = (leaf: Leaf): string => leaf.pieces.map((p) => p.text).join("").trim();

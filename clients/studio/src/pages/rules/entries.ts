// What the list shows: the rules of both tables and the advice, each with the
// words it is found by.
import type { AdviceItem, Content, Fact, Finding, Permission, Report, Rule, Token, Topic } from "../../api/types";
import { matches, plain } from "../../ui/search";

export type Kind = "mindset" | "sender" | "advice";

export interface Entry {
  /** Its place in the address: "mindset/new-drug". */
  key: string;
  kind: Kind;
  id: string;
  /** Where it stands in its table, from 1. */
  position: number;
  title: string;
  sentence: readonly Token[];
  /** The mindset or sender it gives; of advice, its sender. */
  outcome: string;
  topics: readonly string[];
  tier: string;
  /** Letters without accents, a blank before each word. */
  hay: string;
  rule?: Rule;
  advice?: AdviceItem;
}

export interface Filters {
  query: string;
  topic: string;
  sender: string;
  /** Only what differs from live content. */
  changed: boolean;
  kind: Kind | "";
}

export const noFilters: Filters = { query: "", topic: "", sender: "", changed: false, kind: "" };

/** Everything of a content that can be opened, in the order of the tables. */
export function entriesOf(content: Content, facts: readonly Fact[]): Entry[] {
  const words = factWords(facts);
  const topics = new Map(content.topics.map((t) => [t.id, t]));
  return [...content.rules.map((r) => ruleEntry(r, words, topics)), ...content.advice.map((a, i) => adviceEntry(a, i, topics))];
}

/** The words that each fact is looked for by. */
function factWords(facts: readonly Fact[]): Map<string, string> {
  return new Map(facts.map((f) => [f.name, [f.label, ...f.synonyms].join(" ")]));
}

function ruleEntry(rule: Rule, words: Map<string, string>, topics: Map<string, Topic>): Entry {
  const read = rule.sentence.filter((t) => t.kind === "VALUE").map((t) => t.ref);
  const about = read.flatMap((ref) => [topics.get(ref)?.id, ...[...topics.values()].filter((t) => t.kind === ref).map((t) => t.id)]).filter((id) => id !== undefined);
  return {
    key: `${rule.table}/${rule.id}`,
    kind: rule.table as Kind,
    id: rule.id,
    position: rule.position,
    title: rule.title,
    sentence: rule.sentence,
    outcome: rule.outcome,
    topics: [...new Set(about)],
    tier: rule.tier,
    hay: hay([rule.title, text(rule.sentence), rule.because, ...rule.facts.map((f) => words.get(f) ?? "")]),
    rule,
  };
}

function adviceEntry(advice: AdviceItem, index: number, topics: Map<string, Topic>): Entry {
  const said = Object.values(advice.words).flatMap((w) => [w.title, w.text]);
  return {
    key: `advice/${advice.id}`,
    kind: "advice",
    id: advice.id,
    position: index + 1,
    title: advice.sentence.find((t) => t.kind === "NAME")?.text ?? "",
    sentence: advice.sentence,
    outcome: advice.sender,
    topics: advice.topics,
    tier: "",
    hay: hay([text(advice.sentence), ...said, ...advice.topics.map((t) => topics.get(t)?.label ?? "")]),
    advice,
  };
}

const text = (tokens: readonly Token[]) => tokens.map((t) => t.text).join("");
const hay = (texts: readonly string[]) => " " + plain(texts.join(" ")).replace(/[^\p{L}\p{N}]+/gu, " ");

/** Those that fit all filters. Where titles fit the query, they come first. */
export function filtered(entries: readonly Entry[], f: Filters, changed: ReadonlySet<string>): Entry[] {
  const wanted = plain(f.query).split(/\s+/).filter(Boolean);
  const found = entries.filter(
    (e) =>
      (!f.kind || e.kind === f.kind) &&
      (!f.topic || e.topics.includes(f.topic)) &&
      (!f.sender || (e.kind !== "mindset" && e.outcome === f.sender)) &&
      (!f.changed || changed.has(e.key)) &&
      wanted.every((w) => e.hay.includes(" " + w)),
  );
  if (wanted.length === 0) return found;
  const inTitle = (e: Entry) => (matches(f.query, [e.title]) ? 0 : 1);
  return found.sort((a, b) => inTitle(a) - inTitle(b));
}

/** How many findings point to each entry, by its key. */
export function findingsBy(report: Report | undefined, entries: readonly Entry[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const finding of report?.findings ?? []) {
    const about = concerned(finding);
    for (const e of entries) {
      if (about.has(e.key)) counts.set(e.key, (counts.get(e.key) ?? 0) + 1);
    }
  }
  return counts;
}

/** The keys of the entries that a finding is about, or that its fixes change. */
export const concerned = (f: Finding): Set<string> => new Set([...f.concerns, ...f.fixes.flatMap((x) => x.changes)]);

/** Why a rule cannot be changed at all, or "" if it can. */
export const editWhy = (permission: Permission | undefined): string => (permission && !permission.allowed ? permission.whyNot : "");

import type { AdviceItem, Change, Content, Rule } from "../api/types";

/** One thing about a row that differs, in words of the content. */
export interface Aspect {
  /** For the words of flow.*.json: `aspect.<what>`. */
  what: "title" | "because" | "from" | "until" | "tier" | "adviceTitle" | "adviceText" | "says" | "about";
  /** Of advice: in which language. */
  language?: string;
  before: string;
  after: string;
}

type Row = Rule | AdviceItem | { id: string } | undefined;

const rowOf = (content: Content | undefined, { list, id }: Change): Row => {
  switch (list) {
    case "mindset":
    case "sender":
      return content?.rules.find((r) => r.table === list && r.id === id);
    case "advice":
      return content?.advice.find((a) => a.id === id);
    case "guardrails":
      return content?.guardrails.find((g) => g.id === id);
    case "cases":
      return content?.scenarios.find((s) => s.id === id);
    case "topics":
      return content?.topics.find((t) => t.id === id);
  }
  return undefined;
};

const ruleAspects = ["title", "because", "from", "until", "tier"] as const;

/** What differs about a row beside its sentence. */
export function aspects(change: Change, before: Content | undefined, after: Content | undefined): Aspect[] {
  const was = rowOf(before, change) as Record<string, unknown> | undefined;
  const is = rowOf(after, change) as Record<string, unknown> | undefined;
  const both = (what: Aspect["what"], key: string): Aspect => ({ what, before: String(was?.[key] ?? ""), after: String(is?.[key] ?? "") });
  const all =
    change.list === "mindset" || change.list === "sender" ? ruleAspects.map((key) => both(key, key))
    : change.list === "advice" ? adviceAspects(was as AdviceItem | undefined, is as AdviceItem | undefined)
    : change.list === "guardrails" ? [both("says", "says")]
    : change.list === "cases" ? [both("about", "about")]
    : change.list === "topics" ? [both("title", "label")]
    : [];
  return all.filter((a) => a.before !== a.after);
}

function adviceAspects(was: AdviceItem | undefined, is: AdviceItem | undefined): Aspect[] {
  const languages = [...new Set([...Object.keys(was?.words ?? {}), ...Object.keys(is?.words ?? {})])].sort();
  return languages.flatMap((language): Aspect[] => [
    { what: "adviceTitle", language, before: was?.words[language]?.title ?? "", after: is?.words[language]?.title ?? "" },
    { what: "adviceText", language, before: was?.words[language]?.text ?? "", after: is?.words[language]?.text ?? "" },
  ]);
}

/** What people call a row: its title, or what it says; empty if it has neither. */
export function titleOf(change: Change, before: Content | undefined, after: Content | undefined, language: string): string {
  const row = (rowOf(after, change) ?? rowOf(before, change)) as Record<string, unknown> | undefined;
  if (!row) return "";
  const words = (row as unknown as AdviceItem).words;
  if (change.list === "advice") return (words?.[language] ?? words?.["en"])?.title ?? "";
  for (const key of ["title", "label", "about", "says"]) if (typeof row[key] === "string" && row[key]) return row[key];
  return "";
}

export const kindOfChange = (c: Change): "added" | "removed" | "changed" => (c.beforeText === "" ? "added" : c.afterText === "" ? "removed" : "changed");

/** By which name comments speak of a change. */
export const placeOf = (c: Change): string => (c.id ? `${c.list}/${c.id}` : c.file);

/** Whether the sentence itself differs. */
export const sentenceDiffers = (c: Change): boolean => c.before.map((t) => t.text).join("") !== c.after.map((t) => t.text).join("");

import { useT } from "../i18n";

/** An outcome as the API tells it ("consumer/insurer") in words. */
export function useOutcome(): (outcome: string) => string {
  const t = useT();
  return (outcome) => {
    const [mindset = "", sender = ""] = outcome.split("/");
    return t("outcome.both", { mindset, sender });
  };
}

/** A count for each pair of outcomes, of the topic and day that are looked at. */
export interface Matrix {
  from: string[];
  to: string[];
  count(from: string, to: string): number;
  total: number;
}

interface Shifted {
  before: string;
  after: string;
  topic: string;
  day: string;
  count: number;
}

/** Adds up shifts; empty topic or day means all. Rows and columns with most first. */
export function matrix(shifts: readonly Shifted[], topic = "", day = ""): Matrix {
  const cells = new Map<string, number>();
  const rows = new Map<string, number>();
  const columns = new Map<string, number>();
  let total = 0;
  const add = (to: Map<string, number>, key: string, n: number) => to.set(key, (to.get(key) ?? 0) + n);
  for (const s of shifts) {
    if ((topic && s.topic !== topic) || (day && s.day !== day)) continue;
    add(cells, `${s.before}→${s.after}`, s.count);
    add(rows, s.before, s.count);
    add(columns, s.after, s.count);
    total += s.count;
  }
  const ordered = (m: Map<string, number>) => [...m].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([key]) => key);
  return { from: ordered(rows), to: ordered(columns), count: (from, to) => cells.get(`${from}→${to}`) ?? 0, total };
}

/** How many shifts there are of each topic or day, the most first; days in order. */
export function tally(shifts: readonly Shifted[], by: "topic" | "day"): { id: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const s of shifts) counts.set(s[by], (counts.get(s[by]) ?? 0) + s.count);
  const all = [...counts].map(([id, count]) => ({ id, count }));
  return by === "day" ? all.sort((a, b) => a.id.localeCompare(b.id)) : all.sort((a, b) => b.count - a.count || a.id.localeCompare(b.id));
}

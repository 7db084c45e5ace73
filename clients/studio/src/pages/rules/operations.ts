// What people do to rules, as operations of the API.
import type { Condition, Operation } from "../../api/types";
import type { Entry, Kind } from "./entries";

const at = (e: Pick<Entry, "kind" | "id">) => ({ list: e.kind, row: e.id });

/** An id that no row of the list has: "new-drug-2". */
export function freeId(id: string, taken: ReadonlySet<string>): string {
  const stem = id.replace(/[-_]\d+$/, "");
  const dash = id.includes("_") ? "_" : "-";
  for (let n = 2; ; n++) if (!taken.has(`${stem}${dash}${n}`)) return `${stem}${dash}${n}`;
}

/** A row like another, behind it, under a title of its own in each language. */
export function duplicate(e: Entry, id: string, titles: Record<string, string>): Operation[] {
  const words = Object.entries(titles).filter(([, text]) => text);
  return [
    { do: "duplicate", ...at(e), value: id },
    ...words.map(([language, text]): Operation => ({ do: "set_words", list: e.kind, row: id, key: "title", language, text })),
  ];
}

/** Where a row goes: before the first, or before another one. */
export const move = (e: Entry, before: string | null): Operation => ({ do: "move", ...at(e), ...(before === null ? { top: true } : { before }) });

export const moveAfter = (e: Entry, after: string): Operation => ({ do: "move", ...at(e), after });

/** One place up or down among its neighbours; nothing at the ends. */
export function step(e: Entry, neighbours: readonly Entry[], by: -1 | 1): Operation | null {
  const i = neighbours.findIndex((n) => n.key === e.key);
  const other = neighbours[i + by];
  if (i < 0 || !other || other.rule?.isDefault || e.rule?.isDefault) return null;
  return by < 0 ? move(e, other.id) : moveAfter(e, other.id);
}

/** Out of force from today: its last day was yesterday. */
export function pause(e: Entry, today: Date): Operation {
  const yesterday = new Date(today);
  yesterday.setDate(today.getDate() - 1);
  const day = [yesterday.getFullYear(), yesterday.getMonth() + 1, yesterday.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
  return { do: "pause", ...at(e), value: day };
}

export const resume = (e: Entry): Operation => ({ do: "resume", ...at(e) });
export const remove = (e: Entry): Operation => ({ do: "delete", ...at(e) });

/** Whether it was taken out of force by hand, or its time is over. */
export const paused = (e: Entry): boolean => Boolean(e.rule && !e.rule.inForce && e.rule.until);

/** Places under "when" of one row. */
export const conditions = (row: { kind: Kind; id: string }) => ({
  setValues: (path: string, values: string[]): Operation => ({ do: "set_value", ...at(row), at: path, values }),
  set: (path: string, condition: Condition): Operation => ({ do: "set_condition", ...at(row), at: path, condition }),
  add: (group: string, condition: Condition): Operation => ({ do: "add_condition", ...at(row), at: group, condition }),
  remove: (path: string): Operation => ({ do: "remove_condition", ...at(row), at: path }),
  setGroup: (path: string, how: "all" | "any"): Operation => ({ do: "set_group", ...at(row), at: path, value: how }),
  /** The list under "when" is always "all of these": any of them becomes one group in it. */
  rootToAny: (children: readonly Condition[]): Operation[] => [
    { do: "add_condition", ...at(row), at: "", condition: group("any", children) },
    ...children.map((): Operation => ({ do: "remove_condition", ...at(row), at: "0" })),
  ],
});

export const leaf = (fact: string, operator: string, values: readonly string[]): Condition => ({ fact, operator, values: [...values], all: [], any: [] }) as unknown as Condition;
export const group = (how: "all" | "any", children: readonly Condition[]): Condition =>
  ({ fact: "", operator: "", values: [], all: how === "all" ? [...children] : [], any: how === "any" ? [...children] : [] }) as unknown as Condition;

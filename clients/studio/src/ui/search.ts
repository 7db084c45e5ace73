/** Letters without their accents and case, so that "sueno" finds "sueño". */
export const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Whether each word of a query begins a word of the texts. An empty query fits everything. */
export function matches(query: string, texts: readonly string[]): boolean {
  const wanted = plain(query).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return true;
  const hay = " " + plain(texts.join(" ")).replace(/[^\p{L}\p{N}]+/gu, " ");
  return wanted.every((w) => hay.includes(" " + w));
}

/** What a query is held against, the most telling words first. */
export interface Searched {
  label: string;
  /** Other words for the same. */
  words?: readonly string[] | undefined;
  note?: string | undefined;
  group?: string | undefined;
}

const wordsOf = (text: string): string[] => plain(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
/** "benefits" is looked for as "benefit" too. */
const stem = (word: string): string => (word.length > 3 ? word.replace(/s$/, "") : word);

interface Field {
  whole: number;
  begun: number;
  words(s: Searched): string;
}
const fields: readonly Field[] = [
  { whole: 8, begun: 5, words: (s) => s.label },
  { whole: 3, begun: 2, words: (s) => (s.words ?? []).join(" ") },
  { whole: 1, begun: 0.5, words: (s) => s.note ?? "" },
  { whole: 1, begun: 0.5, words: (s) => s.group ?? "" },
];

/**
 * Those that fit a query, the best first: those that hold most of its words,
 * then those that hold them in the label, whole, and with little beside them.
 * An empty query leaves all as they are.
 */
export function ranked<T>(query: string, items: readonly T[], of: (item: T) => Searched): T[] {
  const wanted = wordsOf(query);
  if (wanted.length === 0) return [...items];
  const scored = items.map((item) => ({ item, ...score(wanted, of(item)) })).filter((x) => x.found > 0);
  const most = Math.max(...scored.map((x) => x.found));
  return scored
    .filter((x) => x.found === most)
    .sort((a, b) => b.points - a.points)
    .map((x) => x.item);
}

function score(wanted: readonly string[], s: Searched): { found: number; points: number } {
  const held = fields.map((f) => wordsOf(f.words(s)));
  let found = 0;
  let points = 0;
  let inLabel = 0;
  for (const word of wanted) {
    const each = held.map((words, i) => (words.some((w) => stem(w) === stem(word)) ? fields[i]!.whole : words.some((w) => w.startsWith(stem(word))) ? fields[i]!.begun : 0));
    const best = Math.max(...each);
    if (best > 0) found++;
    if (each[0]! > 0) inLabel++;
    points += best;
  }
  return { found, points: points + inLabel / Math.max(held[0]!.length, 1) };
}

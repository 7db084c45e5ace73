/** A run of words that both sides have, or only one. */
export interface Part {
  how: "same" | "added" | "removed";
  text: string;
}

/**
 * What changed from one list of texts to another, by their longest common
 * subsequence. What was removed stands before what was added.
 */
export function changes(before: readonly string[], after: readonly string[]): Part[] {
  const long = common(before, after);
  const parts: Part[] = [];
  const put = (how: Part["how"], text: string) => {
    const last = parts.at(-1);
    if (last?.how === how) last.text += text;
    else if (text) parts.push({ how, text });
  };
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      put("same", before[i++]!);
      j++;
    } else if (i < before.length && (j === after.length || long[i + 1]![j]! >= long[i]![j + 1]!)) put("removed", before[i++]!);
    else put("added", after[j++]!);
  }
  return parts;
}

/** How long the longest common subsequence of the tails from i and j is. */
function common(a: readonly string[], b: readonly string[]): number[][] {
  const long = Array.from({ length: a.length + 1 }, () => Array.from({ length: b.length + 1 }, () => 0));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      long[i]![j] = a[i] === b[j] ? long[i + 1]![j + 1]! + 1 : Math.max(long[i + 1]![j]!, long[i]![j + 1]!);
  return long;
}

/** Letters without their accents and case, so that "sueno" finds "sueño". */
export const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Whether each word of a query begins a word of the texts. An empty query fits everything. */
export function matches(query: string, texts: readonly string[]): boolean {
  const wanted = plain(query).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return true;
  const hay = " " + plain(texts.join(" ")).replace(/[^\p{L}\p{N}]+/gu, " ");
  return wanted.every((w) => hay.includes(" " + w));
}

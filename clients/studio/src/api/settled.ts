import { useEffect, useState } from "react";

/** Quiet for this long after a change, a value has settled. */
export const quietMs = 150;

/**
 * Whether a value can be acted on: at once when it changes after a time of
 * quiet, and in a run of changes only after the last of them.
 */
export function useSettled(value: string, ms = quietMs): boolean {
  const [seen, setSeen] = useState(() => ({ value, at: 0, settled: true }));
  let now = seen;
  if (seen.value !== value) {
    // oxlint-disable-next-line react-hooks/purity
    const at = performance.now();
    now = { value, at, settled: at - seen.at >= ms };
    setSeen(now);
  }
  useEffect(() => {
    if (now.settled) return;
    const timer = setTimeout(() => setSeen((last) => (last.value === now.value ? { ...last, settled: true } : last)), ms);
    return () => clearTimeout(timer);
  }, [now, ms]);
  return now.settled;
}

import { useCallback, useEffect, useState } from "react";

const first = 40;
const step = 60;

/**
 * How many rows of a long list are drawn: enough for the window, and more as
 * its end comes near, so that typing in a filter never waits for a thousand.
 */
export function useShown(total: number) {
  const [count, setCount] = useState(first);
  useEffect(() => setCount((n) => Math.max(first, Math.min(n, total))), [total]);
  const sentinel = useCallback(
    (node: HTMLElement | null) => {
      if (!node) return;
      const observer = new IntersectionObserver(
        (seen) => {
          if (seen.some((s) => s.isIntersecting)) setCount((n) => Math.min(n + step, total));
        },
        { rootMargin: "1200px" },
      );
      observer.observe(node);
      return () => observer.disconnect();
    },
    // A new node is watched after each step, since one that stays in sight is not told again.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [total, count],
  );
  return { count, more: count < total, sentinel };
}

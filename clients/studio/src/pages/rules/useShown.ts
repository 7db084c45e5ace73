import { startTransition, useCallback, useState } from "react";

const first = 30;
const step = 30;

/**
 * How many rows of a long list are drawn: enough for the window, and more as
 * its end comes near, so that typing in a filter never waits for a thousand.
 * `what` names what is listed: another one begins at its head.
 */
export function useShown(total: number, what: string) {
  const [drawn, setDrawn] = useState({ what, count: first });
  const count = drawn.what === what ? drawn.count : first;
  const sentinel = useCallback(
    (node: HTMLElement | null) => {
      if (!node) return;
      const observer = new IntersectionObserver(
        (seen) => {
          if (seen.some((s) => s.isIntersecting)) startTransition(() => setDrawn({ what, count: Math.min(count + step, total) }));
        },
        { rootMargin: "1200px" },
      );
      observer.observe(node);
      return () => observer.disconnect();
    },
    // A new node is watched after each step, since one that stays in sight is not told again.
    [total, count, what],
  );
  return { count, more: count < total, sentinel };
}
